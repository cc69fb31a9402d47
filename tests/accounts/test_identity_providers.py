"""What every identity provider keeps to: the simulator, the one that is always away, and nobody at all."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from laihua.accounts.identity import providers
from laihua.accounts.identity.providers import Away, Manual
from laihua.accounts.identity.questions import Answer, IdentityProvider, PersonQuestion, UnitQuestion, Unreachable
from laihua.accounts.identity.simulator import SLOW, Simulator

PERSON = PersonQuestion("沈知遥", "resident_id", "000101199003150016")
UNIT = UnitQuestion("上海砚桥精密仪器有限公司", "91310115MA1HEXAM5R", "沈怀瑾", "resident_id", "00010119910412006X")
waited: list[float] = []


@dataclass
class Case:
    provider: IdentityProvider
    answers: bool
    passes: bool


@pytest.fixture(params=["simulator", "manual", "away"])
def case(request: pytest.FixtureRequest) -> Case:
    made: dict[str, Callable[[], Case]] = {
        "simulator": lambda: Case(Simulator(sleep=waited.append), True, True),
        "manual": lambda: Case(Manual(), True, False), "away": lambda: Case(Away(), False, False),
    }
    return made[request.param]()


@pytest.mark.req("ACC-6")
def test_it_answers_or_says_that_it_cannot(case: Case) -> None:
    for ask in (lambda: case.provider.check_person(PERSON), lambda: case.provider.check_unit(UNIT)):
        if not case.answers:
            with pytest.raises(Unreachable):
                ask()
            continue
        answer = ask()
        assert isinstance(answer, Answer)
        assert answer.passed is case.passes
        assert answer.passed or answer.reason


@pytest.mark.req("ACC-6")
def test_a_stranger_never_passes(case: Case) -> None:
    if not case.answers:
        return
    answer = case.provider.check_person(PersonQuestion("无此人", "passport", "ZZ9999999"))
    assert not answer.passed
    assert "无此人" not in answer.reason
    assert not case.provider.check_unit(replace(UNIT, credit_code="91310115MA1HNONE0X")).passed


def test_a_provider_has_a_name_for_operators(case: Case) -> None:
    assert case.provider.name in {"simulator", "manual", "away"}


@pytest.mark.parametrize(("question", "expected"), [
    (PERSON, Answer(True)),
    (replace(PERSON, name="沈知 遥"), Answer(True)),
    (replace(PERSON, name="何望舒"), Answer(False, "mismatch")),
    (replace(PERSON, document_type="passport"), Answer(False, "mismatch")),
    (PersonQuestion("苏晚照", "resident_id", "000101199502080032"), Answer(False, "mismatch")),
    (PersonQuestion("Lindqvist Soeren Mikael", "passport", "EX0000001"), Answer(True)),
])
def test_the_register_decides(question: PersonQuestion, expected: Answer) -> None:
    assert Simulator().check_person(question) == expected


@pytest.mark.parametrize("changes", [{"name": "上海另一家有限公司"}, {"representative_name": "何望舒"},
                                     {"representative_document_number": "000101199003150016"}])
def test_a_unit_is_its_name_its_code_and_its_representative(changes: dict[str, str]) -> None:
    assert Simulator().check_unit(UNIT).passed
    assert Simulator().check_unit(replace(UNIT, **changes)) == Answer(False, "mismatch")


def test_slow_and_unreachable_are_played() -> None:
    waited.clear()
    assert Simulator(sleep=waited.append).check_person(PersonQuestion("方缓行", "resident_id", "000101198506110054")).passed
    assert waited == [SLOW]
    with pytest.raises(Unreachable):
        Simulator().check_person(PersonQuestion("陆迟暮", "resident_id", "000101197909300042"))


def test_the_settings_choose(settings: object) -> None:
    for name, kind in (("simulator", Simulator), ("manual", Manual), ("away", Away), ("", Simulator),
                       ("laihua.accounts.identity.providers:Away", Away)):
        settings.IDENTITY_PROVIDER = name  # type: ignore[attr-defined]
        assert isinstance(providers.provider(), kind)
