"""The demo of a fixed morning: built through the actions, whole or not at all, with something on every desk."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client

from laihua.accounts import queries as accounts
from laihua.accounts import totp
from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases import actions as cases
from laihua.cases import queries as case_queries
from laihua.cases.models import Booking, Case, Message, Proceeding
from laihua.catalog import actions as catalog
from laihua.catalog.proceedings import MAIN
from laihua.kernel import actions as kernel
from laihua.kernel import clock, jobs
from laihua.kernel import queries as trail
from laihua.kernel.calendar import ZONE
from laihua.notifications.models import InboxMessage
from laihua.permits import queries as permits
from laihua.permits.models import Delivery, Issued
from laihua.portal.operator import demo
from laihua.portal.operator.demo import acts, guide, papers, stage
from laihua.portal.operator.demo.casting import people, persons
from laihua.prechecks import gate
from tests.captchas import solved

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 12, 10, 0, tzinfo=ZONE)


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Built once for the file and rolled back after it; each test undoes what it adds."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        kernel.import_calendar(at=AT)
        catalog.sync(at=AT)
        demo.build(at=AT)
        yield
        transaction.set_rollback(True)
    clock.forget()
    trail.forget_calendar()


@pytest.fixture(autouse=True)
def undone(built: None, db: None) -> Iterator[None]:
    yield
    clock.forget()


def actor(login: str) -> Actor:
    account = accounts.account_named(login)
    assert account is not None
    post = next(iter(accounts.posts_of(account.id)), None)
    return Actor(account.id, login, post.roles if post else frozenset(), post.organisation_id if post else None)


def test_every_step_has_cases() -> None:
    permits_of_work = Proceeding.objects.filter(case__service="work_permit.new")
    steps = Counter(permits_of_work.values_list("step", flat=True))
    service = case_queries.dossier(Case.objects.filter(service="work_permit.new")[0].id, actor=SYSTEM, at=AT).service
    passing_by = {"issuance"}
    assert {s for s in steps if service.steps[s].proceeding == MAIN} == {
        key for key, step in service.steps.items() if step.proceeding == MAIN} - passing_by
    assert {"residence_correction", "residence_decision"} <= set(steps)
    assert 35 <= sum(steps.values()) <= 55
    entered = Proceeding.objects.filter(case__service__regex="^(unit|account)")
    entries = Counter(entered.values_list("case__service", "step"))
    assert entries == {
        ("unit.registration", "registered"): 1, ("unit.registration", "review"): 1, ("unit.expert_profile", "approved"): 1,
        ("unit.expert_profile", "national_review"): 1, ("unit.expert_profile", "first_review"): 1,
        ("account.real_name_person", "review"): 1, ("account.appeal_unit", "review"): 1,
    }
    assert len(set(Proceeding.objects.values_list("subject_country", flat=True))) >= 25


def test_due_dates_spread_over_late_today_and_later() -> None:
    dates = Proceeding.objects.filter(step="pre_review").values_list("due_on", flat=True)
    left = Counter(stage_of(day) for day in dates if day)
    assert set(left) == {"late", "today", "tomorrow", "later"}
    assert Proceeding.objects.filter(step="pre_review", holder=None).exists()
    assert Proceeding.objects.filter(step="pre_review", holder__isnull=False).exists()
    assert Proceeding.objects.filter(step="pre_review", round=2).exists()


def stage_of(day: object) -> str:
    tomorrow = stage.day_at(trail.working_calendar(), AT.date(), 1)
    return {AT.date(): "today", tomorrow: "tomorrow"}.get(day) or ("late" if day < AT.date() else "later")  # type: ignore[operator, call-overload, no-any-return]


def test_no_case_lies_in_the_future_and_its_history_goes_forward() -> None:
    for case in Case.objects.all():
        moments = list(case.events.order_by("seq").values_list("at", flat=True))
        assert moments == sorted(moments)
        assert moments[-1] <= AT
    assert trail.verify().broken is None


def test_no_desk_is_empty() -> None:
    for login, tab in (("prereview1", "pre_review"), ("prereview1", "paused"), ("window1", "originals"),
                       ("decider1", "decision"), ("prereview1", "mine")):
        asked = case_queries.QueueFilter(tab=tab, steps=("pre_review", "originals", "decision"))
        assert case_queries.queue(actor(login), asked, today=AT.date()).rows, tab
    for unit in people()["units"]:
        assert case_queries.my_cases(actor(unit["key"]), done=False).rows, unit["key"]
    office = actor("window1").organisation_id
    assert office
    today, later = case_queries.bookings_on(office, AT), Booking.objects.filter(starts_at__gt=AT + timedelta(hours=12))
    assert len(today) >= 3
    assert later.exists()
    assert Message.objects.count() >= 3


def test_notices_wait_for_the_worker_and_then_reach_both_ends() -> None:
    assert jobs.run_waiting() > 20
    for login in ("yanqiao", "tanaka"):
        told = InboxMessage.objects.filter(account_id=actor(login).account_id)
        assert told.exists()
        assert max(m.created_at for m in told) <= AT
    assert Issued.objects.filter(kind="permit").count() == Proceeding.objects.filter(service="work_permit.new", step="issued").count()


def test_permits_are_made_signed_and_found_on_the_verify_page() -> None:
    permit = Issued.objects.filter(kind="permit").order_by("issued_at")[0]
    content = trail.file_content(permit.file)
    assert b"/ByteRange" in content
    assert permit.issued_at < AT
    assert permits.verify(permit.number, AT.date()).state != "unknown"
    sent = Delivery.objects.exclude(tracking_number="").get()
    assert sent.method == "post"
    assert Delivery.objects.filter(method="electronic").exists()


def test_handlers_meet_a_filing_that_ends_and_one_that_has_ended() -> None:
    from laihua.units import queries as units

    states = {u["key"]: units.filing_state(actor(u["key"]).organisation_id, AT.date()) for u in people()["units"]}  # type: ignore[arg-type]
    assert not states["jiuzhou"].valid
    assert states["haitang"].valid
    assert (states["haitang"].valid_to - AT.date()).days <= 30  # type: ignore[operator]
    draft = Proceeding.objects.select_related("case").get(step="draft", case__unit__name_zh__contains="久渡")
    offers = {o.move.key: o for o in case_queries.dossier(draft.case_id, actor=actor("jiuzhou"), at=AT).offers()}
    assert [reason.code for reason in offers["submit"].reasons] == ["filing_expired"]


def test_a_confirmation_that_nobody_gives_lapses_when_the_clock_is_moved_on() -> None:
    waiting = set(Proceeding.objects.filter(step="confirmation").values_list("case_id", flat=True))
    assert waiting
    clock.move_to(AT + timedelta(days=12))
    assert cases.fire_due_moves(at=clock.now()) >= len(waiting)
    assert set(Proceeding.objects.filter(case_id__in=waiting).values_list("step", flat=True)) == {"draft"}


def test_the_printed_accounts_can_sign_in(client: Client) -> None:
    text = "\n".join(demo.account_lines())
    for row in people()["accounts"]:
        if "show" not in row:
            continue
        assert row["login"] in text
        assert f"{row['show']['zh']} · {row['show']['en']}" in text
    handler = {"login_name": "yanqiao", "password": people()["password"], "kind": "natural"}
    assert client.post("/sign-in/", handler | solved()).status_code == 302
    officer = {"login_name": "prereview1", "password": people()["password"], "kind": "natural"}
    answer = Client().post("/sign-in/", officer | solved(), follow=True)
    account = accounts.account_named("prereview1")
    assert account
    device = accounts.device_of(account.id)
    assert device
    shown = answer.context["demo_code"]
    assert shown in {totp.code(device.secret, totp.step_of(datetime.now(ZONE)) + n) for n in (-1, 0, 1)}
    assert shown in answer.content.decode()


def test_the_printed_invitation_opens_with_what_is_printed_beside_it() -> None:
    first, second = guide.invitation_lines()
    token = first.rstrip("/").rsplit("/", 1)[-1]
    invited = cases.read_invitation(token=token, at=clock.now())
    person = next(p for p in persons().values() if p.passport in second)
    subject = accounts.account_named("tanaka")
    assert subject
    known = {"passport_number": person.passport, "birth_date": person.born.isoformat()}
    linked = cases.accept_invitation(token=token, known=known, account_id=subject.id, at=clock.now())
    assert linked == invited.case_id


def test_columns_stay_level() -> None:
    lines = [line for line in demo.account_lines() if " · " in line and "@" not in line][:-1]
    starts = {guide.width(line[: line.index(row["show"]["zh"])]) for line in lines for row in people()["accounts"]
              if "show" in row and row["show"]["zh"] in line}
    assert len(starts) == 1


def test_a_second_specimen_of_each_kind_passes_the_gate_too() -> None:
    """When the demo is built the gate sees the first of each kind only."""
    play = stage.Play(acts.scripts()[6], 7, None, AT)  # type: ignore[arg-type]
    facts = dict.fromkeys(("name", "country", "position", "position_en", "duties", "school", "major", "firm", "unit"), "样例")
    facts |= {"surname": play.person.surname, "given_names": play.person.given_names, "passport": "EX123456",
              "nationality": "FRA", "born": "1990-01-01", "issued": "2020-01-01", "expires": "2030-01-01", "sex": "女 F",
              "number": "100099", "degree": "硕士", "degree_en": "Master", "salary": "1", "from": "2026-01-01",
              "to": "2027-01-01", "past": "2026-01-01", "recent": "2026-01-01", "work_address": "上海市示例路1号"}
    for kind in ("passport", "degree", "contract"):
        result = gate.inspect(papers.paper(kind, facts, 2), name=f"{kind}.pdf", accept="pdf", max_bytes=2 * 1024**2, colour=True)
        assert result.ok, (kind, result.problems)
    photo = gate.inspect(papers.photo(2), name="photo.jpg", accept="photo", max_bytes=2 * 1024**2, colour=True)
    assert photo.ok


def test_a_demo_begins_on_a_working_day() -> None:
    saturday = datetime(2026, 11, 14, 23, 15, tzinfo=ZONE)
    assert demo.first_moment(saturday) == datetime(2026, 11, 16, 9, 0, tzinfo=ZONE)
    assert demo.first_moment(AT) == AT


def test_the_database_says_that_it_holds_a_demo() -> None:
    assert demo.is_built()
    assert not demo.holds_other_data()
    assert connection.in_atomic_block


def test_the_zone_of_a_passport_has_its_check_digits() -> None:
    """The specimen of the machine-readable zone in the service's own samples."""
    facts = {"passport": "EM7204138", "nationality": "SWE", "born": "1985-03-14", "sex": "男 M", "expires": "2031-06-21",
             "surname": "LINDQVIST", "given_names": "SOEREN MIKAEL"}
    assert papers.mrz(facts) == ["P<SWELINDQVIST<<SOEREN<MIKAEL<<<<<<<<<<<<<<<",
                                 "EM72041383SWE8503149M3106213<<<<<<<<<<<<<<04"]
