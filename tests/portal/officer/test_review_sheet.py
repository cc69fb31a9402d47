"""A case as it is laid out for its reviewer: what is judged, what is hidden, what became of earlier returns."""

import pytest

from laihua.accounts.permissions import Actor
from laihua.cases import actions, queries
from laihua.kernel.texts import Refused
from tests import world as building

pytestmark = pytest.mark.django_db


def sheet(world, case, who, at):
    seen = queries.desk_dossier(case.id, actor=getattr(world, who), at=at)
    return queries.review_sheet(seen)


def test_every_item_of_the_engine_has_a_row(world, at) -> None:
    case = building.submitted_case(world, at)
    seen = queries.desk_dossier(case.id, actor=world.pre_reviewer, at=at)
    rows = queries.review_sheet(seen)
    assert {tuple(r.item.split(":", 1)) for r in rows.rows() if r.state != "fixed"} == {i.id for i in seen.items}
    assert rows.count() == (0, len(seen.items))
    assert not rows.judging


def test_a_number_is_masked_until_it_is_looked_at_and_the_look_is_recorded(world, at) -> None:
    case = building.submitted_case(world, at)
    number = case.answers["passport_number"]
    row = sheet(world, case, "pre_reviewer", at).row("field:passport_number")
    assert number not in str(row.value.text)
    assert row.value.place == "passport_number"
    shown = actions.look_at(case_id=case.id, place="passport_number", actor=world.pre_reviewer, at=at)
    assert str(shown.text) == number
    seen = queries.desk_dossier(case.id, actor=world.head, at=at)
    newest = queries.history(seen)[0]
    assert (newest.what.en, newest.who) == ("Hidden value looked at: Passport number", "韩静姝")
    applicant = queries.dossier(case.id, actor=world.handler, at=at)
    assert "looked at" not in queries.history(applicant)[0].what.en


@pytest.mark.req("WP-7")
def test_a_second_round_shows_what_was_returned_what_changed_and_the_reply(world, at) -> None:
    case = building.returned_case(world, at, note="请写到门牌号。")
    old = case.answers["work_address"]
    actions.save_answers(
        case_id=case.id, changes={"work_address": "上海市浦东新区望江路99号1幢101室"}, base=case.revision, actor=world.handler, at=at
    )
    actions.reply_to_return(case_id=case.id, item=("material", "degree"), text="认证正在办理。", actor=world.handler, at=at)
    actions.move(case_id=case.id, move="resubmit", actor=world.handler, at=at)
    rows = sheet(world, case, "pre_reviewer", at)
    address, degree = rows.row("field:work_address"), rows.row("material:degree")
    assert address.state == ""
    assert (address.earlier[0].changed, str(address.earlier[0].before)) == (True, old)
    assert str(address.earlier[0].after) == "上海市浦东新区望江路99号1幢101室"
    assert address.earlier[0].note == "请写到门牌号。"
    assert (degree.earlier[0].changed, degree.earlier[0].reply) == (False, "认证正在办理。")
    locked = rows.row("field:passport_number")
    assert (locked.state, locked.locked) == ("accepted", True)


def test_a_draft_is_none_of_the_offices_business(world, at) -> None:
    case = building.complete_draft(world, at)
    for who in ("pre_reviewer", "head"):
        with pytest.raises(queries.NotYours):
            queries.desk_dossier(case.id, actor=getattr(world, who), at=at)
        with pytest.raises(queries.NotYours):
            actions.look_at(case_id=case.id, place="passport_number", actor=getattr(world, who), at=at)
        assert queries.find_cases(getattr(world, who), case.number) == []


def test_a_case_is_handed_over_only_to_one_who_works_its_step(world, at) -> None:
    case = building.submitted_case(world, at)
    with pytest.raises(Refused) as refused:
        actions.hand_over(case_id=case.id, to=world.clerk.account_id, actor=world.head, at=at)
    assert refused.value.reasons[0].code == "not_their_step"
    actions.hand_over(case_id=case.id, to=world.second_pre_reviewer.account_id, actor=world.head, at=at)
    assert building.proceeding_of(case).holder_id == world.second_pre_reviewer.account_id


ONE_NETWORK = frozenset({"one_network"})


def at_home(actor: Actor) -> list[str]:
    """The steps of the office's own system that the actor works."""
    return [s.key for s in queries.desk_steps(actor, systems=ONE_NETWORK) if s.home]


def test_counters_count_what_lies_where(world, at) -> None:
    waiting = building.submitted_case(world, at)
    building.submitted_case(world, at)
    building.passed_case(world, at)
    building.returned_case(world, at)
    actions.claim(case_id=waiting.id, actor=world.pre_reviewer, at=at)
    steps = queries.desk_steps(world.head, systems=ONE_NETWORK)
    own = at_home(world.head)
    assert {"pre_review", "originals", "decision"} <= set(own)
    assert not {"residence_review", "national_review"} & set(own)
    assert at_home(world.pre_reviewer) == ["pre_review"]
    assert at_home(world.clerk) == ["originals"]
    counts = queries.counters(world.pre_reviewer, steps, today=at.date())
    assert {k: c.total for k, c in counts.by_tab.items() if c.total} == {"pre_review": 2, "originals": 1, "paused": 1, "mine": 1}
    assert [s.key for s in queries.steps_at_work(steps, counts)] == own
    assert counts.by_tab["pre_review"].aside == 1
    assert counts.categories == ("B",)
