"""Saving what is typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from laihua.accounts.permissions import Actor
from laihua.cases.actions.lock import at_hand
from laihua.cases.models import SearchKey
from laihua.cases.queries.dossier import Dossier
from laihua.cases.queries.editing import fields_open_to
from laihua.kernel.crypto import blind_index
from laihua.kernel.texts import Reason, Refused, Text


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
    dossier = at_hand(case_id, actor=actor, at=at)
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
    service = dossier.service
    dossier.__dict__.pop("names", None)
    dossier.__dict__.pop("answers", None)
    country = dossier.case.answers.get(service.subject_country)    # as typed: it may be anything
    card = (
        dossier.definition.subject_name(dossier.case.answers), country if isinstance(country, str) and len(country) == 3 else "",
        dossier.definition.category(dossier.names) or "",
    )
    for p in (dossier.proceeding, *dossier.others):
        if card != (p.subject_name, p.subject_country, p.category):
            p.subject_name, p.subject_country, p.category = card
            p.save(update_fields=["subject_name", "subject_country", "category"])


def not_open(dossier: Dossier, key: str) -> Reason:
    if key in dossier.locked_fields and dossier.others:
        text = Text(
            "这一项没有退回，有机关正在审核或已审核通过，不能修改。",
            "This item was not returned; an office is reviewing it or has accepted it, so it is locked.")
    elif key in dossier.locked_fields:
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
    case.handed_in = case.revision
    case.save(update_fields=["answers", "handed_in"])
    for name in ("answers", "names", "all_items"):
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
