"""The materials of a case as pages show them: rows with their state, groups, tabs and counts. No writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from laihua.cases.queries import Difference, Dossier, Reusable, SlotView, Taken, reusable, taken_from
from laihua.catalog.definitions import MaterialGroup
from laihua.kernel.texts import Reason, Text
from laihua.portal.applicant.prechecks import SlotLine
from laihua.portal.applicant.returns import Returned, returned
from laihua.prechecks.gate import readable

STATUS = {"missing": "not_uploaded", "uploaded": "uploaded", "accepted": "accepted", "returned": "returned"}
UPLOADERS = {
    "unit": Text("单位上传", "uploaded by the employer"),
    "subject": Text("本人上传", "uploaded by the applicant"),
    "either": Text("本人或单位上传", "uploaded by either"),
}
PRINT = Text("打印表格", "Print form")
MAKE_FIRST = Reason("list_outdated", Text("重新生成材料清单后上传", "Upload it once the list is made again"), place="checklist")
ALL, TODO = "all", "todo"
PICTURES = "image/jpeg,image/png,.jpg,.jpeg,.png"
ENDINGS = {"pdf": "application/pdf,.pdf", "photo": PICTURES, "picture": PICTURES}


@dataclass(frozen=True, slots=True)
class MaterialRow:
    view: SlotView
    returned: Returned | None
    is_outdated: bool = False
    is_shared: bool = True              # two ends give documents, so a row says which one
    refusals: Sequence[Reason] = field(default=())
    print_label: Text = PRINT           # of the form that is signed and scanned for this slot
    change: str = ""                    # new | gone: what making the list again would do with it
    reuse: Reusable | None = None       # what an earlier case has for this slot
    taken: Taken | None = None          # where the file was taken over from
    read: SlotLine | None = None        # what pre-review says of it, where it is read

    @property
    def slot(self) -> Any:
        return self.view.slot

    @property
    def key(self) -> str:
        return self.view.slot.key

    @property
    def status(self) -> str:
        return STATUS[self.view.status]

    @property
    def file(self) -> Any:
        return self.view.file

    @property
    def is_locked(self) -> bool:
        return self.view.locked

    @property
    def can_upload(self) -> bool:
        return self.view.closed is None and not self.view.locked and not self.change

    @property
    def is_returned(self) -> bool:
        return self.view.status == "returned"

    @property
    def is_asked_for(self) -> bool:
        """A document that was never there, but that an officer wants to see."""
        return self.returned is not None and self.file is None and self.can_upload

    @property
    def is_todo(self) -> bool:
        if self.change:
            return False
        if self.is_returned or self.is_asked_for:
            return not (self.returned and self.returned.reply)
        if self.view.outdated and self.can_upload:
            return True
        return self.view.required and not self.view.deferrable and self.file is None and self.can_upload

    @property
    def uploader(self) -> Text | str:
        return UPLOADERS[self.view.slot.by] if self.is_shared else ""

    @property
    def accepts(self) -> str:
        return ENDINGS[self.view.slot.accept]

    @property
    def size(self) -> str:
        return readable(self.file.stored.size) if self.file else ""

    @property
    def limit(self) -> str:
        return readable(self.view.slot.max_bytes)

    @property
    def must(self) -> bool:
        return self.view.required and not self.view.deferrable


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    label: Text
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    group: MaterialGroup
    rows: list[MaterialRow]


def rows(
    dossier: Dossier, refused: dict[str, Sequence[Reason]] | None = None, *, offers: bool = False,
    read: Mapping[str, SlotLine] | None = None,
) -> list[MaterialRow]:
    """`offers`: with what earlier cases have for each slot, and where a file was taken over from. `read`: what pre-review
    says of each."""
    earlier, taken = (reusable(dossier), taken_from(dossier)) if offers else ({}, {})
    change = dossier.list_difference if dossier.list_state == "outdated" else None
    gone = change.keys_dropped if change else set()
    found = [
        MaterialRow(
            view, returned(dossier, "material", view.slot.key), is_outdated(dossier, view), dossier.service.confirmation is not None,
            (refused or {}).get(view.slot.key, ()), print_label(dossier, view),
            "gone" if view.slot.key in gone else "", earlier.get(view.slot.key), taken.get(view.slot.key),
            (read or {}).get(view.slot.key),
        )
        for view in dossier.slots
    ]
    return found + [MaterialRow(view, None, change="new") for view in coming(dossier, change)]


def coming(dossier: Dossier, change: Difference | None) -> list[SlotView]:
    """What the list asks for once it is made again: shown, and uploaded then."""
    group_of = {m.key: g.key for g in dossier.service.groups for m in g.items}
    return [
        SlotView(slot, group_of[slot.key], True, False, dossier.materials.get(slot.key), None, False, MAKE_FIRST)
        for slot in (change.added if change else ())
    ]


def print_label(dossier: Dossier, view: SlotView) -> Text:
    output = dossier.service.outputs.get(view.slot.form)
    return (output.button if output else None) or PRINT


def is_outdated(dossier: Dossier, view: SlotView) -> bool:
    """A printed form that was signed before the answers changed."""
    return bool(
        view.slot.form and view.file is not None and dossier.step.editable and not view.locked
        and view.file.uploaded_at < dossier.case.saved_at
    )


def groups(dossier: Dossier, found: list[MaterialRow], tab: str) -> list[Group]:
    """In the order of the service; only what the chosen tab holds."""
    chosen = [
        Group(g, [r for r in found if r.view.group == g.key and (tab != TODO or r.is_todo)])
        for g in dossier.service.groups if tab in (ALL, TODO, g.key)
    ]
    return [group for group in chosen if group.rows]


def tabs(dossier: Dossier, found: list[MaterialRow], tab: str) -> list[Tab]:
    made = [
        Tab(ALL, Text("全部", "All"), len(found), tab == ALL),
        Tab(TODO, Text("待处理", "To do"), sum(r.is_todo for r in found), tab == TODO),
    ]
    for group in dossier.service.groups:
        count = sum(r.view.group == group.key for r in found)
        if count:
            made.append(Tab(group.key, group.title, count, tab == group.key))
    return made


def counts(found: list[MaterialRow]) -> list[tuple[str, int]]:
    """How many of each state, in the order of the badges; those that there are."""
    states = ("not_uploaded", "uploaded", "accepted", "returned")
    return [(state, n) for state in states if (n := sum(r.status == state for r in found))]
