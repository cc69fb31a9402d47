"""What pre-review found, for the applicant's pages: beside the form, at each material, and all of it on a page of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from laihua.cases import queries as cases
from laihua.cases.queries import Dossier, Precheck, SlotRead
from laihua.kernel.texts import Text
from laihua.portal import findings
from laihua.portal.findings import Card

FIRST = 6           # that agree, before the rest is folded away
BESIDE = 3          # beside the form, before the rest is on its own page


@dataclass(frozen=True, slots=True)
class Progress:
    """One document that is being read, or could not be."""

    slot: SlotRead
    line: Text


@dataclass(frozen=True, slots=True)
class Results:
    """`cards`: the worst first."""

    precheck: Precheck
    cards: tuple[Card, ...]

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        return findings.counts(self.precheck)  # type: ignore[return-value]

    @property
    def mismatches(self) -> int:
        return self.precheck.count("mismatch")

    @property
    def doubts(self) -> int:
        return self.precheck.count("doubt")

    @property
    def read(self) -> int:
        return sum(s.state == "done" for s in self.precheck.slots)

    @property
    def seconds(self) -> int:
        return round(sum(s.seconds for s in self.precheck.slots))

    @property
    def is_empty(self) -> bool:
        """Nothing was uploaded yet that could be read."""
        return all(s.state == "missing" for s in self.precheck.slots)

    @property
    def under_way(self) -> list[Progress]:
        """The one that is being read first."""
        running = sorted((s for s in self.precheck.slots if s.is_running), key=lambda s: s.state == "waiting")
        return [Progress(s, findings.progress(s)) for s in running]

    @property
    def failed(self) -> list[Progress]:
        return [Progress(s, findings.progress(s)) for s in self.precheck.slots if s.state == "failed"]

    @property
    def matches(self) -> list[Card]:
        return [c for c in self.cards if c.is_match]

    def at(self, level: str) -> list[Card]:
        """Those of one level that are shown whole; without one, all that do not agree."""
        return [c for c in self.cards if not c.is_match and level in ("", c.noted.level)]

    @property
    def open(self) -> list[Card]:
        """What does not agree and was not answered yet."""
        return [c for c in self.cards if c.noted.is_open]

    @property
    def beside(self) -> list["Beside"]:
        """What concerns the fields of the form and was not answered yet; a slip that several documents show stands once."""
        found: dict[tuple[Any, ...], list[Card]] = {}
        for card in self.open:
            if card.is_of_form:
                found.setdefault((card.noted.level, card.noted.fields, card.read), []).append(card)
        return [Beside(first, tuple(also)) for first, *also in found.values()]


@dataclass(frozen=True, slots=True)
class Beside:
    """One finding beside the form, with those of other documents that say the same."""

    card: Card
    also: tuple[Card, ...] = ()

    @property
    def sig(self) -> str:
        return findings.signed(self.card.sig, *(c.sig for c in self.also))

    @property
    def others(self) -> Text:
        return Text(
            "".join(("《", "》《".join(c.noted.material.zh for c in self.also), "》也是这样")),
            f"The same in: {'; '.join(c.noted.material.en for c in self.also)}",
        )


def results(dossier: Dossier) -> Results:
    precheck = cases.findings_of(dossier)
    return Results(precheck, tuple(findings.cards(precheck, dossier)))


def words_beside(found: Results) -> dict[str, Any]:
    return {"results": found, "beside": found.beside[:BESIDE], "beside_more": max(0, len(found.beside) - BESIDE)}


# Parts of pages that change while they are open: by the id of their element

Parts = Callable[[HttpRequest, Mapping[str, Any]], dict[str, str]]


def part(request: HttpRequest, template: str, words: Mapping[str, Any]) -> str:
    return render_to_string(f"applicant/{template}.html", dict(words), request)


def parts_of_page(request: HttpRequest, words: Mapping[str, Any]) -> dict[str, str]:
    names = ("head", "progress", "list", "matches", "leaves", "note")
    return {f"prechecks-{name}": part(request, f"prechecks_{name}", words) for name in names}


def parts_of_form(request: HttpRequest, words: Mapping[str, Any]) -> dict[str, str]:
    return {"prechecks-beside": part(request, "prechecks_beside", words)}


def parts_of_materials(request: HttpRequest, words: Mapping[str, Any]) -> dict[str, str]:
    lines = slot_lines(words["results"].precheck).values()
    return {f"read-{line.key}": part(request, "materials_read", {**words, "read": line}) for line in lines}


PARTS: dict[str, Parts] = {"page": parts_of_page, "form": parts_of_form, "materials": parts_of_materials}


@dataclass(frozen=True, slots=True)
class SlotLine:
    """What a row of the materials says of pre-review: a badge, one sentence, and the finding where more is to be seen."""

    key: str
    status: str = ""
    count: int = 0
    text: Text | str = ""
    anchor: str = ""
    pages: int = 0
    pages_read: int = 0

    @property
    def sig(self) -> str:
        return findings.signed(self)


def slot_lines(precheck: Precheck) -> dict[str, SlotLine]:
    """By the key of the slot, for every document that is read."""
    return {slot.key: slot_line(slot) for slot in precheck.slots}


MEANWHILE = Text("{line}。可以继续其他操作", "{line}. You can go on meanwhile")


DIFFERS = {
    "mismatch": Text("{title}与填写的不一致", "{title} differs from what you entered"),
    "doubt": Text("请核对{title}", "Please check: {title}"),
}


def slot_line(slot: SlotRead) -> SlotLine:
    line = findings.progress(slot)
    if slot.is_running:
        return SlotLine(slot.key, "checking", text=MEANWHILE.format(line=line), pages=slot.pages, pages_read=slot.pages_read)
    if slot.state == "failed":
        return SlotLine(slot.key, "unread", text=line)
    if not slot.findings or not slot.level:
        return SlotLine(slot.key)
    first = slot.findings[0]
    text = "" if slot.level == "pass" else DIFFERS[slot.level].format(title=first.finding.title) if first.fields else first.text
    return SlotLine(slot.key, findings.STATUS[slot.level], slot.count(slot.level), text, first.anchor)
