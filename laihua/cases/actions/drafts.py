"""Starting a case and saving what is typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from laihua.accounts.permissions import Actor
from laihua.cases import store
from laihua.cases.actions.lock import locked
from laihua.cases.models import Case, Proceeding, SearchKey
from laihua.cases.queries.dossier import Dossier
from laihua.cases.rules import is_locked
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Service
from laihua.kernel.crypto import blind_index
from laihua.kernel.numbering import case_number
from laihua.kernel.texts import Reason, Refused, Text
from laihua.units import queries as units


NOT_IN_THIS_SYSTEM = Reason("not_in_this_system", Text(
    "您在本单位的授权不包括这个业务系统，请联系单位管理员在“用户授权管理”中授权",
    "Your roles in this unit do not cover this business system; ask its administrator to grant you one"))


@transaction.atomic
def start_case(*, service_id: str, actor: Actor, at: datetime, answers: Mapping[str, Any] | None = None) -> Case:
    """A new draft on the service's current version.

    Refused to whoever the service does not let start it: an individual cannot start what a unit files (WP-3).
    """
    definition = catalog.current(service_id)
    service = definition.service
    refuse_wrong_starter(service, actor)
    unit = units.unit_of(actor.organisation_id) if actor.is_unit() else None
    office_id = units.office_for(service.system, unit)
    number = case_number(service.prefix, timezone.localtime(at).date())
    case = Case.objects.create(
        number=number, service=service.id, version_id=definition.version_id, unit=unit, office_id=office_id,
        region=units.region_of(unit), started_by_id=actor.person_id, answers=dict(answers or {}), created_at=at,
        saved_at=at, subject_id=None if actor.is_unit() else actor.account_id,
    )
    proceeding = Proceeding.objects.create(
        case=case, office_id=office_id, step=service.first_step, entered_at=at, number=number, service=service.id,
        unit_name=unit.name_zh if unit else "", subject_name=definition.subject_name(case.answers),
    )
    store.record(Dossier(case, proceeding, actor, at), "start")
    return case


def refuse_wrong_starter(service: Service, actor: Actor) -> None:
    end = "unit" if actor.is_unit() else "person" if not actor.roles else "officer"
    if end == "unit" and end in service.starts and not actor.acts_in(service.system):
        raise Refused(NOT_IN_THIS_SYSTEM)
    if end in service.starts:
        return
    raise Refused(
        Reason(
            "wrong_starter",
            Text(
                "“{service}”由用人单位发起，个人不能单独发起申请。请联系用人单位的经办人；单位发起后，您会收到确认邀请。",
                "“{service}” is started by the employer; an individual cannot start it alone. "
                "Ask your employer's handler: once it is started you will be invited to confirm.",
            ).format(service=service.short_title),
        )
    )


@dataclass(frozen=True, slots=True)
class Saved:
    revision: int
    at: datetime
    problems: Mapping[str, Text]


class Conflict(Exception):
    """Another tab or person changed the same fields in between. Carries them with their newer values."""

    def __init__(self, fields: Mapping[str, Any], name: str, when: datetime) -> None:
        super().__init__(", ".join(fields))
        self.fields, self.name, self.when = fields, name, when


@transaction.atomic
def save_answers(
    *, case_id: UUID, changes: Mapping[str, Any], base: int, actor: Actor, at: datetime, force: bool = False
) -> Saved:
    """Save the fields that were typed since revision `base`.

    Fields that nobody else touched since are kept; one that was changed elsewhere raises Conflict and nothing is
    written, unless `force` says that the writer saw the other value. Values that are not valid are kept as typed (a
    draft loses nothing) and answered as problems. Refused: locked fields, and anyone but the side that holds the step.
    """
    dossier = locked(case_id, actor=actor, at=at)
    case = dossier.case
    fields = fields_open_to(dossier)
    refused = sorted(k for k in changes if k not in fields)
    if refused:
        raise Refused(*(not_open(dossier, key) for key in refused))
    cleaned, problems = clean(dossier, changes)
    newer = {k: case.answers.get(k) for k in cleaned if case.field_revisions.get(k, 0) > base}
    clashing = {k: v for k, v in newer.items() if v != cleaned[k]}
    if clashing and not force:
        raise Conflict(clashing, dossier.name_of(case.saved_by_id or case.started_by_id), case.saved_at)
    changed = {k: v for k, v in cleaned.items() if case.answers.get(k) != v}
    if not changed:
        return Saved(case.revision, case.saved_at, problems)
    case.revision += 1
    case.answers = {k: v for k, v in {**case.answers, **changed}.items() if v not in (None, "", [])}
    case.field_revisions = {**case.field_revisions, **dict.fromkeys(changed, case.revision)}
    case.saved_at, case.saved_by_id = at, dossier.actor.account_id
    case.save(update_fields=["answers", "revision", "field_revisions", "saved_at", "saved_by"])
    refresh_card(dossier)
    return Saved(case.revision, at, problems)


def refresh_card(dossier: Dossier) -> None:
    """What lists show of the draft: name, country, category."""
    p, service = dossier.proceeding, dossier.service
    dossier.__dict__.pop("names", None)
    dossier.__dict__.pop("answers", None)
    country = dossier.case.answers.get(service.subject_country)    # as typed: it may be anything
    card = (
        dossier.definition.subject_name(dossier.case.answers), country if isinstance(country, str) and len(country) == 3 else "",
        dossier.definition.category(dossier.names) or "",
    )
    if card != (p.subject_name, p.subject_country, p.category):
        p.subject_name, p.subject_country, p.category = card
        p.save(update_fields=["subject_name", "subject_country", "category"])


def fields_open_to(dossier: Dossier) -> set[str]:
    """Keys that this actor may change now: the unit its editable steps, the subject what only he can give."""
    step = dossier.step
    if "unit" in dossier.here and step.editable:
        return editable_keys(dossier, but_by="subject")
    if dossier.side == "subject" and step.holder == "subject":
        return {k for k, f in dossier.service.field_keys().items() if f.by == "subject"}
    return set()


def editable_keys(dossier: Dossier, but_by: str) -> set[str]:
    service = dossier.service
    keys = {k for k, f in service.field_keys().items() if not f.source and f.by != but_by}
    keys |= {s.key for s in service.sections if s.rows is not None and not rows_locked(dossier, s.key)}
    return keys - dossier.locked_fields


def rows_locked(dossier: Dossier, section: str) -> bool:
    """Rows are judged one by one; while one of them is open, the section may be edited."""
    words = [w for (kind, key), w in dossier.words.items() if kind == "field" and key.split(".")[0] == section]
    return bool(words) and all(is_locked(w) for w in words)


def not_open(dossier: Dossier, key: str) -> Reason:
    if key in dossier.locked_fields:
        text = Text("这一项已审核通过，不能修改。", "This item has been accepted and is locked.")
    elif dossier.step.editable or dossier.step.holder == "subject":
        text = Text("这一项不由您填写。", "This item is not yours to fill in.")
    else:
        text = Text("“{step}”环节不能修改填报内容。", "Answers cannot be changed at “{step}”.").format(step=dossier.step.title)
    return Reason("not_editable", text, place=key)


def clean(dossier: Dossier, changes: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Text]]:
    """Values in their stored form, and what is wrong with those that have none. A wrong value is kept as typed."""
    values: dict[str, Any] = {}
    problems: dict[str, Text] = {}
    for key, raw in changes.items():
        result = dossier.definition.clean(key, raw)
        values[key] = result.value
        problems |= result.problems
    return values, problems


def settle(dossier: Dossier) -> None:
    """When a case leaves the applicant: what does not apply is dropped, what the hall fills in is kept as it is now."""
    case = dossier.case
    visible = dossier.definition.visible_keys(dossier.names)
    case.answers = {**dossier.fixed, **{k: v for k, v in case.answers.items() if k in visible}}
    case.save(update_fields=["answers"])
    for name in ("answers", "names", "items"):
        dossier.__dict__.pop(name, None)
    refresh_card(dossier)
    keys = [
        (f.key, case.answers[f.key]) for f in dossier.service.field_keys().values() if f.search and case.answers.get(f.key)
    ]
    keys.append(("subject_name", dossier.definition.subject_name(case.answers)))
    SearchKey.objects.bulk_create(
        [SearchKey(case=case, kind=kind, index=blind_index(kind, value)) for kind, value in keys if value],
        ignore_conflicts=True,
    )


def add_search_key(*, case_id: UUID, kind: str, value: str) -> None:
    """Make the case findable by a further number, such as that of the permit that came out of it."""
    SearchKey.objects.get_or_create(case_id=case_id, kind=kind, index=blind_index(kind, value))
