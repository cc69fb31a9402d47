"""The list of materials that a button makes from the answers (生成材料), and when it is out of date. Pure.

The list is kept with the case as it was made. Any change of the answers that apply makes it out of date, also one that asks
for the same materials; a change that is taken back makes it good again. What was uploaded stays where it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from laihua.cases.content import digest
from laihua.catalog.compiled import Gap, SlotState
from laihua.catalog.definitions import MaterialSlot, Service
from laihua.kernel.texts import Text

State = Literal["", "absent", "outdated", "current"]
PLACE = "checklist"
TITLE = Text("材料清单", "List of documents")
NOT_MADE = Text("请点击“生成材料”生成材料清单", "Press “Make the list” to make the list of documents")
OUTDATED = Text("填报内容已修改，请重新点击“生成材料”更新材料清单",
                "Your answers have changed: press “Make the list” again to bring the list of documents up to date")


@dataclass(frozen=True, slots=True)
class Made:
    """`states`: what was asked for, in the order of the service."""

    at: datetime
    digest: str
    states: tuple[SlotState, ...]

    @property
    def keys(self) -> set[str]:
        return {state.slot.key for state in self.states}


@dataclass(frozen=True, slots=True)
class Difference:
    """What making the list again would change."""

    added: tuple[MaterialSlot, ...] = ()
    dropped: tuple[MaterialSlot, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped)

    @property
    def keys_added(self) -> set[str]:
        return {slot.key for slot in self.added}

    @property
    def keys_dropped(self) -> set[str]:
        return {slot.key for slot in self.dropped}


def made_of(kept: Mapping[str, Any] | None, service: Service) -> Made | None:
    if not kept:
        return None
    slots = service.slots()
    return Made(
        datetime.fromisoformat(kept["at"]), kept["digest"],
        tuple(SlotState(slots[key], required, deferrable) for key, required, deferrable in kept["slots"] if key in slots),
    )


def as_kept(states: Sequence[SlotState], answers: Mapping[str, Any], keys: set[str], at: datetime) -> dict[str, Any]:
    return {
        "at": at.isoformat(), "digest": digest_of(answers, keys),
        "slots": [[s.slot.key, s.required, s.deferrable] for s in states],
    }


def digest_of(answers: Mapping[str, Any], keys: set[str]) -> str:
    """Of the answers that apply: what was typed into a part that is not asked for changes nothing."""
    return digest({key: value for key, value in answers.items() if key in keys and value not in (None, "", [])})


def state_of(made: Made | None, now: Sequence[SlotState], said: str) -> State:
    """`said`: the digest of the answers as they are now."""
    if made is None:
        return "absent"
    return "current" if made.digest == said and [s.slot.key for s in made.states] == [s.slot.key for s in now] else "outdated"


def difference(made: Made | None, now: Sequence[SlotState]) -> Difference:
    before, after = made.keys if made else set(), {s.slot.key for s in now}
    return Difference(
        tuple(s.slot for s in now if s.slot.key not in before),
        tuple(s.slot for s in made.states if s.slot.key not in after) if made else (),
    )


def gaps(found: Sequence[Gap], state: State, made: Made | None) -> list[Gap]:
    """The gaps of a case whose list is made by the button: nobody is asked for what stands on no list yet."""
    keys = made.keys if made else set()
    kept = [g for g in found if not g.place.startswith("material:") or g.place.removeprefix("material:") in keys]
    if state in ("absent", "outdated"):
        kept.append(Gap(PLACE, TITLE, NOT_MADE if state == "absent" else OUTDATED, "invalid"))
    return kept
