"""Seals and signatures, where the material asks for them."""

from collections.abc import Iterator

from laihua.kernel.texts import Text
from laihua.prechecks.checks._common import is_another, whole_pages
from laihua.prechecks.findings import Finding, Given, Place
from laihua.prechecks.words import Box


def looked_for(given: Given, name: str, title: Text, seen: dict[int, tuple[Box, ...]], there: Text, absent: Text) -> Iterator[Finding]:
    """One place for each page with a mark; the last page, where none is."""
    if name not in given.asks.expects or is_another(given) or not given.document.leaves:
        return
    found = tuple(Place(page, box) for page, boxes in seen.items() for box in boxes)
    last = whole_pages(page.number for page in given.document.leaves[-1:])
    yield Finding(name, given.asks.slot, "pass" if found else "doubt", title, there if found else absent, places=found or last)
