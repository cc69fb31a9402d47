"""What came out of a case, as its applicant sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from laihua.cases.queries import Dossier
from laihua.kernel.texts import Text
from laihua.permits import queries as permits
from laihua.portal import navigation

PERMIT = "permit"


@dataclass(frozen=True, slots=True)
class Paper:
    """`verify`: where anyone checks it; empty for papers without a code."""

    key: str
    kind: str
    title: Text
    number: str
    issued_at: Any
    url: str
    verify: str
    code: str
    valid_from: Any
    valid_to: Any
    is_revoked: bool
    is_replaced: bool

    @property
    def state(self) -> Text | None:
        if self.is_replaced:
            return Text("已被替换", "Replaced")
        return Text("已注销", "Revoked") if self.is_revoked else None


def papers(dossier: Dossier) -> list[Paper]:
    """The newest first. One statement."""
    return [
        Paper(
            row.key, row.kind, Text(row.title_zh, row.title_en), row.number, row.issued_at,
            reverse("applicant:document", args=[dossier.case.id, row.id]),
            navigation.address("verify:code", row.code) if row.code else "",
            permits.code_in_groups(row.code) if row.code else "", row.valid_from, row.valid_to,
            row.revoked_at is not None, row.replaced_by_id is not None,
        )
        for row in permits.issued_of(dossier.case.id)
    ]


def being_made(dossier: Dossier) -> list[Text]:
    """Titles of the papers that were asked for and are not there yet. One statement."""
    outputs = dossier.service.outputs
    return [outputs[key].title for key in permits.being_made(dossier.case.id) if key in outputs]


def of_entry(dossier: Dossier, found: Sequence[Paper]) -> Paper | None:
    """The paper that was made when the case came to its present step, such as the notice that is taken to the window."""
    entered = next((p for p in reversed(dossier.past) if p.to_step == dossier.step.key and p.from_step != p.to_step), None)
    move = dossier.service.moves.get(entered.move) if entered else None
    return next((p for p in found if move and p.key in move.issues), None)


def the_permit(found: Sequence[Paper]) -> Paper | None:
    return next((p for p in found if p.kind == PERMIT and not p.is_revoked), None)
