"""What a form would say if it agreed with the document: for the one click that corrects a field."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from laihua.prechecks.checks._common import as_day
from laihua.prechecks.comparing import dates, degrees, money, names, numbers, sexes
from laihua.prechecks.comparing.scripts import has_han, has_latin
from laihua.prechecks.findings import Given
from laihua.prechecks.kind import Carried, Found

MOST = 120


def suggested(given: Given, fields: Sequence[str], carried: Carried, found: Found, siblings: Sequence[Found]) -> dict[str, Any]:
    """By field; empty where it cannot be said, as where several fields make one value. `siblings`: the others of the same thing."""
    if len(fields) != 1 or found.doubt is not None:
        return {}
    field = fields[0]
    value = value_for(given, field, carried, found, siblings)
    return {} if value in (None, "", given.answers.get(field)) else {field: value}


def value_for(given: Given, field: str, carried: Carried, found: Found, siblings: Sequence[Found]) -> Any:
    codes = given.codes.get(field, {})
    if given.types.get(field) == "latin_name":
        return in_zone_letters([found, *siblings])
    if carried.type == "sex":
        return next((code for code, label in codes.items() if sexes.read(label.zh) == found.value), None)
    if carried.type == "degree":
        code = degrees.read(found.value) or degrees.read(found.text)
        return code if code in codes else None
    if carried.type == "country":
        return found.value if len(found.value) == 3 and (not codes or found.value in codes) else None
    if codes:
        return next((code for code, label in codes.items() if found.value in (code, label.zh, label.en)), None)
    if carried.type == "date":
        return found.value if as_day(found.value) and found.value != dates.LONG else None
    if carried.type == "month":
        return found.value[:7]
    if carried.type == "money":
        return amount(given, field, found)
    if carried.type == "number":
        return numbers.plain(found.value) if given.types.get(field) == "passport_number" else found.value
    said = str(given.answers.get(field) or "")
    same_script = has_han(said) == has_han(found.value) and (has_latin(said) == has_latin(found.value) or has_han(said))
    return found.value if same_script and len(found.value) <= MOST else None


def in_zone_letters(found: Sequence[Found]) -> str | None:
    """As a zone spells it: the zone's own where it is there and whole, otherwise spelled from what is printed."""
    one = next((f for f in found if f.source == "zone" and not f.doubt), found[0])
    row = " ".join("".join(names.spelling(unicodedata.normalize("NFC", one.value).upper(), names.IN_ZONES)).split())
    return row if re.fullmatch(r"[A-Z][A-Z '-]*", row) else None


def amount(given: Given, field: str, found: Found) -> str | None:
    """By the period that the field asks for; None in another currency or where the period is not known."""
    if money.currency_of(found.value) not in ("", "CNY"):
        return None
    label = given.labels.get(field)
    asked, said = money.period_in(money.flattened(label.zh if label else "")), found.value.partition("/")[2]
    factor = {("month", "year"): Decimal(1) / 12, ("year", "month"): Decimal(12)}.get((asked, said), Decimal(1))
    return str((money.amount_in(found.value) * factor).quantize(Decimal("0.01"))) if said != "other" else None
