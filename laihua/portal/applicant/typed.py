"""From a posted form to the changes that it makes. A form carries what it showed, and nothing else is touched."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from laihua.cases.actions import fields_open_to
from laihua.cases.queries import Dossier
from laihua.catalog.definitions import Field
from laihua.portal.given import whole_number

WAS = "_was"
MANY = ("choices", "countries", "cascade")


def changes_of(post: QueryDict, dossier: Dossier) -> dict[str, Any]:
    """The open fields that the form showed (`_keys`, `_rows`) and whose value is another than the one that is kept."""
    fields, wanted = dossier.service.field_keys(), {}
    for key in post.getlist("_keys"):
        if key in fields:
            wanted[key] = raw_of(post, key, fields[key])
    for key in post.getlist("_rows"):
        wanted[key] = rows_of(post, key, dossier)
    return changed(with_hidden(wanted, dossier), dossier)


def changed(typed: Mapping[str, Any], dossier: Dossier) -> dict[str, Any]:
    kept, may = dossier.case.answers, fields_open_to(dossier)
    return {
        key: raw for key, raw in typed.items()
        if key in may and (dossier.definition.clean(key, raw).value or None) != (kept.get(key) or None)
    }


def raw_of(post: QueryDict, name: str, field: Field) -> Any:
    return post.getlist(name) if field.type in MANY else post.get(name, "")


def rows_of(post: QueryDict, key: str, dossier: Dossier) -> list[dict[str, Any]]:
    section = next((s for s in dossier.service.sections if s.key == key and s.rows is not None), None)
    if section is None:
        return []
    rows = []
    for place in post.getlist("_row"):
        name, _, number = place.partition(".")
        if name == key and (was := whole_number(number)) is not None:
            cells = {
                f.key: raw_of(post, f"{place}.{f.key}", f) for f in section.fields if f"{place}.{f.key}" in post
            }
            # A group of boxes without a choice is not sent at all: what was shown and did not come is empty.
            shown = set(post.getlist(f"_of.{place}"))
            rows.append({**dict.fromkeys(shown & {f.key for f in section.fields}, ""), **cells, WAS: was})
    return rows


def with_hidden(changes: Mapping[str, Any], dossier: Dossier) -> dict[str, Any]:
    """Rows come with the fields that they showed; the others keep what they held (`_was`: the row's earlier number)."""
    return {
        key: [whole_row(row, dossier.case.answers.get(key) or []) for row in rows(raw)]
        if is_rows(dossier, key) else raw
        for key, raw in changes.items()
    }


def is_rows(dossier: Dossier, key: str) -> bool:
    return any(s.key == key and s.rows is not None for s in dossier.service.sections)


def rows(raw: Any) -> Iterable[Mapping[str, Any]]:
    return [row for row in raw if isinstance(row, Mapping)] if isinstance(raw, list) else []


def whole_row(row: Mapping[str, Any], kept: list[Any]) -> dict[str, Any]:
    was = row.get(WAS)
    known = kept[was] if isinstance(was, int) and 0 <= was < len(kept) and isinstance(kept[was], Mapping) else {}
    return {**known, **{k: v for k, v in row.items() if k != WAS}}
