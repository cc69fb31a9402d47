"""Making the list of materials from the answers (生成材料)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from laihua.accounts.permissions import Actor
from laihua.cases import checklists, content, store
from laihua.cases.actions.lock import locked
from laihua.cases.checklists import Difference
from laihua.kernel.texts import Reason, Refused, Text


@transaction.atomic
def make_checklist(*, case_id: UUID, actor: Actor, at: datetime) -> Difference:
    """Make the list anew and say what it changes. Uploads stay in their slots.

    Refused with every field that is missing or wrong, each by its place, and to whoever does not fill in this step.
    """
    now = locked(case_id, actor=actor, at=at)
    if not now.may_edit or now.service.checklist != "generated":
        raise Refused(Reason("not_editable", Text("“{step}”环节不能生成材料清单。", "The list cannot be made at “{step}”.").format(
            step=now.step.title)))
    wrong = [g for g in now.open_gaps if not g.place.startswith("material:") and g.place != checklists.PLACE]
    if wrong:
        raise Refused(*content.gaps_as_reasons(wrong, content.owners(now.definition)))
    change = now.list_difference
    states = now.due_list
    now.case.checklist = checklists.as_kept(states, now.case.answers, now.typed_keys, at)
    now.case.save(update_fields=["checklist"])
    store.record(now, "make_checklist", {
        "added": sorted(change.keys_added), "dropped": sorted(change.keys_dropped), "slots": [s.slot.key for s in states],
    })
    return change
