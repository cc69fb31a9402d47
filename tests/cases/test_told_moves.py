"""Moves that happen by themselves, and only once their notice was delivered (RP-11)."""

from datetime import datetime, timedelta

import pytest

from laihua.cases import actions, queries
from laihua.cases import told as telling
from laihua.cases.jobs import announce
from laihua.cases.models import CaseEvent, DueMove, Proceeding
from laihua.kernel.calendar import ZONE
from laihua.kernel.texts import Refused
from laihua.notifications.models import InboxMessage, OutboxMessage, State
from tests import world as building
from tests.cases import told_service as told
from tests.cases.test_two_at_once import at_once

pytestmark = pytest.mark.django_db
FIRES = datetime(2026, 11, 15, tzinfo=ZONE)     # told on the 12th: the 13th and the 14th are the two days


@pytest.fixture
def hall(world, at, tmp_path):
    told.sync(tmp_path, at)
    told.employ(world, at)
    return world


def reported(hall, at):
    case = told.start(hall, at)
    actions.make_checklist(case_id=case.id, actor=hall.subject, at=at)
    for key in ("card", "letter"):
        slot = queries.dossier(case.id, actor=hall.subject, at=at).service.slots()[key]
        building.put_file(case.id, slot, hall.subject, at)
    actions.move(case_id=case.id, move="submit", actor=hall.subject, at=at)
    officer = {"case_id": case.id, "actor": hall.pre_reviewer, "at": at}
    actions.claim(**officer)
    items = [i.id for i in queries.dossier(case.id, actor=hall.pre_reviewer, at=at).items]
    actions.record_verdicts(items=items, result="accepted", **officer)
    actions.move(move="pass", **officer)
    actions.claim(**officer)
    announce(str(actions.move(move="report", text="2026-11-12 编号0001", **officer).event_id))
    return case


def delivered(at, channel="sms"):
    OutboxMessage.objects.filter(channel=channel, key__contains=":subject:").update(state=State.SENT, sent_at=at, provider_id="R-77")


def step(case):
    return Proceeding.objects.get(case=case).step


@pytest.mark.req("RP-11")
def test_nothing_happens_while_nobody_was_told_and_the_time_runs_from_the_first_delivery(hall, at):
    case = reported(hall, at)
    far = at + timedelta(days=30)
    assert (actions.begin_told_moves(at=far), actions.fire_due_moves(at=far), step(case)) == (0, 0, "confirming")
    assert [p.case_id for p in telling.untold(hall.office.id, far)] == [case.id], "the office sees it"
    waits = telling.waiting(queries.dossier(case.id, actor=hall.subject, at=far))[0]
    assert waits.at is None
    assert {d.state for d in waits.deliveries} == {"queued", "unread"}

    delivered(at + timedelta(minutes=1))
    assert (actions.begin_told_moves(at=at + timedelta(hours=3)), actions.begin_told_moves(at=far)) == (1, 0)
    assert telling.waiting(queries.dossier(case.id, actor=hall.subject, at=at))[0].at == FIRES
    assert not telling.untold(hall.office.id, far)
    assert actions.fire_due_moves(at=FIRES - timedelta(seconds=1)) == 0
    assert (actions.fire_due_moves(at=FIRES), actions.fire_due_moves(at=FIRES), step(case)) == (1, 0, "confirmed")
    proof = CaseEvent.objects.get(case=case, move="auto_confirm").details["proof"]
    assert (proof["notice"], proof["channel"], proof["receipt"]) == ("please_confirm", "sms", "R-77")
    assert datetime.fromisoformat(proof["delivered_at"]) == at + timedelta(minutes=1)
    said = [e.what.zh for e in queries.history(queries.dossier(case.id, actor=hall.subject, at=FIRES))]
    assert said[0] == "系统自动确认：通知“请确认申办信息”于2026-11-12 10:01经短信送达，回执R-77"
    assert said[1].endswith("；2026-11-15 00:00自动办理")


@pytest.mark.req("RP-11")
def test_an_inbox_counts_when_its_owner_has_read_it_and_an_officers_never(hall, at):
    case = reported(hall, at)
    read = at + timedelta(days=5)
    InboxMessage.objects.filter(account_id=hall.pre_reviewer.account_id).update(read_at=at)
    assert actions.begin_told_moves(at=read) == 0
    InboxMessage.objects.filter(account_id=hall.subject.account_id).update(read_at=read)
    assert actions.begin_told_moves(at=read) == 1
    assert DueMove.objects.get().fire_at == datetime(2026, 11, 20, tzinfo=ZONE)
    assert step(case) == "confirming"


