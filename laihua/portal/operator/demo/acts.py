"""Plays the cases: each act of cases.yaml is one action of a person at a moment of the past."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from laihua.cases import actions as cases
from laihua.cases import queries as case_queries
from laihua.cases.actions import materials
from laihua.kernel import jobs
from laihua.kernel.calendar import ZONE
from laihua.kernel.queries import working_calendar
from laihua.permits import actions as permits
from laihua.portal.operator.demo import answers, invitations, papers
from laihua.portal.operator.demo.casting import Cast, open_account_of
from laihua.portal.operator.demo.stage import Play, day_at
from laihua.prechecks import gate
from laihua.units import queries as units

FOLDER = Path(__file__).parent
SERVICE = "work_permit.new"


@cache
def scripts() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / "cases.yaml").read_text(encoding="utf-8"))
    return found


def perform(cast: Cast, opening: datetime) -> list[Play]:
    """All cases up to the invitations, then the letters, then the rest."""
    plays = [Play(script, number, cast, opening) for number, script in enumerate(scripts(), 1)]
    waiting = [(play, list(acts_of(play.script))) for play in plays]
    for play, acts in waiting:
        while acts and acts[0]["do"] != "link":
            act(play, acts.pop(0))
    with unheard("laihua.notifications"):
        jobs.run_waiting()
    letters = invitations.tokens(cast.actors["operator"])
    for play, acts in waiting:
        for one in acts:
            act(play, {**one, "letter": letters.get(play.person.email, [])})
    return plays


@contextmanager
def unheard(name: str) -> Iterator[None]:
    """Nobody who starts a demo wants a line for each letter."""
    log = logging.getLogger(name)
    before = log.level
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.setLevel(before)


def acts_of(script: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """`-2 book 0 10:30` is short for {day: -2, do: book, with: [0, 10:30]}."""
    for written in script["acts"]:
        if isinstance(written, dict):
            yield written
        else:
            day, verb, *more = written.split()
            yield {"day": int(day), "do": verb, "with": more}


VERBS: dict[str, Callable[[Play, dict[str, Any]], None]] = {}


def verb(function: Callable[[Play, dict[str, Any]], None]) -> Callable[[Play, dict[str, Any]], None]:
    VERBS[function.__name__.rstrip("_")] = function
    return function


def act(play: Play, one: dict[str, Any]) -> None:
    play.go_to(one["day"])
    VERBS[one["do"]](play, one)


# The unit

@verb
def start(play: Play, one: dict[str, Any]) -> None:
    play.case_id = cases.start_case(service_id=SERVICE, actor=play.handler, at=play.at).id


@verb
def fill(play: Play, one: dict[str, Any]) -> None:
    """Everything, or with `half` only the beginning; with `slip` as a hurried handler types, and pre-review notices."""
    today, unit = play.at.date(), units.unit_facts(play.unit_id)
    play.answers = answers.typed(play.person, play.script["post"], play.script.get("answers", {}), unit, today)
    changes = {k: v for k, v in play.answers.items() if "half" not in one["with"] or k in answers.HALF}
    seen = play.seen_by(play.handler)
    known = seen.service.field_keys().keys() | {s.key for s in seen.service.sections}
    if "slip" in one["with"]:
        changes |= answers.slips(play.answers)
    cases.save_answers(**play.of(play.handler), changes={k: v for k, v in changes.items() if k in known}, base=0)
    country = seen.definition.words("nationality", play.person.nationality)
    play.facts = answers.facts(
        play.person, play.answers, unit["name"], f"{country.zh} {country.en}", play.number, today
    )


@verb
def upload(play: Play, one: dict[str, Any]) -> None:
    """Every required material but those that are named after `but`."""
    for view in play.seen_by(play.handler).slots:
        if view.required and not view.deferrable and view.slot.by != "subject" and view.slot.key not in one["with"]:
            put(play, view.slot)


def put(play: Play, slot: Any) -> None:
    edition = play.editions[slot.key] = play.editions.get(slot.key, 0) + 1
    is_photo = slot.accept != "pdf"
    content = papers.photo(edition) if is_photo else papers.paper(slot.key, play.facts, edition)
    name = f"{slot.title.zh}.{'jpg' if is_photo else 'pdf'}"
    materials.keep(play.case_id, slot, name, content, judged(slot, name, content), play.handler, play.at)


_judged: dict[str, gate.GateResult] = {}


def judged(slot: Any, name: str, content: bytes) -> gate.GateResult:
    """The gate's word on the first of its kind; the others come from the same template."""
    if slot.key not in _judged:
        result = gate.inspect(content, name=name, accept=slot.accept, max_bytes=slot.max_bytes, colour=slot.colour)
        if not result.ok:
            raise ValueError(f"the specimen of {slot.key} does not pass the gate: {result.problems}")
        _judged[slot.key] = result
    return _judged[slot.key]


@verb
def submit(play: Play, one: dict[str, Any]) -> None:
    play.move("submit", play.handler)


