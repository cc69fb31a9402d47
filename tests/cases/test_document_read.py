"""A document is read after its upload, in a job of its own: what it leaves behind, and what happens when reading fails."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from laihua.cases import actions, queries
from laihua.cases.actions import reading as reads
from laihua.cases.models import Case, DocumentRead, MaterialFile
from laihua.cases.stale_reminders import remind_of_stale
from laihua.kernel import clock, jobs
from laihua.kernel.texts import Refused
from laihua.notifications.models import InboxMessage
from laihua.prechecks import reading
from laihua.prechecks.document import Document
from laihua.prechecks.reading import Portion
from laihua.prechecks.reasons import reason
from laihua.prechecks.remembered import document_of
from laihua.prechecks.words import Box, Leaf, Line, Reading
from tests import world as building
from tests.cases.prechecks import document, remembered, seen
from tests.world import World

pytestmark = pytest.mark.django_db
PAGES = 5
WAITING = "SELECT queue_name, status, args->>'file_id' FROM procrastinate_jobs WHERE task_name = 'cases.jobs.read_document'"


def leaf(number: int, by: Any = "text") -> Leaf:
    return Leaf(number, 0.7, (Line(f"PASSPORT {number}", Box(0.1, 0.1, 0.5, 0.15)),) if by == "text" else (), by)


class Reader:
    """Reads `at_a_time` pages in each turn, and remembers from where it was asked to begin."""

    def __init__(self, at_a_time: int = PAGES, by: str = "text") -> None:
        self.at_a_time, self.by, self.begun = at_a_time, by, list[int]()
        self.on_page: Callable[[int], None] | None = None

    def __call__(self, content: bytes, *, begin: int = 1, seconds: float = 20, on_page: Any = None, ocr: Any = None) -> Portion:
        assert content == building.pdf()
        self.begun.append(begin)
        end = min(begin + self.at_a_time, PAGES + 1)
        for number in range(begin, end):
            on_page(number, PAGES)
            if self.on_page:
                self.on_page(number)
        return Portion(Reading(PAGES, tuple(leaf(n, self.by) for n in range(begin, end))), end if end <= PAGES else None, None)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    made = Reader()
    monkeypatch.setattr(reading, "read", made)
    return made


@pytest.fixture
def case(world: World, at: datetime) -> Case:
    return building.draft(world, at, building.complete_answers())


def upload(case: Case, world: World, at: datetime, key: str = "passport") -> DocumentRead:
    slot = queries.dossier(case.id, actor=world.handler, at=at).service.slots()[key]
    building.put_file(case.id, slot, world.handler, at)
    return DocumentRead.objects.get(file_id=case.materials.get(key=key).current_id)


def waiting() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchall()


@pytest.mark.req("PRE-7")
def test_an_upload_puts_a_job_into_the_queue_of_reading(world: World, case: Case, at: datetime) -> None:
    read = upload(case, world, at)
    assert (read.state, read.kind, read.asked_at) == ("waiting", "passport", at)
    assert waiting() == [("reading", "todo", str(read.file_id))]
    assert jobs.run_waiting() >= 0
    assert waiting()[0][1] == "todo", "no other job, and no page, waits for it or does it"


def test_it_comes_and_goes_with_the_upload(world: World, case: Case, at: datetime) -> None:
    with transaction.atomic():
        upload(case, world, at)
        assert waiting()
        transaction.set_rollback(True)
    assert waiting() == []
    assert not DocumentRead.objects.exists()


def test_nothing_is_read_where_nothing_is_asked(world: World, case: Case, at: datetime) -> None:
    slot = queries.dossier(case.id, actor=world.handler, at=at).service.slots()["photo"]
    building.put_file(case.id, slot, world.handler, at)
    assert waiting() == []


@pytest.mark.req("PRE-7")
def test_a_document_is_read_by_the_job(world: World, case: Case, at: datetime, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(seconds=7))
    read = upload(case, world, at)
    jobs.run_waiting(reading=True)
    read.refresh_from_db()
    assert (read.state, read.pages_read, read.problem, read.partial) == ("done", PAGES, None, None)
    assert read.ended_at == at + timedelta(seconds=7)
    assert document_of(read.found).pages == PAGES
    jobs.run_waiting(reading=True)
    assert reader.begun == [1], "once"


@pytest.mark.req("PRE-7")
def test_progress_is_seen_while_it_reads(world: World, case: Case, at: datetime, reader: Reader) -> None:
    told = []

    def look(number: int) -> None:
        passport = seen(case, "handler", world, at).slot("passport")
        assert passport is not None
        told.append((number, passport.state, passport.pages_read))

    reader.on_page = look
    upload(case, world, at)
    jobs.run_waiting(reading=True)
    assert told == [(n, "reading", n) for n in range(1, PAGES + 1)]


@pytest.mark.req("PRE-7")
def test_a_long_document_lets_others_have_their_turn(world: World, case: Case, at: datetime, reader: Reader) -> None:
    reader.at_a_time = 2
    read = upload(case, world, at)
    assert actions.read_document(file_id=read.file_id, now=lambda: at) is True
    read.refresh_from_db()
    assert (read.state, read.pages_read) == ("reading", 2)
    jobs.run_waiting(reading=True)
    read.refresh_from_db()
    assert reader.begun == [1, 3, 5]
    assert (read.state, read.pages_read, read.partial) == ("done", PAGES, None)
    assert [page.number for page in document_of(read.found).leaves] == [1, 2, 3, 4, 5], "every page once, in order"


def test_words_between_two_turns_are_encrypted(world: World, case: Case, at: datetime, reader: Reader) -> None:
    reader.at_a_time = 2
    read = upload(case, world, at)
    actions.read_document(file_id=read.file_id, now=lambda: at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT partial FROM cases_documentread")
        sealed = bytes(cursor.fetchone()[0])
    assert b"PASSPORT" not in sealed
    read.refresh_from_db()
    assert "PASSPORT 1" in str(read.partial)


# What may go wrong

@pytest.mark.req("PRE-8")
def test_a_file_that_cannot_be_read_says_why_and_holds_nothing_up(
    world: World, case: Case, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "read", lambda *a, **k: Portion(Reading(0, ()), None, reason("damaged")))
    building.fill_slots(world, case, at)
    jobs.run_waiting(reading=True)
    passport = seen(case, "handler", world, at).slot("passport")
    assert passport is not None
    assert passport.state == "failed"
    assert "损坏" in str(passport.problem)
    actions.move(case_id=case.id, move="submit", actor=world.handler, at=at)


@pytest.mark.req("PRE-7")
def test_an_engine_that_is_away_is_told_tried_again_and_holds_nothing_up(
    world: World, case: Case, at: datetime, monkeypatch: pytest.MonkeyPatch, reader: Reader
) -> None:
    def away(*a: Any, **k: Any) -> Portion:
        raise ConnectionError("the engine is away")

    reader.at_a_time = 2
    building.fill_slots(world, case, at)
    read = DocumentRead.objects.get(file__material__key="passport")
    actions.read_document(file_id=read.file_id, now=lambda: at)
    monkeypatch.setattr(reading, "read", away)
    with pytest.raises(ConnectionError):        # which is how the job says that it wants another try
        actions.read_document(file_id=read.file_id, now=lambda: at)
    passport = seen(case, "handler", world, at).slot("passport")
    assert passport is not None
    assert passport.state == "failed"
    assert "稍后会自动再试" in str(passport.problem)
    actions.move(case_id=case.id, move="submit", actor=world.handler, at=at)
    monkeypatch.setattr(reading, "read", reader)
    jobs.run_waiting(reading=True)
    assert DocumentRead.objects.get(pk=read.pk).state == "done"
    assert reader.begun[1] == 3, "the pages before are not read again"


def test_words_that_a_kind_trips_over_cost_that_document_alone(
    world: World, case: Case, at: datetime, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reads, "remember", lambda *a: 1 / 0)
    read = upload(case, world, at)
    jobs.run_waiting(reading=True)
    read.refresh_from_db()
    assert read.state == "failed"
    assert read.problem == reads.NOT_UNDERSTOOD.as_data()


def test_pages_that_nobody_read_are_not_called_checked(world: World, case: Case, at: datetime, reader: Reader) -> None:
    reader.by = "nothing"
    read = upload(case, world, at)
    jobs.run_waiting(reading=True)
    read.refresh_from_db()
    assert (read.state, read.problem) == ("failed", reads.NOTHING_READ.as_data())


def test_what_failed_is_read_again_when_asked(world: World, case: Case, at: datetime, reader: Reader) -> None:
    read = upload(case, world, at)
    with pytest.raises(Refused, match="not_failed"):
        actions.read_again(case_id=case.id, key="passport", actor=world.handler, at=at)
    DocumentRead.objects.filter(pk=read.pk).update(state="failed", problem=reads.UNAVAILABLE.as_data())
    actions.read_again(case_id=case.id, key="passport", actor=world.handler, at=at)
    assert len(waiting()) == 2
    jobs.run_waiting(reading=True)
    assert DocumentRead.objects.get(pk=read.pk).state == "done"


def test_what_was_replaced_meanwhile_is_not_read(world: World, case: Case, at: datetime, reader: Reader) -> None:
    first = upload(case, world, at)
    second = upload(case, world, at)
    jobs.run_waiting(reading=True)
    assert not DocumentRead.objects.filter(pk=first.pk).exists()
    assert DocumentRead.objects.get(pk=second.pk).state == "done"
    assert reader.begun == [1]


def test_the_same_content_is_read_once(world: World, case: Case, at: datetime, reader: Reader) -> None:
    upload(case, world, at)
    jobs.run_waiting(reading=True)
    other = building.draft(world, at, building.complete_answers())
    again = upload(other, world, at)
    assert (again.state, again.pages_read, again.seconds) == ("done", PAGES, 0)
    assert document_of(again.found) == document_of(DocumentRead.objects.exclude(pk=again.pk).get().found)
    assert upload(other, world, at, "degree").state == "waiting", "as another kind it says something else"
    assert reader.begun == [1]


def test_a_document_that_is_taken_over_brings_its_reading(world: World, at: datetime, reader: Reader) -> None:
    earlier = building.decision_case(world, at)
    jobs.run_waiting(reading=True)
    actions.claim(case_id=earlier.id, actor=world.decider, at=at)
    case = building.draft(world, at, building.complete_answers())
    offers = queries.reusable(queries.dossier(case.id, actor=world.handler, at=at))
    actions.reuse_material(case_id=case.id, key="passport", file_id=offers["passport"].given.file_id, actor=world.handler, at=at)
    passport = seen(case, "handler", world, at).slot("passport")
    assert passport is not None
    assert passport.state == "done"
    assert MaterialFile.objects.get(id=passport.file_id).taken_from is not None


# 即将过期

def passport_until(day: str) -> Document:
    return document("passport", number="EM7204138", expires_on=day)


@pytest.mark.req("PRE-5", "RP-8")
@pytest.mark.parametrize(("ends", "stale"), [("2031-06-21", date(2030, 12, 22)), ("2027-05-31", date(2026, 12, 1)), ("9999-12-31", None)])
def test_the_first_day_on_which_it_does_not_fit_is_known(
    world: World, case: Case, at: datetime, reader: Reader, monkeypatch: pytest.MonkeyPatch, ends: str, stale: date | None
) -> None:
    """A passport must have six months left on the day of the filing."""
    monkeypatch.setattr(reads, "remember", lambda *a: passport_until(ends))
    read = upload(case, world, at)
    jobs.run_waiting(reading=True)
    read.refresh_from_db()
    assert read.stale_on == stale


def told(case: Case, at: datetime) -> int:
    return remind_of_stale(at=at)


@pytest.mark.req("PRE-5")
def test_it_is_told_once_before_it_goes_stale(world: World, case: Case, at: datetime) -> None:
    upload(case, world, at)
    remembered(case, "passport", passport_until("2027-06-11"), stale_on=at.date() + timedelta(days=20))
    assert [told(case, at + timedelta(days=n)) for n in (0, 5, 6, 7, 20)] == [0, 0, 1, 0, 0]
    message = InboxMessage.objects.get(account_id=world.handler.account_id)
    assert message.content["subject"]["zh"] == "材料“护照资料页”即将不符合时间要求"
    assert "2026-12-02" in message.content["body"]["zh"]
    assert message.link == f"/cases/{case.id}/"
    for secret in ("LINDQVIST", "EM7204138"):
        assert secret not in str(message.content)


@pytest.mark.req("PRE-5")
def test_a_day_on_which_nothing_ran_is_made_up(world: World, case: Case, at: datetime) -> None:
    upload(case, world, at)
    remembered(case, "passport", passport_until("2027-06-11"), stale_on=at.date() + timedelta(days=20))
    assert told(case, at + timedelta(days=40)) == 1


def test_what_was_stale_at_its_upload_has_its_finding_and_no_notice(world: World, case: Case, at: datetime) -> None:
    upload(case, world, at)
    remembered(case, "passport", passport_until("2026-10-01"), stale_on=at.date() - timedelta(days=40))
    assert told(case, at) == 0


@pytest.mark.req("PRE-5")
def test_once_filed_only_its_own_last_day_counts(world: World, at: datetime) -> None:
    case = building.submitted_case(world, at)
    remembered(case, "passport", passport_until("2027-05-31"), stale_on=date(2026, 12, 1))
    assert told(case, at + timedelta(days=10)) == 0, "it was filed with six months left"
    assert told(case, datetime.fromisoformat("2027-05-25T09:00:00+08:00")) == 2, "the handler and the foreigner"
    assert "2027-06-01" in InboxMessage.objects.filter(account_id=world.subject.account_id).latest("created_at").content["body"]["zh"]


def test_of_what_was_removed_or_decided_nobody_is_told(world: World, case: Case, at: datetime) -> None:
    upload(case, world, at)
    read = remembered(case, "passport", passport_until("2027-06-11"), stale_on=at.date() + timedelta(days=2))
    Case.objects.filter(id=case.id).update(closed_at=at)
    assert told(case, at) == 0
    Case.objects.filter(id=case.id).update(closed_at=None)
    actions.remove_material(case_id=case.id, key="passport", actor=world.handler, at=at)
    assert told(case, at) == 0
    assert DocumentRead.objects.get(pk=read.pk).warned_on is None
