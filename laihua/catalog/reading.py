"""A whole service.yaml, from YAML to values."""

from typing import cast

import yaml

from laihua.catalog.about import About, Reserves
from laihua.catalog.definitions import (
    Choice,
    Criterion,
    Enrols,
    Limit,
    Move,
    Notice,
    Opinions,
    Output,
    ReturnReason,
    Service,
    Starter,
    Step,
)
from laihua.catalog.proceedings import MAIN, Run
from laihua.catalog.reading_first_page import read_automatic, read_first_page
from laihua.catalog.reading_form import read_group, read_panel, read_rule, read_section
from laihua.catalog.reading_simulator import read_simulator
from laihua.catalog.yaml_nodes import Found, Reader, Reading, Reference, line_of
from laihua.kernel.texts import Text


def read_service(node: yaml.Node, reading: Reading) -> Service:
    with Reader(node, "the service", reading) as top:
        title = top.text("title")
        sections = top.many("form", "section", read_section)
        groups = top.many("materials", "group", read_group)
        steps = top.named("steps", "step", read_step)
        if not steps:
            top.missing("steps")
        return Service(
            id=top.word("id"),
            system=top.word("system"),
            prefix=top.word("prefix"),
            title=title,
            short_title=top.optional_text("short_title") or title,
            family=top.text("family"),
            summary=top.text("summary"),
            audience=top.words("audience", one_of=("legal", "natural"), required=True),
            starts=read_starts(top),
            promise=top.limit("promise", required=True) or Limit(0),
            statutory=top.limit("statutory"),
            proceedings=top.named("proceedings", "proceeding", read_run),
            legal_basis=top.texts("legal_basis"),
            subject_name=top.condition("subject_name", "subject"),
            subject_country=top.refer_one("field", "subject_country"),
            subject_email=top.refer_one("field", "subject_email"),
            subject_check=top.refer("field", "subject_check"),
            category=top.refer_one("name", "category"),
            valid_to_field=top.refer_one("name", "valid_to_field"),
            derived=read_derived(top),
            panel=top.one("panel", "the panel", read_panel),
            simulator=top.one("simulator", "the simulator", read_simulator),
            requires_to_start=top.refer("start_guard", "requires_to_start"),
            enrols=top.one("enrols", "enrols", read_enrols),
            from_last=top.flag("from_last"),
            about=read_about(top),
            starts_when=top.many("starts_when", "rule", lambda r: read_rule(r, ""), section=""),
            reserves=top.one("reserves", "reserves", read_reserves),
            life_events=top.refer("life_event", "life_events"),
            serves=top.word("serves", ""),
            one_at_a_time=top.flag("one_at_a_time"),
            before=top.one("before", "before", read_first_page),
            checklist=top.word("checklist", "", one_of=("generated",)),  # type: ignore[arg-type]
            shown_when=top.refer("start_guard", "shown_when"),
            sections=sections,
            groups=groups,
            steps=steps,
            first_step=next(iter(steps), ""),
            moves={m.key: m for m in top.many("moves", "move", read_move)},
            reasons={r.code: r for r in top.many("reasons", "reason", read_reason)},
            notices=top.named("notices", "notice", read_notice),
            outputs=top.named("outputs", "output", read_output),
        )


def read_starts(top: Reader) -> tuple[Starter, ...]:
    """`subject` is the earlier word for a person."""
    top.reading.declare("service", "starts", top.at("starts"))
    words = top.words("starts", one_of=("unit", "person", "visitor", "subject"), required=True)
    return tuple(cast(Starter, word) for word in dict.fromkeys("person" if w == "subject" else w for w in words))


def read_enrols(reader: Reader) -> Enrols:
    reader.reading.declare("service", "enrols", reader.line)
    return Enrols(system=reader.word("system"), whom=reader.word("whom", one_of=("unit", "person")))  # type: ignore[arg-type]


def read_about(top: Reader) -> About | None:
    """`about: staff`, `about: {staff: optional, otherwise: …}`, or `about: {case: [services], facts: […]}`."""
    top.reading.declare("service", "about", top.at("about"))
    node = top.nodes.get("about")
    if isinstance(node, yaml.MappingNode) and any(key.value == "staff" for key, _ in node.value):
        return top.one("about", "about", read_about_staff)
    if isinstance(node, yaml.MappingNode):
        return top.one("about", "about", lambda r: About(
            "case", r.words("case", required=True), r.words("facts"), r.flag("amends"), r.flag("ends")))
    kind = top.word("about", "", one_of=("staff",))
    return About("staff") if kind else None


def read_about_staff(reader: Reader) -> About:
    reader.word("staff", one_of=("optional",))
    return About("staff", otherwise=reader.text("otherwise"))


def read_run(key: str, reader: Reader) -> Run:
    if key == MAIN:
        return Run(key, reader.text("title"))
    return Run(
        key, reader.text("title"), reader.condition("office", "office", section=""), reader.condition("when", section=""),
        reader.refer_one("step", "first_step", None),
    )


