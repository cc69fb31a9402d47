"""Files made to do harm, two of each family: every one ends as a reason, in time, and costs nobody else. `make hostile` has all."""

import pytest

from laihua.prechecks import child, gate
from tests.prechecks import samples
from tests.prechecks.hostile.files import COUNT, FAMILIES, TURNS, Family, hostile

pytestmark = pytest.mark.req("PRE-8")
CHEAP = [family for family in FAMILIES if not family.dear]


@pytest.mark.parametrize("family", CHEAP, ids=lambda family: family.name)
def test_two_of_each_family(family: Family) -> None:
    for number in [n for n, one in enumerate(TURNS) if one is family][:2]:
        file = hostile(number)
        found = gate.inspect(file.content, name=file.name, accept=family.accept, max_bytes=2**26, colour=False)
        codes = {problem.code for problem in found.problems}
        assert found.ok == (not codes)
        assert not found.ok or family.may_pass
        assert not codes or not family.codes or codes & set(family.codes)
        assert all(text and "{" not in text for problem in found.problems for text in (problem.text.zh, problem.text.en))
        assert found.seconds < child.WALL_SECONDS + 1
        read = child.read(file.content, first=1, last=2)
        assert read.sheets or read.problems


def test_after_one_of_them_an_ordinary_scan_passes() -> None:
    file = hostile(next(n for n, one in enumerate(TURNS) if one.name == "drawings drawn with themselves"))
    gate.inspect(file.content, name=file.name, accept="pdf", max_bytes=2**26, colour=False)
    assert gate.inspect(samples.scan(), name="a.pdf", accept="pdf", max_bytes=2**20, colour=True).ok


def test_the_thousand_are_the_same_ones_every_time_and_of_every_family() -> None:
    assert {hostile(n).content for n in (0, 23, 1 + len(TURNS))} == {hostile(n).content for n in (0, 23, 1 + len(TURNS))}
    assert hostile(0).content != hostile(len(TURNS)).content
    assert {TURNS[n % len(TURNS)].name for n in range(COUNT)} == {family.name for family in FAMILIES}