@verb
def book(play: Play, one: dict[str, Any]) -> None:
    """`book 0 10:30`: that time of that day, at the first window that has a place."""
    offset, clock = one["with"]
    day = day_at(working_calendar(), play.opening.date(), int(offset))
    wanted = datetime.combine(day, time.fromisoformat(clock), ZONE)
    windows = case_queries.windows_of(play.cast.places["office"])
    for window in windows if play.number % 3 else reversed(windows):
        if any(s.starts_at == wanted and s.free for s in case_queries.slots_of(window, play.at)):
            cases.book(**play.of(play.handler), window_id=window.id, starts_at=wanted)
            return
    raise ValueError(f"no window is free at {wanted}")


@verb
def resubmit(play: Play, one: dict[str, Any]) -> None:
    """Corrects what was returned: a new scan, a new answer, or a word where the answer was right."""
    seen = play.seen_by(play.handler)
    slots = seen.service.slots()
    for (kind, key), word in seen.words.items():
        if word.result != "returned" or not word.published:
            continue
        if kind == "material":
            put(play, slots[key])
        elif key in one.get("answers", {}):
            cases.save_answers(**play.of(play.handler), changes={key: one["answers"][key]}, base=seen.case.revision)
        else:
            cases.reply_to_return(**play.of(play.handler), item=(kind, key), text="已核对，与合同一致。")
    play.move("resubmit", play.handler)


@verb
def withdraw(play: Play, one: dict[str, Any]) -> None:
    play.move("withdraw", play.handler, one["text"])


@verb
def discard(play: Play, one: dict[str, Any]) -> None:
    play.move("discard", play.handler)


@verb
def message(play: Play, one: dict[str, Any]) -> None:
    cases.write_message(**play.of(play.handler if one["from"] == "unit" else play.pre_reviewer), text=one["text"])


# The foreigner

@verb
def link(play: Play, one: dict[str, Any]) -> None:
    """Opens the letter's link, shows by passport and birthday who he is, and is linked to the case."""
    subject = open_account_of(play.person, play.cast, play.at)
    token = invitations.of_case(one["letter"], play.case_id, play.at)
    known = {"passport_number": play.person.passport, "birth_date": play.person.born.isoformat()}
    cases.accept_invitation(token=token, known=known, account_id=subject, at=play.at)


@verb
def confirm(play: Play, one: dict[str, Any]) -> None:
    seen = play.seen_by(play.subject)
    ticks = {
        f.key: True for section in seen.definition.visible_sections(seen.names) for f in section.fields
        if f.by == "subject" and f.type == "declaration"
    }
    cases.save_answers(**play.of(play.subject), changes=ticks, base=seen.case.revision)
    play.move("confirm", play.subject)


@verb
def object_(play: Play, one: dict[str, Any]) -> None:
    play.move("object", play.subject, one["text"])


# The authority

@verb
def claim(play: Play, one: dict[str, Any]) -> None:
    cases.claim(**play.of(play.pre_reviewer))


@verb
def accept(play: Play, one: dict[str, Any]) -> None:
    """Everything that has no word yet, or with `half` the first half of it."""
    seen = play.seen_by(play.pre_reviewer)
    items = [item.id for item in seen.items if item.id not in one.get("items", {})]
    if "half" in one.get("with", ()):
        items = items[: len(items) // 2]
    cases.record_verdicts(**play.of(play.pre_reviewer), items=items, result="accepted")


@verb
def return_(play: Play, one: dict[str, Any]) -> None:
    """Accepts the rest and returns the named fields and materials, each with its reason."""
    fields = play.seen_by(play.pre_reviewer).service.field_keys()
    wrong = {("field" if key in fields else "material", key): code for key, code in one["items"].items()}
    accept(play, {"items": wrong})
    for item, code in wrong.items():
        cases.record_verdicts(
            **play.of(play.pre_reviewer), items=[item], result="returned", reasons=[code], note=one["note"]
        )
    play.move("return_for_correction", play.pre_reviewer)


@verb
def pass_(play: Play, one: dict[str, Any]) -> None:
    accept(play, {})
    play.move("pass", play.pre_reviewer)


@verb
def verify(play: Play, one: dict[str, Any]) -> None:
    """At the window: every original matches its upload."""
    cases.claim(**play.of(play.clerk))
    for key, _, _ in play.seen_by(play.clerk).originals:
        cases.tick_original(**play.of(play.clerk), key=key, matches=True)
    play.move("verify_originals", play.clerk)


@verb
def decide(play: Play, one: dict[str, Any]) -> None:
    """Taken by the deciding officer, not decided yet."""
    cases.claim(**play.of(play.decider))


@verb
def approve(play: Play, one: dict[str, Any]) -> None:
    cases.claim(**play.of(play.decider))
    play.move("approve", play.decider)


@verb
def refuse(play: Play, one: dict[str, Any]) -> None:
    cases.claim(**play.of(play.decider))
    play.move("refuse", play.decider, one["text"])


@verb
def post(play: Play, one: dict[str, Any]) -> None:
    permits.record_posting(**play.of(play.clerk), tracking_number=one["tracking"])
