"""填报与材料. Each field of the form that the document should carry, held against what the document says."""

from collections.abc import Iterator, Mapping, Sequence

from laihua.kernel.texts import Text
from laihua.prechecks.checks._common import (
    DO,
    carries_words,
    is_another,
    is_recognised,
    kind_of,
    level_of,
    order_in,
    places,
)
from laihua.prechecks.checks._matching import Match, Said, best, cut_in, said
from laihua.prechecks.checks._suggesting import in_zone_letters, suggested
from laihua.prechecks.comparing import dates, names
from laihua.prechecks.comparing.reference import table
from laihua.prechecks.findings import Compares, Finding, Given
from laihua.prechecks.kind import Carried, Found, Kind

OTHER_KEY = {"position": "position_en", "position_en": "position"}
"""Where a paper names the post in one language only, the field in the other is held against that."""
ABSENT = Text("没有在材料上读到{title}", "{title} could not be read in the document")
CONFIRMED = Text("{said}；机读区校验位与读到的号码相符", "{said}; the check digit of the machine-readable zone confirms what was read")
SWAPPED = Text("姓和名填反了", "Surname and given names have changed places in the form")
LONG = Text("长期", "no end")


def check(given: Given, others: Mapping[str, Given]) -> Iterator[Finding]:
    kind = kind_of(given)
    if kind is None or is_another(given) or not carries_words(given.document):
        return
    order = order_in(given)
    for compares in given.asks.compares:
        if (carried := kind.carried(compares.carried)) and (value := said(given, compares.fields, carried)):
            yield from finding(given, kind, carried, compares, value, order)


def finding(given: Given, kind: Kind, carried: Carried, compares: Compares, value: Said, order: dates.Order) -> Iterator[Finding]:
    title = given.labels.get(compares.fields[0], carried.label) if len(compares.fields) == 1 else carried.label
    other = OTHER_KEY.get(carried.key, "")
    own = given.document.found(kind.id, carried.key)
    found = own or given.document.found(kind.id, other)
    label = given.labels.get(compares.fields[0])
    match = best(value, found, carried, order=order, cut=cut_in(given), label=label.zh if label else "")
    field = compares.fields[0]
    if match is None:
        if carried.key in kind.always and is_recognised(given):
            text = DO["doubt"].format(said=ABSENT.format(title=title))
            yield Finding("fields", given.asks.slot, "doubt", title, text, field, carried.key, shown(carried, value.shown))
        return
    if not own and match.likeness.level != "equal" and any(c.carried == other for c in given.asks.compares):
        return                          # the paper names the post in the other language alone, and there it is compared
    level, text = level_of(match.likeness, match.found)
    unconfirmed = match.found.source == "zone" and match.found.doubt is not None
    if level == "mismatch" and (unconfirmed or not is_recognised(given)):
        level, text = "doubt", DO["doubt"].format(said=match.likeness.text)     # it may say something else, or have been misread
    if level == "mismatch" and (both := swapped(given, kind, carried, compares)):
        text, suggests = DO["mismatch"].format(said=SWAPPED), both
    else:
        if level == "mismatch" and carried.type == "number" and is_confirmed(match, found):
            text = DO["mismatch"].format(said=CONFIRMED.format(said=match.likeness.text))
        suggests = {} if level == "pass" else suggested(given, compares.fields, carried, match.found, found)
    yield Finding(
        "fields", given.asks.slot, level, title, text, field, carried.key, shown(carried, value.shown), read_as(carried, match.found),
        suggests, places([match.found, *same_elsewhere(match, found)]),
    )


def is_confirmed(match: Match, found: Sequence[Found]) -> bool:
    """Whether the check digit of a zone stands for the value that was read."""
    return any(one.source == "zone" and not one.doubt and one.value == match.found.value for one in found)


def same_elsewhere(match: Match, found: Sequence[Found]) -> list[Found]:
    """The same value where it stands a second time, as in the zone of a passport."""
    return [one for one in found if one.value == match.found.value and one is not match.found]


def swapped(given: Given, kind: Kind, carried: Carried, compares: Compares) -> dict[str, str]:
    """What both names should be, where each field says what the document has for the other one."""
    if carried.key not in {"surname", "given_names"}:
        return {}
    fields = {c.carried: c.fields[0] for c in given.asks.compares if c.carried in {"surname", "given_names"} and len(c.fields) == 1}
    found = {key: given.document.found(kind.id, key) for key in fields}
    if len(fields) < 2 or not all(found.values()):
        return {}
    for key, other in (("surname", "given_names"), ("given_names", "surname")):
        answer = str(given.answers.get(fields[key]) or "")
        if not answer or names.likeness(answer, found[other][0].value, whole=False).level != "equal":
            return {}
    right = {field: in_zone_letters(found[key]) for key, field in fields.items()}
    return {field: value for field, value in right.items() if value} if all(right.values()) else {}


def shown(carried: Carried, value: str) -> str:
    """As people read it; countries by their names."""
    if carried.type == "country":
        return country(value)
    return LONG.zh if value == dates.LONG else value


def read_as(carried: Carried, found: Found) -> str:
    if carried.type in {"money", "degree", "sex"}:
        return found.text
    return shown(carried, found.value)


def country(code: str) -> str:
    entry = next((e for e in table("countries")["entries"] if e["code"] == code), None)
    return f"{entry['zh']} {code}" if entry else code
