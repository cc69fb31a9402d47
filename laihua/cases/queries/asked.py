"""What a case is asked for: by its answers as they stand, or by the list that was made from them."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from laihua.cases import checklists
from laihua.cases.checklists import Difference, Made
from laihua.catalog.compiled import Definition, Gap, SlotState
from laihua.catalog.definitions import Service, Step

if TYPE_CHECKING:
    from laihua.cases.models import Case


class Asked:
    """A part of the dossier."""

    case: "Case"
    definition: Definition
    service: Service
    names: Any

    if TYPE_CHECKING:
        @property
        def step(self) -> Step: ...

    @property
    def is_generated(self) -> bool:
        return self.service.checklist == "generated"

    @cached_property
    def made_list(self) -> Made | None:
        return checklists.made_of(self.case.checklist, self.service) if self.is_generated else None

    @property
    def due_list(self) -> list[SlotState]:
        """What the answers as they stand ask for."""
        return self.definition.checklist(self.names)

    @property
    def asked(self) -> list[SlotState]:
        """What is to be given: in a service whose list is made, what stood on it when it was made last."""
        if not self.is_generated:
            return self.due_list
        return list(self.made_list.states) if self.made_list else []

    @property
    def list_state(self) -> checklists.State:
        """Empty where nothing is made, and where nobody fills in: what was submitted stays as it was."""
        if not self.is_generated or not self.step.editable:
            return ""
        return checklists.state_of(self.made_list, self.due_list, checklists.digest_of(self.case.answers, self.typed_keys))

    @property
    def typed_keys(self) -> set[str]:
        """The answers that apply and that somebody gave: what the hall fills in itself is no change."""
        sourced = {key for key, field in self.service.field_keys().items() if field.source}
        return self.definition.visible_keys(self.names) - sourced

    @property
    def list_difference(self) -> Difference:
        return checklists.difference(self.made_list, self.due_list)

    def gaps_on_the_list(self, found: list[Gap]) -> list[Gap]:
        return checklists.gaps(found, self.list_state, self.made_list) if self.is_generated else found
