"""机读区. The printed part of a passport or card against its machine-readable zone, and the zone against its check digits."""

from collections.abc import Iterator, Mapping

from laihua.kernel.texts import Text
from laihua.prechecks.checks._common import is_another, kind_of, level_of, order_in, places
from laihua.prechecks.checks._matching import Said, closest, cut_in
from laihua.prechecks.comparing import dates
from laihua.prechecks.findings import Finding, Given
from laihua.prechecks.kind import Carried, Found

TITLE = Text("机读区", "Machine-readable zone")
RIGHT = Text("机读区与资料页一致", "The zone agrees with what is printed")
DIFFERS = Text("机读区的{title}与资料页印的不同：{said}", "{title} in the machine-readable zone is not what is printed above it: {said}")
DIGIT = Text(
    "机读区的{title}与校验位不符，可能有字符没有拍清楚。请确认资料页完整、清晰，没有反光",
    "{title} in the machine-readable zone does not fit its check digit; a character may be hard to read. Please make sure that the page "
    "is whole, sharp and without glare")


def check(given: Given, others: Mapping[str, Given]) -> Iterator[Finding]:
    kind = kind_of(given)
    if kind is None or is_another(given):
        return
    order, cut = order_in(given), cut_in(given)
    compared: list[Found] = []
    problems = []
    for carried in kind.carries:
        if carried.key == "name" and any(given.document.found(kind.id, key) for key in ("surname", "given_names")):
            continue
        for printed, zone in pairs(given.document.found(kind.id, carried.key)):
            compared.append(zone)
            if problem := differing(given, carried, printed, zone, order, cut):
                problems.append(problem)
                break
    if compared and not problems:
        yield Finding("zone", given.asks.slot, "pass", TITLE, RIGHT, places=places(compared))
    yield from problems


def pairs(found: tuple[Found, ...]) -> Iterator[tuple[Found | None, Found]]:
    """What the zone says with what is printed on the same page."""
    for zone in found:
        if zone.source == "zone":
            yield next((one for one in found if one.source == "printed" and one.page == zone.page), None), zone


def differing(given: Given, carried: Carried, printed: Found | None, zone: Found, order: dates.Order, cut: int) -> Finding | None:
    if printed is not None:
        match = closest([zone.value], [printed], Said((zone.value,), zone.value), carried, {"order": order})
        if match and match.likeness.level != "equal" and not (cut and carried.type == "name"):
            level, text = level_of(match.likeness, printed, zone)
            if zone.doubt and level == "mismatch":
                level = "doubt"
            return Finding(
                "zone", given.asks.slot, level, carried.label, DIFFERS.format(title=carried.label, said=text),
                carried=carried.key, given=printed.value, read=zone.value, places=places([printed, zone]),
            )
        if match:
            return None
    if zone.doubt:
        return Finding("zone", given.asks.slot, "doubt", carried.label, DIGIT.format(title=carried.label), carried=carried.key,
                       read=zone.value, places=places([zone]))
    return None
