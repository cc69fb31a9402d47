"""What is in a dossier, seen through its definition: items to judge, gaps, values in words. Pure."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

import orjson

from laihua.cases.rules import Item
from laihua.catalog.compiled import Gap
from laihua.catalog.definitions import Field, Section
from laihua.kernel.texts import Reason, Text

JUDGED_NEVER = ("declaration",)


def digest(value: Any) -> str:
    return sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()


def is_judged(field: Field) -> bool:
    """Declarations are given, not judged; what the hall filled in itself was judged where it came from."""
    return field.type not in JUDGED_NEVER and (not field.source or field.asked_if_unknown)


def items_of(
    sections: Iterable[Section], answers: Mapping[str, Any], files: Mapping[str, str], titles: Mapping[str, Text],
    fixed: Collection[str] = (),
) -> list[Item]:
    """Fields in the order of the form, each row of a repeating section as one, then the uploaded materials.

    `files`: sha256 by material key; `titles`: the slots that apply, in the order of the checklist; `fixed`: what the hall
    filled in.
    """
    items: list[Item] = []
    for section in sections:
        if section.rows is not None:
            items += [
                Item("field", f"{section.key}.{n}", row_label(section, n), digest(row))
                for n, row in enumerate(answers.get(section.key) or [])
            ]
            continue
        items += [
            Item("field", f.key, f.label, digest(answers[f.key]))
            for f in section.fields
            if is_judged(f) and f.key not in fixed and answers.get(f.key) not in (None, "", [])
        ]
    items += [Item("material", key, title, files[key]) for key, title in titles.items() if key in files]
    return items


def row_label(section: Section, n: int) -> Text:
    return Text(f"{section.title.zh} {n + 1}", f"{section.title.en} {n + 1}")


def gaps_of_side(gaps: Iterable[Gap], owner_of: Mapping[str, str], side: str) -> list[Gap]:
    """The gaps that this side has to fill. The unit is not held up by what only the subject can give.

    `owner_of`: `by` of fields and materials by place.
    """
    return [gap for gap in gaps if side != "unit" or owner_of.get(gap.place) != "subject"]


def gaps_as_reasons(gaps: Iterable[Gap], owner_of: Mapping[str, str]) -> list[Reason]:
    return [
        Reason(
            "missing_declaration" if owner_of.get(gap.place) == "subject" and not gap.place.startswith("material:") else gap.kind,
            Text(f"{gap.label.zh}：{gap.message.zh}", f"{gap.label.en}: {gap.message.en}"),
            place=gap.place,
        )
        for gap in gaps
    ]


@lru_cache(maxsize=64)
def owners(definition: Any) -> dict[str, str]:
    """Who gives what, by place; only what not either end may give."""
    service = definition.service
    fields = {f.key: f.by for f in service.field_keys().values()}
    return {**fields, **{f"material:{m.key}": m.by for m in service.slots().values()}}

