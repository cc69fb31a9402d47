"""The further proceedings of a case: where they lie, and how they begin."""

from typing import Any

from laihua.accounts.queries import authority_called
from laihua.cases import store
from laihua.cases.models import Proceeding
from laihua.cases.queries.dossier import Dossier
from laihua.cases.queries.timed import end_of
from laihua.cases.rules import Past
from laihua.catalog.definitions import Move
from laihua.catalog.proceedings import OPEN
from laihua.kernel.texts import Reason, Refused, Text

CARD = ("number", "service", "unit_name", "subject_name", "subject_country", "category")


def open_further(dossier: Dossier, row: Move) -> None:
    """Begin the proceedings that the move opens and that the answers ask for, each with its office and its clock running."""
    for key in row.opens:
        if dossier.definition.begins(key, dossier.names):
            begin(dossier, key, row)


def begin(dossier: Dossier, key: str, row: Move) -> None:
    service, at, case = dossier.service, dossier.at, dossier.case
    office = office_called(dossier.definition.office_of(key, dossier.names))
    first = service.proceedings[key].first_step
    past = [Past(OPEN, "", first, "start", at, dossier.actor.account_id)]
    promise, limit = dossier.promise_of(past), dossier.limit_of(past, first)
    proceeding = Proceeding(
        case=case, key=key, office_id=office.id, step=first, entered_at=at, clock="running",
        due_on=limit.on if limit else None, promised_on=promise.on if promise else None,
        due_provisional=bool((limit and limit.provisional) or (promise and promise.provisional)),
        **{name: getattr(dossier.proceeding, name) for name in CARD},
    )
    proceeding.save(force_insert=True)
    event = store.EventRow(
        case_id=case.id, proceeding_id=proceeding.id, at=at, actor_id=dossier.actor.account_id,
        organisation_id=store.acting_organisation(dossier), role=store.role_in(dossier, row.by), move=OPEN, from_step="",
        to_step=first, clock="start", round=1,
        details={"office": {"zh": office.name_zh, "en": office.name_en or office.name_zh}},
    )
    store.append(event, dossier.trail)
    planned = [
        (m.key, end_of(m.automatic.after, at), m.automatic.once_told)
        for m in service.moves.values() if m.automatic is not None and first in m.sources
    ]
    if planned:
        store.replace_due_moves(proceeding.id, planned)


def office_called(code: str) -> Any:
    """The authority with this code. Refused where it does not work on the platform yet."""
    office = authority_called(code)
    if office is None:
        raise Refused(no_office(code))
    return office


def no_office(code: str) -> Reason:
    return Reason(
        "no_office",
        Text(
            "所选的主管机关（{code}）还没有接入平台，现在不能提交。请核对所选机关，或拨打咨询电话",
            "The authority that you chose ({code}) does not work on this platform yet, so this cannot be submitted. "
            "Check your choice, or call the help line",
        ).format(code=code or "—"),
        link="/help/", link_text=Text("咨询电话", "Help line"),
    )
