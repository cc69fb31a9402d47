"""Random people make random moves at random times: the table is the only way, and history tells the whole truth."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from laihua.accounts.permissions import SYSTEM
from laihua.cases import actions, queries
from laihua.cases.models import CaseEvent, Proceeding
from laihua.flow.moves import replay
from laihua.kernel.queries import broken_links, working_calendar
from laihua.kernel.texts import Refused
from tests import world as building

WHO = ("handler", "stranger", "subject", "other_person", "pre_reviewer", "second_pre_reviewer", "clerk", "decider", "system")
STEPS = st.lists(
    st.tuples(st.sampled_from(WHO), st.integers(0, 40), st.integers(1, 60 * 60)), min_size=8, max_size=30
)
LIKELY = {
    # who is sent on to act where, so that runs get past the first step; everything else is random
    "draft": "handler", "confirmation": "subject", "pre_review": "pre_reviewer", "correction": "handler",
    "originals": "clerk", "decision": "decider", "issuance": "system",
}


BEGINNINGS = (
    building.complete_draft, building.submitted_case, building.returned_case, building.passed_case, building.decision_case
)


class Undo(Exception):
    pass


@pytest.mark.django_db
@pytest.mark.req("OPS-2", "OPS-5", "WP-6", "WP-7")
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(begin=st.sampled_from(BEGINNINGS), plan=STEPS)
def test_random_actors_random_moves(world, at, begin, plan):
    try:
        with transaction.atomic():
            walk(world, at, begin, plan)
            raise Undo
    except Undo:
        pass


def walk(world, at, begin, plan):
    case = begin(world, at)
    service = queries.dossier(case.id, actor=world.handler, at=at).service
    moves = list(service.moves)
    made = list(history(case))
    marks: list[tuple[datetime, str]] = [(at, service.moves[key].clock) for key in made if service.moves[key].clock]
    now = at
    for who, choice, minutes in plan:
        now += timedelta(minutes=minutes)
        before = Proceeding.objects.get(case=case)
        actor = act_as(world, who if choice % 3 == 0 else LIKELY.get(before.step, who))
        prepare(case, actor, now, choice)
        key = moves[choice % len(moves)] if choice % 3 == 0 else next_move(service, before.step, choice)
        try:
            actions.move(case_id=case.id, move=key, actor=actor, at=now, text="因材料变化")
        except (Refused, queries.NotYours):
            after = Proceeding.objects.get(case=case)
            assert (after.step, after.clock, after.round) == (before.step, before.clock, before.round)
            continue
        made.append(key)
        event(key)
        if service.moves[key].clock:
            marks.append((now, service.moves[key].clock))
        check(case, service, made, marks, now)
    assert not any(broken_links(CaseEvent)), "the chain of the history is whole"


def act_as(world, who):
    return SYSTEM if who == "system" else getattr(world, who)


def next_move(service, step, choice):
    """One that goes on from here; one that ends the case only now and then."""
    here = [
        m.key for m in service.moves.values()
        if step in m.sources and (choice % 7 == 0 or m.target not in ("withdrawn", "discarded", "draft"))
    ]
    return here[choice % len(here)] if here else "submit"


def prepare(case, actor, now, choice):
    """What people do between moves, so that guards are met now and then. Refusals are part of the game."""
    step = Proceeding.objects.get(case=case).step
    for attempt in (prepare_subject, prepare_officer, prepare_correction):
        try:
            with transaction.atomic():
                attempt(case, actor, now, choice, step)
        except (Refused, queries.NotYours, actions.Conflict):
            continue


def prepare_subject(case, actor, now, choice, step):
    if step == "confirmation" and actor.account_id and not actor.roles:
        type(case).objects.filter(id=case.id, subject=None).update(subject_id=actor.account_id)
        seen = queries.dossier(case.id, actor=actor, at=now)
        ticks = {
            f.key: True for s in seen.definition.visible_sections(seen.names) for f in s.fields
            if f.by == "subject" and f.type == "declaration"
        }
        actions.save_answers(case_id=case.id, changes=ticks, base=seen.case.revision, actor=actor, at=now)


def prepare_officer(case, actor, now, choice, step):
    if not actor.is_officer():
        return
    actions.claim(case_id=case.id, actor=actor, at=now)
    seen = queries.dossier(case.id, actor=actor, at=now)
    items = [i.id for i in seen.items]
    if choice % 4 == 0:
        actions.record_verdicts(
            case_id=case.id, items=items[:1], result="returned", reasons=["WP-R01"], actor=actor, at=now
        )
        items = items[1:]
    if seen.step.reviews:
        actions.record_verdicts(case_id=case.id, items=items, result="accepted", actor=actor, at=now)
    for key, _, _ in seen.originals if seen.step.originals else []:
        actions.tick_original(case_id=case.id, key=key, matches=True, actor=actor, at=now)


def prepare_correction(case, actor, now, choice, step):
    if step != "correction" or not actor.is_unit():
        return
    seen = queries.dossier(case.id, actor=actor, at=now)
    for item, word in seen.words.items():
        if word.result == "returned" and word.published:
            actions.reply_to_return(case_id=case.id, item=item, text="与原件一致", actor=actor, at=now)


def history(case):
    return CaseEvent.objects.filter(case=case).exclude(to_step="").order_by("seq").values_list("move", flat=True)


def check(case, service, made, marks, now):
    p = Proceeding.objects.get(case=case)
    assert p.step in service.steps, "no state outside the table"
    state = replay(service.first_step, service.moves, made)
    assert (p.step, p.clock, p.asked_by_step, p.round) == (state.step, state.clock, state.asked_by, state.round)
    assert list(history(case)) == made, "every move stands in the history, in order"
    assert (p.closed_at is not None) == bool(service.steps[p.step].outcome)
    if p.clock in ("running", "paused"):
        assert p.promised_on == oracle(marks, service.promise.days, now), marks


def oracle(marks, limit: int, now: datetime) -> date:
    """An independent count, day by day: a working day after the first is used up if the clock runs at its end."""
    calendar = working_calendar()
    start = marks[0][0].date()
    used, day = 0, start
    while used < limit:
        day += timedelta(days=1)
        running = clock_at_end_of(day, marks) if day < now.date() else True
        if calendar.is_working_day(day) and running:
            used += 1
    return day


def clock_at_end_of(day: date, marks) -> bool:
    running = False
    for moment, mark in marks:
        if moment.date() <= day:
            running = mark in ("start", "resume")
    return running
