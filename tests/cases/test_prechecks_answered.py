"""What people say of findings: the form is mended by a click, an explanation travels to the officer, his word is counted."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from laihua.cases import actions, queries
from laihua.cases.models import Case, CaseEvent, FindingReply, FindingVerdict
from laihua.cases.queries import Noted, NotYours, prechecking
from laihua.kernel.texts import Refused
from laihua.prechecks import checks
from tests import world as building
from tests.cases.prechecks import ON_FORM, ON_PAPER, compared, document, finding, remembered, seen
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prechecking, "examine", compared)


@pytest.fixture
def case(world: World, at: datetime) -> Case:
    made = building.complete_draft(world, at)
    remembered(made, "passport", document(number=ON_PAPER, surname="LINDQVIST"))
    return made


@pytest.fixture
def filed(world: World, at: datetime) -> Case:
    """It lies at the pre-review, and an officer has taken it."""
    made = building.submitted_case(world, at)
    remembered(made, "passport", document(number=ON_PAPER, surname="LINDQVIST"))
    actions.claim(case_id=made.id, actor=world.pre_reviewer, at=at)
    return made


def answer(case: Case, one: Noted, how: str, world: World, at: datetime, **more: Any) -> None:
    said: dict[str, Any] = {"digest": one.digest, "actor": world.handler} | more
    actions.answer_finding(case_id=case.id, key=one.key, how=how, at=at, **said)  # type: ignore[arg-type]


def judge(case: Case, one: Noted, word: str, world: World, at: datetime, **more: Any) -> None:
    said: dict[str, Any] = {"digest": one.digest, "actor": world.pre_reviewer} | more
    actions.judge_finding(case_id=case.id, key=one.key, word=word, at=at, **said)  # type: ignore[arg-type]


# “改为 …”

@pytest.mark.req("PRE-6", "WP-5")
def test_one_click_takes_the_value_of_the_document(world: World, case: Case, at: datetime) -> None:
    later = at + timedelta(minutes=5)
    answer(case, finding(seen(case, "handler", world, at)), "adopt", world, later)
    before, after = case.revision, Case.objects.get(id=case.id)
    assert after.answers["passport_number"] == ON_PAPER
    assert (after.revision, after.field_revisions["passport_number"]) == (before + 1, before + 1), "a save like any other"
    assert (after.saved_at, after.saved_by_id) == (later, world.handler.account_id)
    assert finding(seen(case, "handler", world, at)).level == "pass"
    told = queries.history(queries.dossier(case.id, actor=world.handler, at=at))[0]
    assert told.what.zh == "按材料更正填报内容：护照资料页"
    assert ON_PAPER not in str(CaseEvent.objects.order_by("-seq")[0].details)


def test_what_is_no_longer_so_is_not_adopted(world: World, case: Case, at: datetime) -> None:
    """The page was open while the form was changed in another tab."""
    shown = finding(seen(case, "handler", world, at))
    actions.save_answers(case_id=case.id, changes={"passport_number": "C01X00T47"}, base=case.revision, actor=world.handler, at=at)
    for how in ("adopt", "explain", "seen"):
        with pytest.raises(Refused, match="finding_changed"):
            answer(case, shown, how, world, at, text="对")
    assert Case.objects.get(id=case.id).answers["passport_number"] == "C01X00T47"
    assert not FindingReply.objects.exists()


def test_what_agrees_has_nothing_to_adopt(world: World, case: Case, at: datetime) -> None:
    with pytest.raises(Refused, match="not_adopted"):
        answer(case, finding(seen(case, "handler", world, at), "fields:passport:surname"), "adopt", world, at)


@pytest.mark.req("PRE-6")
def test_a_field_that_is_locked_is_not_changed_by_a_click(world: World, at: datetime) -> None:
    case = building.returned_case(world, at)
    remembered(case, "passport", document(number=ON_PAPER))
    one = finding(seen(case, "handler", world, at))
    assert one.adopts == ()
    with pytest.raises(Refused, match="not_adopted"):
        answer(case, one, "adopt", world, at)
    answer(case, one, "explain", world, at, text="旧护照号，见第2页")
    assert finding(seen(case, "handler", world, at)).reply is not None, "but it can be explained"


# “我填的没错”

@pytest.mark.req("PRE-6")
def test_an_explanation_travels_to_the_officer(world: World, case: Case, at: datetime) -> None:
    answer(case, finding(seen(case, "handler", world, at)), "explain", world, at, text="  护照末位是3，扫描有污渍  ")
    mine = finding(seen(case, "handler", world, at))
    assert mine.reply is not None
    assert (mine.reply.text, mine.reply.seen, mine.is_open) == ("护照末位是3，扫描有污渍", False, False)
    submit(case, world, at)
    his = finding(seen(case, "pre_reviewer", world, at))
    assert his.reply is not None
    assert his.reply.text == "护照末位是3，扫描有污渍"
    assert his.level == "mismatch", "an explanation changes no finding"


def submit(case: Case, world: World, at: datetime) -> None:
    actions.move(case_id=case.id, move="submit", actor=world.handler, at=at)
    Case.objects.filter(id=case.id).update(subject_id=world.subject.account_id)
    now = queries.dossier(case.id, actor=world.subject, at=at)
    declared = {key: True for key, f in now.service.field_keys().items() if f.by == "subject" and f.type == "declaration"}
    actions.save_answers(case_id=case.id, changes=declared, base=now.case.revision, actor=world.subject, at=at)
    actions.move(case_id=case.id, move="confirm", actor=world.subject, at=at)


def test_it_falls_away_with_what_it_was_about(world: World, case: Case, at: datetime) -> None:
    answer(case, finding(seen(case, "handler", world, at)), "explain", world, at, text="扫描有污渍")
    actions.save_answers(case_id=case.id, changes={"passport_number": "C01X00T47"}, base=case.revision, actor=world.handler, at=at)
    assert finding(seen(case, "handler", world, at)).reply is None
    actions.save_answers(case_id=case.id, changes={"passport_number": ON_FORM}, base=99, actor=world.handler, at=at)
    assert finding(seen(case, "handler", world, at)).reply is not None, "and is there again with it"


def test_seen_said_again_and_taken_back(world: World, case: Case, at: datetime) -> None:
    one = finding(seen(case, "handler", world, at))
    answer(case, one, "seen", world, at)
    assert FindingReply.objects.get().seen
    answer(case, one, "explain", world, at, text="没有错")
    reply = FindingReply.objects.get()
    assert (reply.seen, reply.text) == (False, "没有错")
    answer(case, one, "take_back", world, at)
    assert finding(seen(case, "handler", world, at)).is_open


@pytest.mark.parametrize("text", ["", "   ", "字" * 1001])
def test_an_explanation_has_words(world: World, case: Case, at: datetime, text: str) -> None:
    with pytest.raises(Refused, match="text_missing"):
        answer(case, finding(seen(case, "handler", world, at)), "explain", world, at, text=text)


def test_only_the_end_with_which_it_lies_answers(world: World, case: Case, filed: Case, at: datetime) -> None:
    one = finding(seen(case, "handler", world, at))
    for actor, refused in ((world.stranger, NotYours), (world.pre_reviewer, NotYours), (world.subject, NotYours)):
        with pytest.raises(refused):
            answer(case, one, "seen", world, at, actor=actor)
    late = finding(seen(filed, "handler", world, at))
    for actor in (world.handler, world.subject, world.pre_reviewer):
        with pytest.raises(Refused, match="not_editable"):
            answer(filed, late, "explain", world, at, text="没有错", actor=actor)
    assert not FindingReply.objects.exists()


@pytest.mark.req("PRE-6")
def test_no_finding_stops_a_submission(world: World, case: Case, at: datetime) -> None:
    assert seen(case, "handler", world, at).open
    submit(case, world, at)
    assert building.proceeding_of(case).step == "pre_review"


# 属实 / 误报 / 漏报

def test_an_officers_word_is_kept_and_changed(world: World, filed: Case, at: datetime) -> None:
    one = finding(seen(filed, "pre_reviewer", world, at))
    judge(filed, one, "wrong", world, at)
    judge(filed, one, "right", world, at)
    row = FindingVerdict.objects.get()
    assert (row.check_name, row.kind, row.level, row.word) == ("fields", "passport", "mismatch", "right")
    assert finding(seen(filed, "pre_reviewer", world, at)).verdict == "right"
    assert finding(seen(filed, "handler", world, at)).verdict == "", "applicants are not told"
    judge(filed, one, "", world, at)
    assert not FindingVerdict.objects.exists()
    assert building.proceeding_of(filed).step == "pre_review", "it changes nothing in the case"


def test_only_the_officer_who_holds_the_case_judges(world: World, filed: Case, at: datetime) -> None:
    one = finding(seen(filed, "pre_reviewer", world, at))
    tries: list[tuple[Any, Any]] = [
        (world.second_pre_reviewer, Refused), (world.clerk, Refused), (world.head, Refused), (world.handler, NotYours),
        (world.subject, NotYours), (world.stranger, NotYours), (world.registrar, NotYours), (world.operator, NotYours),
    ]
    for actor, refused in tries:
        with pytest.raises(refused):
            judge(filed, one, "right", world, at, actor=actor)
        with pytest.raises(refused):
            actions.report_missed(case_id=filed.id, slot="passport", check="fields", actor=actor, at=at)
    assert not FindingVerdict.objects.exists()
    assert [seen(filed, who, world, at).judges for who in ("pre_reviewer", "second_pre_reviewer", "handler")] == [True, False, False]


def test_a_word_counts_for_what_was_seen(world: World, filed: Case, at: datetime) -> None:
    one = finding(seen(filed, "pre_reviewer", world, at))
    judge(filed, one, "right", world, at)
    remembered(filed, "passport", document(number="EM7204100"))
    assert finding(seen(filed, "pre_reviewer", world, at)).verdict == ""
    with pytest.raises(Refused, match="finding_changed"):
        judge(filed, one, "wrong", world, at)


def test_what_was_missed_is_reported(world: World, filed: Case, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions.prechecking, "checks", lambda: {"fields": None, "seal": None})
    report: dict[str, Any] = {"case_id": filed.id, "slot": "contract", "actor": world.pre_reviewer, "at": at}
    actions.report_missed(check="seal", field="position", note=" 第3页没有章 ", **report)
    row = FindingVerdict.objects.get()
    assert (row.word, row.check_name, row.kind, row.note) == ("missed", "seal", "labour_contract", "第3页没有章")
    assert seen(filed, "pre_reviewer", world, at).missed == ("contract:position",)
    for wrong in ({"check": "nonsense"}, {"check": "seal", "slot": "photo"}, {"check": "seal", "field": "nonsense"}):
        with pytest.raises(Refused):
            actions.report_missed(**report | wrong)
    actions.take_back_missed(field="position", **report)
    assert not FindingVerdict.objects.exists()


def test_precision_and_recall_are_counted_from_words(world: World, filed: Case, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions.prechecking, "checks", lambda: {"fields": None})
    found = seen(filed, "pre_reviewer", world, at)
    judge(filed, finding(found), "right", world, at)
    judge(filed, finding(found, "fields:passport:surname"), "wrong", world, at)     # it agreed, and should not have
    actions.report_missed(case_id=filed.id, slot="passport", check="fields", field="sex", actor=world.pre_reviewer, at=at)
    other = building.submitted_case(world, at)
    remembered(other, "passport", document(number=ON_PAPER))
    actions.claim(case_id=other.id, actor=world.pre_reviewer, at=at)
    judge(other, finding(seen(other, "pre_reviewer", world, at)), "wrong", world, at)
    figures = queries.precheck_figures(since=at)
    row, = figures.rows
    assert (row.check, row.kind, row.found, row.false, row.missed) == ("fields", "passport", 1, 1, 2)
    assert (row.precision, row.recall) == (50.0, pytest.approx(100 / 3))
    assert (figures.by_check[0].kind, figures.total.judged, figures.cases_judged) == ("", 4, 2)
    assert next(kind for kind in figures.kinds if kind.kind == "passport").done == 2
    assert figures.waiting > 0
    assert figures.waiting_since == at
    nothing = queries.precheck_figures(since=at + timedelta(days=1))
    assert (nothing.rows, nothing.total.precision, nothing.total.recall) == ((), None, None)


def test_the_checks_named_by_an_officer_are_those_that_there_are() -> None:
    assert actions.prechecking.checks is checks.checks