def test_a_dead_or_uncertain_message_is_no_delivery(hall, at):
    reported(hall, at)
    OutboxMessage.objects.filter(channel="sms").update(state=State.DEAD)
    OutboxMessage.objects.filter(channel="email").update(state=State.QUEUED, uncertain=True)
    assert actions.begin_told_moves(at=at + timedelta(days=9)) == 0


@pytest.mark.req("RP-11")
def test_reminders_go_out_once_at_a_day_and_at_the_last_hours(hall, at):
    reported(hall, at)
    delivered(at)
    actions.begin_told_moves(at=at)

    def reminded(moment):
        before = OutboxMessage.objects.filter(key__contains=":soon.", channel="sms").count()
        actions.remind_of_moves(at=moment)
        return OutboxMessage.objects.filter(key__contains=":soon.", channel="sms").count() - before

    hours = [31, 30, 29, 6, 5]
    assert [reminded(FIRES - timedelta(hours=h)) for h in hours] == [0, 1, 0, 1, 0]
    assert OutboxMessage.objects.filter(key__contains=":soon.30h:", channel="sms").get().text == "2026-11-15 00:00"
    DueMove.objects.update(fire_at=FIRES + timedelta(days=9))
    OutboxMessage.objects.filter(key__contains=":soon.").delete()
    InboxMessage.objects.filter(key__contains=":soon.").delete()
    assert reminded(FIRES + timedelta(days=9, hours=-2)) == 1, "after an outage one reminder, not all"


@pytest.mark.req("RP-11")
def test_the_person_confirms_or_says_what_is_wrong_and_may_object_to_the_hall_for_a_while(hall, at):
    me = {"actor": hall.subject}
    case = reported(hall, at)
    with pytest.raises(Refused):
        actions.move(case_id=case.id, move="wrong", at=at, **me)
    actions.move(case_id=case.id, move="wrong", text="学历填错了", at=at, **me)
    assert step(case) == "reporting"
    assert not DueMove.objects.exists()

    other = reported(hall, at)
    delivered(at)
    actions.begin_told_moves(at=at)
    actions.fire_due_moves(at=FIRES)
    assert step(other) == "confirmed"
    last = FIRES + timedelta(days=6) - timedelta(seconds=1)
    assert "object" in [o.move.key for o in queries.dossier(other.id, at=last, **me).offers()]
    late = last + timedelta(seconds=1)
    assert "object" not in [o.move.key for o in queries.dossier(other.id, at=late, **me).offers()]
    with pytest.raises(Refused) as refused:
        actions.move(case_id=other.id, move="object", text="有误", at=late, **me)
    assert refused.value.reasons[0].code == "too_late"
    assert actions.move(case_id=other.id, move="object", text="有误", at=last, **me).to_step == "reporting"

    own = reported(hall, at)
    actions.move(case_id=own.id, move="confirm", at=at, **me)
    with pytest.raises(Refused):
        actions.move(case_id=own.id, move="object", text="有误", at=at, **me)


@pytest.mark.req("RP-11")
def test_a_worker_that_dies_in_between_leaves_the_move_for_the_next(hall, at, monkeypatch):
    case = reported(hall, at)
    delivered(at)
    actions.begin_told_moves(at=at)

    def dies(**_):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("laihua.cases.actions.due.move", dies)
        with pytest.raises(SystemExit):
            actions.fire_due_moves(at=FIRES)
    assert (DueMove.objects.count(), step(case)) == (1, "confirming")
    assert actions.fire_due_moves(at=FIRES) == 1


def test_without_its_proof_the_move_waits_again(hall, at):
    case = reported(hall, at)
    DueMove.objects.update(once_told="")
    assert actions.fire_due_moves(at=FIRES + timedelta(days=3)) == 0
    assert (DueMove.objects.get().once_told, step(case)) == ("please_confirm", "confirming")


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("RP-11")
def test_two_workers_begin_and_fire_it_once(hall, at):
    case = reported(hall, at)
    delivered(at)
    assert sorted(at_once(*[lambda: str(actions.begin_told_moves(at=at))] * 2)) == ["0", "1"]
    assert sorted(at_once(*[lambda: str(actions.fire_due_moves(at=FIRES))] * 2)) == ["0", "1"]
    assert CaseEvent.objects.filter(case=case, move="auto_confirm").count() == 1
