"""材料之间. What one document carries against what another one of the same case carries."""

from collections.abc import Iterator, Mapping

from laihua.kernel.texts import Text
from laihua.prechecks.checks._common import LEVELS, UNSURE, is_another, kind_of, order_in, places
from laihua.prechecks.checks._matching import Match, Said, best
from laihua.prechecks.comparing.scripts import has_latin
from laihua.prechecks.findings import Agrees, Finding, Given, Level
from laihua.prechecks.kind import Carried, Found

SAID: dict[Level, Text] = {
    "pass": Text("与“{other}”一致", "Agrees with “{other}”"),
    "doubt": Text("与“{other}”相比：{said}。请对照两份材料确认", "Compared with “{other}”: {said}. Please look at both documents"),
    "mismatch": Text(
        "与“{other}”不一致：{said}。请对照两份材料，更换有误的一份，或写明理由",
        "Not the same as in “{other}”: {said}. Please compare both documents and replace the wrong one, or say why they differ"),
}


def check(given: Given, others: Mapping[str, Given]) -> Iterator[Finding]:
    kind = kind_of(given)
    if kind is None or is_another(given):
        return
    for agrees in given.asks.agrees:
        other = others.get(agrees.slot)
        carried = kind.carried(agrees.carried)
        if other is None or carried is None or is_another(other):
            continue
        here, there = given.document.found(kind.id, carried.key), other.document.found(other.asks.kind, agrees.other)
        if here and there:
            yield finding(given, other, agrees, carried, here, there)


def finding(given: Given, other: Given, agrees: Agrees, carried: Carried, here: tuple[Found, ...], there: tuple[Found, ...]) -> Finding:
    tried: list[tuple[Match, Found]] = [
        (match, one) for one in there
        if (match := best(Said((one.value,), one.text, (one.value,) if has_latin(one.value) else ()), here, carried, order=order_in(given)))
    ]
    match, one = min(tried, key=lambda pair: list(LEVELS).index(pair[0].likeness.level))
    level = LEVELS[match.likeness.level]
    if level == "mismatch" and min(match.found.sure, one.sure) < UNSURE:
        level = "doubt"
    return Finding(
        "between", given.asks.slot, level, carried.label, SAID[level].format(other=other.asks.title, said=match.likeness.text),
        carried=agrees.carried, given=one.text, read=match.found.text, places=places([match.found]), other_slot=agrees.slot,
    )
