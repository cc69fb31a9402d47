"""A service as a page for reading: form, checklist, moves, who may, limits. Written from the definition alone."""

from collections.abc import Iterable

from laihua.catalog.compiled import Definition
from laihua.catalog.definitions import Field, Limit, MaterialSlot, Rule, Section, Service
from laihua.catalog.proceedings import MAIN, Run
from laihua.kernel.texts import Text


def render(definition: Definition) -> str:
    """Markdown for docs/reference/services/<id>.md. The same definition gives the same page."""
    service = definition.service
    parts = [
        f"# {service.title.zh} · {service.title.en}", f"`{service.id}` · {service.summary.zh}", service.summary.en,
        _facts(service), "## Form", *(_section(s) for s in service.sections), "## Materials", _materials(service),
        "## Steps and moves", _diagram(service), _steps(service), _moves(service), _effects(service), "## Who may", _matrix(service),
        "## Reasons for return", _table(("code", "reason", "correction"), (
            (f"`{r.code}`", _both(r.title), _both(r.correction)) for r in service.reasons.values())),
        "## Documents issued", _table(("key", "title", "kind", "number", "public", "signed"), (
            (f"`{o.key}`", _both(o.title), o.kind, o.number or "case number", _tick(o.public), _tick(o.signed))
            for o in service.outputs.values())),
        "## Derived", _table(("name", "from"), ((f"`{k}`", _code(v)) for k, v in service.derived.items())),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _facts(service: Service) -> str:
    rows = [
        ("prefix", service.prefix), ("system", service.system), ("started by", ", ".join(service.starts)),
        ("promise", _limit(service.promise)), ("by law", _limit(service.statutory)),
        ("before starting", ", ".join(service.requires_to_start)),
        ("proceedings", "; ".join(_run(service, r) for r in service.proceedings.values())),
        ("one at a time", _tick(service.one_at_a_time)),
        ("simulator", f"`/simulators/{service.id}/`, with {len(service.simulator.tries)} documents to try" if service.simulator else ""),
        ("enrols", f"the {service.enrols.whom} in `{service.enrols.system}`" if service.enrols else ""),
        ("legal basis", "; ".join(_both(t) for t in service.legal_basis)),
    ]
    return _table(("", ""), ((name, value) for name, value in rows if value))


def _run(service: Service, run: Run) -> str:
    if run.key == MAIN:
        return _both(run.title)
    when = f", when {_code(run.when)}" if run.when else ""
    return f"{_both(run.title)} (`{run.key}`, office {_code(run.office)}{when})"


def _section(section: Section) -> str:
    rows = section.rows
    notes = [_judges(section.judged_by)] if section.judged_by != (MAIN,) else []
    notes += [f"applies when {_code(section.when)}"] if section.when else []
    notes += [f"{rows.min} to {rows.max} entries"] if rows else []
    notes += ["confirmed by the person"] if section.personal else []
    head = f"### {_both(section.title)} (`{section.key}`)" + (f"\n\n{'; '.join(notes)}" if notes else "")
    table = _table(("field", "label", "type", "required", "when", "rules"), (_field(f) for f in section.fields))
    return "\n\n".join([head, table, *(f"* {_rule(r)}" for r in section.rules)])


def _field(field: Field) -> tuple[str, ...]:
    kind = field.type + (f" ({len(field.choices)})" if field.choices else "") + (
        f" ← {field.source}" if field.source else f" ← {field.prefill}, may be changed" if field.prefill else ""
    )
    return (
        f"`{field.key}`", _both(field.label), kind, _flag(field.required), _code(field.when),
        "<br>".join(_rule(r) for r in field.rules),
    )


def _materials(service: Service) -> str:
    return _table(("material", "title", "from", "required", "when", "may follow", "conditions"), (
        (f"`{m.key}`", _both(m.title), m.by, _flag(m.required), _code(m.when), _code(m.deferrable), "<br>".join(_marks(m)))
        for g in service.groups for m in g.items
    ))


def _marks(slot: MaterialSlot) -> Iterable[str]:
    yield f"{slot.accept}, at most {slot.max_bytes // 1024 // 1024} MB"
    if slot.colour:
        yield "in colour"
    if slot.original:
        yield "original at the window"
    if slot.min_left:
        yield f"{slot.min_left.months} months left"
    if slot.issued_within:
        yield f"at most {slot.issued_within.months} months old" + (" at the upload" if slot.issued_within.at_upload else "")
    if slot.reads:
        compared = ", ".join(f"`{field}`" for c in slot.compares for field in c.fields)
        yield f"read as {slot.reads}" + (f", compared with {compared}" if compared else "")
    if slot.agrees:
        yield "agrees with " + ", ".join(f"`{a.slot}.{a.other}`" for a in slot.agrees)
    if slot.certified:
        yield "certified" + (f" when {_code(slot.certified)}" if isinstance(slot.certified, str) else "")
    if slot.expects:
        yield f"expects {' and '.join(sorted(slot.expects))}"
    if slot.sensitive:
        yield f"sensitive: {slot.sensitive}"
    if slot.consent:
        yield f"consent: {slot.consent}"
    if slot.judged_by != (MAIN,):
        yield _judges(slot.judged_by)


def _judges(proceedings: Iterable[str]) -> str:
    return f"judged by {', '.join(proceedings)}"


def _diagram(service: Service) -> str:
    begins = [service.first_step, *(r.first_step for r in service.proceedings.values() if r.first_step)]
    lines = ["```mermaid", "stateDiagram-v2", *(f"    [*] --> {first}" for first in begins)]
    for move in service.moves.values():
        for source in move.sources:
            targets = _askers(service, service.steps[source].proceeding) if move.target == "$asked" else [move.target]
            lines += [f"    {source} --> {target}: {move.key}" for target in targets]
    lines += [f"    {s.key} --> [*]" for s in service.steps.values() if s.outcome]
    return "\n".join([*lines, "```"])


def _askers(service: Service, proceeding: str) -> list[str]:
    """Steps of the proceeding that can ask for a correction, which goes back to them."""
    asking = (s for m in service.moves.values() if m.clock == "pause" for s in m.sources)
    return list(dict.fromkeys(s for s in asking if service.steps[s].proceeding == proceeding))


def _steps(service: Service) -> str:
    return _table(("step", "title", "lies at", "worked by", "limit", "outcome"), (
        (f"`{s.key}`", _both(s.title), s.holder, s.by, _limit(s.limit), s.outcome) for s in service.steps.values()
    ))


def _moves(service: Service) -> str:
    return _table(("move", "label", "from", "to", "requires", "clock", "notices", "issues", "by itself"), (
        (f"`{m.key}`", _both(m.label), ", ".join(m.sources), m.target, ", ".join(m.requires), m.clock, ", ".join(m.notices),
         ", ".join(m.issues), _limit(m.automatic.after) if m.automatic else "") for m in service.moves.values()
    ))


def _effects(service: Service) -> str:
    """Beyond the case itself, and in its other proceedings."""
    beside = [(f"`{m.key}`", ", ".join(m.opens), ", ".join(m.then)) for m in service.moves.values() if m.opens or m.then]
    rows = [(f"`{m.key}`", ", ".join(f"`{e}`" for e in m.effects)) for m in service.moves.values() if m.effects]
    offices = [(f"`{s.key}`", _code(s.office)) for s in service.steps.values() if s.office]
    return "\n\n".join(t for t in (_table(("step", "goes to the office"), offices), _table(("move", "also does"), rows),
                                     _table(("move", "opens", "then"), beside)) if t)


def _matrix(service: Service) -> str:
    roles = list(dict.fromkeys(role for m in service.moves.values() for role in m.by))
    return _table(("move", *roles), (
        (f"`{m.key}`", *(_tick(role in m.by) for role in roles)) for m in service.moves.values()
    ))


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    body = ["| " + " | ".join(_cell(c) for c in row) + " |" for row in rows]
    return "\n".join([f"| {' | '.join(names)} |", "|" + "---|" * len(names), *body]) if body else ""


def _cell(text: str) -> str:
    return text.replace("\n", " ").replace("||", "\\|\\|") if "|" in text else text.replace("\n", " ")


def _both(text: Text) -> str:
    return f"{text.zh} · {text.en}"


def _code(source: str) -> str:
    return f"`{source}`" if source else ""


def _rule(rule: Rule) -> str:
    return f"{_code(rule.check)} {_both(rule.message)}"


def _flag(value: bool | str) -> str:
    return _code(value) if isinstance(value, str) else _tick(value)


def _tick(value: bool) -> str:
    return "✓" if value else ""


def _limit(limit: Limit | None) -> str:
    return f"{limit.days} {limit.kind.replace('_', ' ')}" if limit else ""
