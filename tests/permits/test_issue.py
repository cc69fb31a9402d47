"""From the decision to the permit: once, without gaps, whatever is killed in between."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from laihua.cases import actions as cases
from laihua.kernel.queries import file_content
from laihua.kernel.texts import Refused
from laihua.permits import actions, jobs, queries
from laihua.permits.actions import papers
from laihua.permits.models import Delivery, Issued, Order
from laihua.permits.render import RenderingFailed
from tests.permits.papers import words_of
from tests.permits.world import World, add_window, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at: datetime) -> World:
    return make_world(at)


def approve(world: World, at: datetime) -> UUID:
    """The event of the decision. Papers are ordered, not made: jobs run when a test runs them."""
    return cases.move(case_id=world.case.id, move="approve", actor=world.decider, at=at).event_id


def step_of(world: World) -> str:
    world.proceeding.refresh_from_db()
    return world.proceeding.step


@pytest.mark.req("WP-6", "WP-8")
def test_an_approval_makes_its_papers_and_the_case_goes_on(world: World, at: datetime) -> None:
    event = approve(world, at)
    assert step_of(world) == "issuance"
    assert queries.being_made(world.case.id) == ["decision_approval", "permit"]
    jobs.make_all(event, at)
    assert step_of(world) == "issued"
    assert queries.being_made(world.case.id) == []
    permit, decision = sorted(queries.issued_of(world.case.id), key=lambda p: p.kind, reverse=True)
    assert (decision.number, decision.code) == (world.case.number, None)
    assert permit.number.startswith("WPX202611120001")
    text = words_of(queries.content_of(permit))
    for part in (
        permit.number, "LINDQVISTSOERENMIKAEL", "林索伦", "EM7204138", "瑞典", "光学研发经理", "OpticalR&DManager",
        "上海市浦东新区望江路88号3幢502室", "2026年12月1日至2028年11月30日", "2026年11月12日",
    ):
        assert part in text, part
    assert len(queries.content_of(permit)) < 300_000


def test_the_history_and_search_know_the_permit_number(world: World, at: datetime) -> None:
    jobs.make_all(approve(world, at), at)
    permit = Issued.objects.get(kind="permit")
    last = world.case.events.order_by("-seq").first()
    assert (last.move, last.details["text"]) == ("issue", permit.number)
    assert world.case.search_keys.filter(kind="permit_number").exists()


def test_the_job_goes_with_the_transaction_of_the_move(world: World, at: datetime) -> None:
    event = approve(world, at)
    waiting = ProcrastinateJob.objects.get(task_name="permits.jobs.make_papers")
    assert waiting.args == {"event_id": str(event)}
    jobs.make_papers.func(**waiting.args)
    assert step_of(world) == "issued"
    assert Issued.objects.count() == 2


def test_a_move_that_is_undone_orders_nothing(world: World, at: datetime) -> None:
    from django.db import transaction

    with transaction.atomic():
        approve(world, at)
        transaction.set_rollback(True)
    assert not Order.objects.exists()


class TestKilled:
    """A worker may die after any statement; the next run finishes the work and doubles nothing."""

    def test_between_two_papers(self, world: World, at: datetime) -> None:
        event = approve(world, at)
        actions.issue(
            case_id=world.case.id, proceeding_id=world.proceeding.id, output="permit", event_id=event, at=at
        )
        number = Issued.objects.get(kind="permit").number
        jobs.make_all(event, at + timedelta(minutes=5))
        assert [p.number for p in Issued.objects.filter(kind="permit")] == [number]
        assert step_of(world) == "issued"

    def test_between_the_papers_and_the_move(self, world: World, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
        event = approve(world, at)

        def killed(**_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(papers.cases, "move", killed)
            with pytest.raises(KeyboardInterrupt):
                jobs.make_all(event, at)
        assert step_of(world) == "issuance"
        jobs.make_all(event, at)
        assert step_of(world) == "issued"
        assert Issued.objects.count() == 2

    def test_after_everything(self, world: World, at: datetime) -> None:
        event = approve(world, at)
        jobs.make_all(event, at)
        moves = world.case.events.count()
        jobs.make_all(event, at)
        assert world.case.events.count() == moves
        assert Issued.objects.count() == 2

    def test_a_job_that_was_lost_is_found_again(self, world: World, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
        approve(world, at)
        waiting = ProcrastinateJob.objects.filter(task_name="permits.jobs.make_papers")
        before = waiting.count()
        monkeypatch.setattr(jobs.clock, "now", lambda: at + timedelta(hours=1))
        jobs.make_forgotten_papers.func(timestamp=0)
        assert waiting.count() == before + 1


class TestFailing:
    def test_is_visible_keeps_the_order_and_leaves_no_gap(
        self, world: World, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        event = approve(world, at)
        with monkeypatch.context() as patch:
            patch.setattr(papers, "render", _fail)
            for _ in range(3):
                with pytest.raises(RenderingFailed):
                    jobs.make_all(event, at)
        order = queries.outstanding_orders()[0]
        assert order.attempts == 3
        assert "unknown variable" in order.fault
        assert step_of(world) == "issuance"
        jobs.make_all(event, at)
        assert Issued.objects.get(kind="permit").number.startswith("WPX202611120001")
        assert not list(queries.outstanding_orders())
        assert step_of(world) == "issued"


def _fail(**_: object) -> bytes:
    raise RenderingFailed("unknown variable: nothing main.typ:3")


def test_the_same_paper_is_issued_once(world: World, at: datetime) -> None:
    event = approve(world, at)
    call = {"case_id": world.case.id, "proceeding_id": world.proceeding.id, "output": "permit", "event_id": event, "at": at}
    assert actions.issue(**call).id == actions.issue(**call).id


def test_numbers_follow_each_other(at: datetime) -> None:
    numbers = []
    for n in range(3):
        world = make_world(at, number=f"WP-20261112-000{n}")
        jobs.make_all(approve(world, at), at)
        numbers.append(Issued.objects.get(case=world.case, kind="permit").number)
    assert [n[:-1] for n in numbers] == [f"WPX20261112000{n}" for n in (1, 2, 3)]


def test_nobody_is_permitted_before_the_day_of_issue(world: World, at: datetime) -> None:
    late = at + timedelta(days=40)
    jobs.make_all(approve(world, at), late)
    assert Issued.objects.get(kind="permit").valid_from == late.date()


def test_signature_of_the_stored_permit_holds(world: World, at: datetime, settings: object) -> None:
    from laihua.permits.sign import signature_state

    jobs.make_all(approve(world, at), at)
    content = file_content(Issued.objects.get(kind="permit").file)
    state = signature_state(content, roots=[settings.SIGNING_CERTIFICATE])  # type: ignore[attr-defined]
    assert state is not None
    assert (state.intact, state.trusted, state.whole_file) == (True, True, True)


@pytest.mark.req("WP-7")
def test_a_correction_notice_says_what_was_returned(world: World, at: datetime) -> None:
    from laihua.cases import rows, store

    row = store.EventRow(
        case_id=world.case.id, proceeding_id=world.proceeding.id, at=at, actor_id=None, organisation_id=None,
        role="pre_reviewer", move="return_for_correction", from_step="pre_review", to_step="correction", clock="pause",
        round=1, details={"text": "请一并核对全部日期。", "verdicts": [
            {"kind": "material", "key": "photo", "result": "returned", "reasons": ["WP-R16"], "note": "背景不是白色"},
            {"kind": "field", "key": "passport_number", "result": "returned", "reasons": ["WP-R01"], "note": "少一位"},
            {"kind": "field", "key": "position", "result": "accepted", "reasons": [], "note": ""},
        ]},
    )
    store.append(row, rows.trail(row.values["case_id"], row.values["proceeding_id"]))
    paper = actions.issue(
        case_id=world.case.id, proceeding_id=world.proceeding.id, output="correction_notice", event_id=row.id, at=at
    )
    text = words_of(queries.content_of(paper))
    for part in ("下列2项需要补正", "护照号", "WP-R01", "少一位", "照片不符合要求", "WP-R16", "背景不是白色", "请一并核对全部日期"):
        assert part in text, part
    assert text.index("WP-R01") < text.index("WP-R16")


@pytest.mark.req("WP-6")
@pytest.mark.parametrize("output", ["acceptance_slip", "verification_notice", "decision_refusal"])
def test_other_papers_come_from_the_same_case(world: World, at: datetime, output: str) -> None:
    add_window(world)
    event = world.case.events.first()
    paper = actions.issue(
        case_id=world.case.id, proceeding_id=world.proceeding.id, output=output, event_id=event.id, at=at
    )
    text = words_of(queries.content_of(paper))
    assert world.case.number in text
    assert "LINDQVISTSOERENMIKAEL" in text
    if output == "verification_notice":
        assert "示例窗口3号" in text


def test_the_application_form_prints_every_answer_and_keeps_nothing(world: World, at: datetime) -> None:
    from laihua.cases.queries import dossier

    now = dossier(world.case.id, actor=world.handler, at=at)
    text = words_of(actions.print_form(now, now.service.outputs["application_form"], at))
    for part in ("LINDQVIST", "NorrskenOptikAB", "2009-08", "40,000", "申请人签名", "用人单位盖章", world.case.number):
        assert part in text, part
    assert not Issued.objects.exists()


class TestRevocation:
    @pytest.fixture
    def permit(self, world: World, at: datetime) -> Issued:
        jobs.make_all(approve(world, at), at)
        return Issued.objects.get(kind="permit")

    @pytest.mark.req("WP-8")
    def test_says_so_from_then_on(self, world: World, permit: Issued, at: datetime) -> None:
        actions.revoke(issued_id=permit.id, reason="申请人离职", actor=world.decider, at=at)
        assert queries.verify(permit.code or "", at.date()).state == "revoked"
        with pytest.raises(Refused, match="already_revoked"):
            actions.revoke(issued_id=permit.id, reason="再次", actor=world.decider, at=at)

    @pytest.mark.parametrize("who", ["handler", "clerk"])
    def test_is_the_deciding_officers_alone(self, world: World, permit: Issued, at: datetime, who: str) -> None:
        with pytest.raises(Refused, match="not_yours"):
            actions.revoke(issued_id=permit.id, reason="不该", actor=getattr(world, who), at=at)

    def test_another_office_cannot(self, permit: Issued, at: datetime) -> None:
        other = make_world(at, number="WP-20261112-0999")
        with pytest.raises(Refused, match="not_yours"):
            actions.revoke(issued_id=permit.id, reason="不该", actor=other.decider, at=at)

    def test_needs_a_reason(self, world: World, permit: Issued, at: datetime) -> None:
        with pytest.raises(Refused, match="reason_missing"):
            actions.revoke(issued_id=permit.id, reason=" ", actor=world.decider, at=at)

    def test_leaves_a_trace(self, world: World, permit: Issued, at: datetime) -> None:
        from laihua.kernel.models import AuditEntry

        actions.revoke(issued_id=permit.id, reason="申请人离职", actor=world.decider, at=at)
        entries = AuditEntry.objects.filter(chain=f"permits:{permit.id}").order_by("seq")
        assert [e.action for e in entries] == ["permits.issue", "permits.revoke"]


class TestDelivery:
    def test_by_post_with_address_from_the_form_and_tracking_number(self, world: World, at: datetime) -> None:
        jobs.make_all(approve(world, at), at)
        delivery = actions.record_posting(
            case_id=world.case.id, tracking_number="sf1234567890", actor=world.clerk, at=at
        )
        kept = Delivery.objects.get(id=delivery.id)
        assert (kept.method, kept.tracking_number, kept.posted_at) == ("post", "SF1234567890", at)
        assert kept.postal_address["address"] == "上海市示例区样例路1号"

    def test_address_is_unreadable_in_the_table(self, world: World, at: datetime) -> None:
        jobs.make_all(approve(world, at), at)
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT postal_address FROM permits_delivery")
            assert "样例路".encode() not in bytes(cursor.fetchone()[0])

    def test_can_be_chosen_until_it_was_posted(self, world: World, at: datetime) -> None:
        address = {"recipient": "测试收件人", "phone": "13800000001", "address": "上海市示例区样例路2号"}
        actions.choose_delivery(
            case_id=world.case.id, method="post", postal_address=address, actor=world.handler, at=at)
        jobs.make_all(approve(world, at), at)
        assert queries.delivery_of(world.case.id).postal_address == address  # type: ignore[union-attr]
        actions.record_posting(case_id=world.case.id, tracking_number="SF12345678", actor=world.clerk, at=at)
        with pytest.raises(Refused, match="already_posted"):
            actions.choose_delivery(case_id=world.case.id, method="electronic", actor=world.handler, at=at)

    def test_refusals_name_the_gap(self, world: World, at: datetime) -> None:
        with pytest.raises(Refused, match="address_missing"):
            actions.choose_delivery(case_id=world.case.id, method="post", actor=world.handler, at=at)
        with pytest.raises(Refused, match="nothing_to_post"):
            actions.record_posting(case_id=world.case.id, tracking_number="SF12345678", actor=world.clerk, at=at)
        with pytest.raises(Refused, match="tracking_number"):
            actions.record_posting(case_id=world.case.id, tracking_number="??", actor=world.clerk, at=at)
        with pytest.raises(Refused, match="not_yours"):
            actions.record_posting(case_id=world.case.id, tracking_number="SF12345678", actor=world.handler, at=at)


def test_an_unknown_order_finishes_nothing(at: datetime) -> None:
    assert actions.finish(event_id=uuid4(), at=at) is False
