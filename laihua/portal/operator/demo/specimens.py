"""A specimen for a slot: a document of the kind that is read there, which says what the form says."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from laihua.cases.queries import Dossier
from laihua.catalog.definitions import MaterialSlot
from laihua.portal.operator.demo import papers
from laihua.prechecks.kind import Kind, kinds

RECENT = timedelta(days=20)


def of_slot(seen: Dossier, slot: MaterialSlot) -> bytes:
    kind = kinds().get(slot.reads)
    signed = "签名示例" if "signature" in slot.expects else ""
    if kind is None:
        return papers.specimen(slot.title.zh, slot.title.en, sign=signed)
    said = {c.carried: " ".join(filter(None, (words(seen, key) for key in c.fields))) for c in slot.compares}
    if kind.issued and kind.issued not in said:
        said[kind.issued] = (seen.today - RECENT).isoformat()
    if kind.id == "passport":
        return papers.paper("passport", passport(seen))
    rows = tuple((f"{c.label.zh} {c.label.en}", said[c.key]) for c in kind.carries if said.get(c.key)) + missing(kind, said, seen)
    return papers.specimen(kind.title.zh, kind.title.en, rows=rows, sign=signed)


def words(seen: Dossier, key: str) -> str:
    value = seen.answers.get(key)
    field = seen.service.field_keys().get(key)
    if value in (None, "") or field is None:
        return ""
    return seen.definition.words(key, value).zh if field.type in ("choice", "country") else str(value)


def missing(kind: Kind, said: Mapping[str, str], seen: Dossier) -> tuple[tuple[str, str], ...]:
    """Who it is about, where the service compares only other things."""
    name = " ".join(filter(None, (words(seen, key) for key in ("surname", "given_names")))) or words(seen, "full_name")
    return ((f"{kind.title.zh}持有人 Holder", name),) if name and "name" not in said and kind.carried("name") else ()


def passport(seen: Dossier) -> dict[str, str]:
    """Facts of the data page, from whichever of its fields the form has."""
    ends = seen.today.replace(year=seen.today.year + 6, day=1)
    answers: dict[str, Any] = {
        "birth_date": "1985-03-14", "sex": "1", "nationality": "SWE", "passport_expiry": ends.isoformat(), **seen.answers,
    }
    new = {k.removeprefix("new_"): v for k, v in answers.items() if k.startswith("new_passport") and v}
    answers |= new
    expires = str(answers["passport_expiry"])
    country = seen.definition.words("nationality", answers["nationality"]) if "nationality" in seen.service.field_keys() else None
    return {
        "number": "100000", "passport": str(answers["passport_number"]), "surname": str(answers["surname"]),
        "given_names": str(answers["given_names"]), "nationality": str(answers["nationality"]),
        "country": f"{country.zh} {country.en}" if country else str(answers["nationality"]), "born": str(answers["birth_date"]),
        "sex": "男 M" if answers["sex"] == "1" else "女 F",
        "issued": str(answers.get("passport_issue") or f"{int(expires[:4]) - 10}{expires[4:]}"), "expires": expires,
    }