def read_derived(top: Reader) -> dict[str, str]:
    node = top.node("derived")
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        top.faults.add(line_of(node), "“derived” must map names to conditions.")
        return {}
    derived: dict[str, str] = {}
    for key, value in node.value:
        if not isinstance(value, yaml.ScalarNode):
            top.faults.add(line_of(value), f"“{key.value}” must be a condition or hook:name.")
            continue
        top.reading.declare("derived", key.value, line_of(key))
        source = str(value.value).strip()
        if source.startswith("hook:"):
            top.reading.references.append(Reference("hook", source[5:], line_of(value)))
        else:
            top.reading.conditions.append(Found(source, line_of(value), own=key.value, kind="derived"))
        derived[key.value] = source
    return derived


def read_step(key: str, reader: Reader) -> Step:
    return Step(
        key=key,
        title=reader.text("title"),
        hint=reader.text("hint"),
        holder=reader.word("holder", one_of=("unit", "subject", "authority", "hall", "nobody")),  # type: ignore[arg-type]
        by=reader.refer_one("role", "by"),
        limit=reader.limit("limit"),
        line=reader.flag("line"),
        booking=reader.flag("booking"),
        reviews=reader.flag("reviews"),
        originals=reader.flag("originals"),
        visit=reader.flag("visit"),
        outcome=reader.word("outcome", "", one_of=("approved", "refused", "withdrawn")),  # type: ignore[arg-type]
        editable=reader.flag("editable"),
        office=reader.condition("office", "office", section=""),
        proceeding=reader.refer_one("proceeding", "proceeding") or MAIN,
        when=reader.condition("when", section=""),
        uncounted=reader.flag("uncounted"),
        opinions=reader.one("opinions", f"opinions of “{key}”", read_opinions),
    )


def read_opinions(reader: Reader) -> Opinions:
    return Opinions(
        role=reader.refer_one("role", "role", None),
        least=reader.number("least"),
        criteria=reader.many("criteria", "criterion", lambda r: Criterion(
            key=r.word("key"), title=r.text("title"), max=r.number("max"), hint=r.optional_text("hint"))),
        recommendations=reader.many("recommendations", "recommendation", lambda r: Choice(
            r.word("code"), Text(r.word("zh"), r.word("en")))),
    )


def read_reserves(reader: Reader) -> Reserves:
    reader.reading.declare("service", "reserves", reader.line)
    return Reserves(
        kind=reader.word("kind"), rows=reader.word("rows"), field=reader.word("field"), message=reader.text("message"),
        until=reader.refer_one("date", "until"),
    )


def read_move(reader: Reader) -> Move:
    key = reader.word("move")
    reader.what = f"move “{key}”"
    reader.reading.declare("move", key, reader.at("move"))
    return Move(
        key=key,
        label=reader.text("label"),
        past=reader.text("past"),
        sources=reader.refer("step", "from", required=True),
        target=reader.refer_one("target", "to", None),
        by=reader.refer("actor", "by", required=True),
        requires=reader.refer("guard", "requires"),
        clock=reader.word("clock", "", one_of=("start", "pause", "resume", "stop")),  # type: ignore[arg-type]
        text=reader.word("text", "", one_of=("optional", "required")),  # type: ignore[arg-type]
        notices=reader.refer("notice", "notices"),
        issues=reader.refer("output", "issues"),
        files=reader.flag("files"),
        confirm=reader.optional_text("confirm"),
        danger=reader.flag("danger"),
        effects=reader.refer("effect", "effects"),
        revokes=reader.words("revokes"),
        when=reader.condition("when", section=""),
        automatic=reader.one("automatic", "automatic", read_automatic),
        text_label=reader.optional_text("text_label"),
        within=reader.limit("within"),
        only_after=reader.refer("move", "only_after"),
        opens=reader.refer("proceeding", "opens"),
        then=reader.refer("move", "then"),
    )


def read_reason(reader: Reader) -> ReturnReason:
    code = reader.word("code")
    reader.what = f"reason “{code}”"
    reader.reading.declare("reason", code, reader.at("code"))
    applies = reader.words("applies", one_of=("field", "material", "case"))
    return ReturnReason(
        code=code, title=reader.text("title"), correction=reader.text("correction"),
        applies=applies or ("field", "material"),  # type: ignore[arg-type]
    )


def read_notice(key: str, reader: Reader) -> Notice:
    return Notice(
        key=key, to=reader.refer("recipient", "to", required=True), subject=reader.text("subject"), body=reader.text("body"),
        sms=reader.text("sms"), action=reader.optional_text("action"),
    )


def read_output(key: str, reader: Reader) -> Output:
    return Output(
        key=key,
        title=reader.text("title"),
        template=reader.refer_one("file", "template", None),
        kind=reader.word("kind", "letter", one_of=("permit", "letter", "form")),  # type: ignore[arg-type]
        number=reader.word("number", ""),
        keeps_number=reader.refer_one("field", "keeps_number"),
        valid_from=reader.refer_one("name", "valid_from"),
        valid_to=reader.refer_one("name", "valid_to"),
        public=reader.flag("public"),
        signed=reader.flag("signed", True),
        shows=reader.refer("name", "shows"),
        round_trip=reader.flag("round_trip"),
        duplex=reader.flag("duplex"),
        button=reader.optional_text("button"),
    )
