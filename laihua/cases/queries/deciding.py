"""The facts behind a move, read for the guards that ask for them."""

from dataclasses import replace
from typing import TYPE_CHECKING

from laihua.cases import holding, persons, reserving
from laihua.cases.claims import NOBODY, claimed_account
from laihua.cases.queries.opinions import opinions_missing
from laihua.cases.rules import Facts
from laihua.cases.standing import not_enrolled
from laihua.units import queries as units

if TYPE_CHECKING:
    from laihua.cases.queries.dossier import Dossier


def facts_for(dossier: "Dossier", needs: frozenset[str], text: str = "") -> Facts:
    """What decides whether a move may be made now; no more is read than the guards `needs`."""
    p = dossier.proceeding
    facts = Facts(
        actor=dossier.actor, at=dossier.at, state=dossier.state, unit_id=dossier.case.unit_id, subject_id=dossier.case.subject_id,
        office_id=dossier.office_id, system=dossier.service.system, delegation_id=dossier.case.delegation_id,
        holder_id=p.holder_id, held_at=p.held_at, past=dossier.past, text=text,
        holder_name=dossier.name_of(p.holder_id) if p.holder_id and p.holder_id != dossier.actor.account_id else "",
    )
    if "gaps" in needs:
        facts = replace(facts, gaps=dossier.gaps)
    if "filing" in needs and dossier.case.unit_id:
        facts = replace(facts, filing=units.filing_state(dossier.case.unit_id, on=dossier.today).reason)
    if "permit" in needs:
        facts = replace(facts, permit=holding.against_permit(dossier))
    if "beside" in needs:
        facts = replace(facts, beside=holding.case_beside(dossier))
    if "enrolled" in needs:
        facts = replace(facts, enrolled=not_enrolled(dossier))
    if "reserved" in needs:
        facts = replace(facts, reserved=reserving.held_elsewhere(dossier))
    if "opinions" in needs:
        facts = replace(facts, opinions_missing=opinions_missing(dossier))
    if "claimed" in needs and claimed_account(dossier.answers) is None:
        facts = replace(facts, claimed=NOBODY)
    if "person" in needs and dossier.person is not None:
        facts = replace(facts, person=persons.against(dossier.person, dossier.today))
    if "employment" in needs and dossier.person is not None:
        facts = replace(facts, employment=persons.employment(dossier.person, dossier.service.system, dossier.today).reason)
    if "others" in needs:
        facts = replace(facts, others=dossier.whole_outcomes)
    if "words" in needs or ("shared_words" in needs and dossier.is_shared):
        facts = replace(facts, items=dossier.items, absent=dossier.absent_here, words=dossier.words)
    if "originals" in needs:
        facts = replace(facts, originals=dossier.originals)
    return facts
