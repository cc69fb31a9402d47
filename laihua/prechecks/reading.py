"""Reads a document: the text that its pages carry, else what the engine reads in their pictures. For workers only."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event

from django.conf import settings

from laihua.kernel.texts import Reason
from laihua.prechecks import child, engine, marks, spaced, turning
from laihua.prechecks.child import Sheet
from laihua.prechecks.reasons import reason
from laihua.prechecks.words import Box, Leaf, Line, Reading

AT_A_TIME = 4                       # pages; that many scans in colour fit into one answer of the child

_leaving = Event()


@dataclass(frozen=True, slots=True)
class Portion:
    """`next`: the page with which to go on; None when all were read. `problem`: why nothing more can be read of it at all."""

    reading: Reading
    next: int | None
    problem: Reason | None


def read(
    content: bytes, *, begin: int = 1, seconds: float = 20.0, on_page: Callable[[int, int], None] | None = None,
    ocr: bool | None = None,
) -> Portion:
    """The pages from `begin` on, at least one, until the seconds are over; `on_page` is told each number, and of how many.

    `ocr`: whether scans are read; LAIHUA_OCR where it is not said. A page that cannot be read is a leaf without lines, read
    by nothing. Raises engine.EngineAway where there is a scan and nothing to read it with.
    """
    until = time.monotonic() + seconds
    with_ocr = settings.ENVIRONMENT.ocr if ocr is None else ocr
    leaves: list[Leaf] = []
    pages, number = 0, begin
    for given in sheets(content, begin):
        pages = given.pages or pages
        if given.problem is not None:
            return Portion(Reading(pages, tuple(leaves)), None, given.problem)
        leaves.append(leaf_of(given.sheet, with_ocr) if given.sheet else Leaf(number, 1.0, (), "nothing"))
        if on_page is not None:
            on_page(number, pages)
        number += 1
        if not 0 < pages < number and (time.monotonic() >= until or _leaving.is_set()):
            return Portion(Reading(pages, tuple(leaves)), number, None)
    return Portion(Reading(pages, tuple(leaves)), None, None)


def leave_off() -> None:
    """Whatever is being read in this process stops at the end of its page: the process is about to end."""
    _leaving.set()


@dataclass(frozen=True, slots=True)
class Given:
    """The next page from the child. Neither sheet nor problem: this page alone cannot be opened."""

    pages: int
    sheet: Sheet | None = None
    problem: Reason | None = None


def sheets(content: bytes, begin: int) -> Iterator[Given]:
    """Page by page, fetched a few at a time; one that the child dies of does not cost those beside it."""
    number, pages, few = begin, 0, AT_A_TIME
    while not pages or number <= pages:
        found = child.read(content, first=number, last=number + few - 1)
        pages = found.pages or pages
        if found.sheets:
            for sheet in found.sheets:
                yield Given(pages, sheet)
            number, few = number + len(found.sheets), AT_A_TIME
            continue
        if few > 1:
            few = 1
            continue
        code, page = found.problems[0] if found.problems else child.TOO_COMPLEX.problems[0]
        if code == "no_such_page" and number > 1:
            return
        if number == 1 and not page:
            yield Given(pages, None, reason(code))
            return
        yield Given(pages)
        number, few = number + 1, AT_A_TIME


def leaf_of(sheet: Sheet, with_ocr: bool) -> Leaf:
    leaf = of_text(sheet)
    if not sheet.whole and with_ocr:
        leaf = of_picture(sheet, leaf)
    return marked(sheet, leaf)


def of_text(sheet: Sheet) -> Leaf:
    aspect = sheet.picture.width / sheet.picture.height
    return Leaf(
        sheet.number, 1 / aspect if sheet.turned in (90, 270) else aspect, sheet.lines,
        "text" if sheet.lines or sheet.whole else "nothing", sheet.turned,
    )


def of_picture(sheet: Sheet, carried: Leaf) -> Leaf:
    """What the page carries as text stays as it is; the rest is read around it."""
    known = tuple(carried.on_page(line.box) for line in carried.lines)
    seen = engine.see(sheet.picture, known=known)
    if seen is None or (carried.lines and not seen.lines):
        return carried
    lines = in_order(spaced.mended(seen.lines, seen.aspect))
    leaf = Leaf(sheet.number, seen.aspect, lines, "ocr", seen.turned, seen.skew)
    if not carried.lines:
        return leaf
    placed = tuple(Line(line.text, on_upright(carried.on_page(line.box), leaf), line.sure, line.ends) for line in carried.lines)
    return Leaf(sheet.number, seen.aspect, in_order((*placed, *lines)), "ocr", seen.turned, seen.skew)


def marked(sheet: Sheet, leaf: Leaf) -> Leaf:
    """With what looks like seals and signatures."""
    printed = [leaf.on_page(line.box) for line in leaf.lines if line.sure >= marks.PRINTED]
    found = marks.find(sheet.picture, printed, on_its_side=leaf.turned in (90, 270))
    return Leaf(
        leaf.number, leaf.aspect, leaf.lines, leaf.by, leaf.turned, leaf.skew,
        tuple(on_upright(box, leaf) for box in found.seals), tuple(on_upright(box, leaf) for box in found.signatures),
    )


def on_upright(shown: Box, leaf: Leaf) -> Box:
    corners = [
        turning.upright(x, y, aspect=leaf.aspect, turned=leaf.turned, skew=leaf.skew)
        for x in (shown.left, shown.right) for y in (shown.top, shown.bottom)
    ]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(across), min(down), max(across), max(down))


def in_order(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """As people read: from the top, and from the left what stands side by side."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.middle[1]):
        last = rows[-1][0].box if rows else None
        if last and line.box.middle[1] - last.middle[1] < 0.5 * min(line.box.height, last.height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(line for row in rows for line in sorted(row, key=lambda line: line.box.left))
