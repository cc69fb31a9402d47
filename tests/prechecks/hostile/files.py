"""A thousand files that mean harm, always the same ones: each family in its turns, each file with dice of its own."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from laihua.prechecks.gate import Accept
from tests.prechecks.hostile import bombs, carriers, pictures, structures

COUNT, SEED = 1000, 20261121
Make = Callable[[random.Random], Any]


@dataclass(frozen=True, slots=True)
class Family:
    """`codes`: the reasons of which one must be said; empty where any will do. `may_pass`: some of it is harmless after all.

    `dear`: each costs as much as a child may spend, so there are fewer of it.
    """

    name: str
    make: Make
    codes: tuple[str, ...] = ()
    may_pass: bool = False
    accept: Accept = "pdf"
    dear: bool = False


@dataclass(frozen=True, slots=True)
class Hostile:
    number: int
    family: Family
    name: str
    content: bytes


FAMILIES = (
    Family("truncated", structures.truncated),
    Family("tables of contents in a ring", structures.table_loop, ("damaged",)),
    Family("false table of contents", structures.false_table),
    Family("page tree in a ring or without end", structures.page_tree, may_pass=True),
    Family("no pages", structures.nothing_there),
    Family("arrays within arrays", structures.deep, may_pass=True),
    Family("objects without end", structures.objects_without_end, ("file_too_complex", "damaged"), dear=True),
    Family("impossible sizes and numbers", structures.numbers, may_pass=True),
    Family("drawings drawn with themselves", structures.own_resources, may_pass=True),
    Family("bookmarks, names and structure in a ring", structures.trees, may_pass=True),
    Family("bytes changed, doubled or gone", structures.mutated, may_pass=True),
    Family("rubbish", structures.rubbish),
    Family("deflate bomb", bombs.deflate_bomb, ("file_too_complex", "damaged_page", "blank_page")),
    Family("bomb of another packing", bombs.other_filters, may_pass=True),
    Family("picture of 30,000 × 30,000", bombs.large_picture, ("file_too_complex", "damaged")),
    Family("large picture a thousand times", bombs.many_pictures, may_pass=True, dear=True),
    Family("slow drawing", bombs.slow_drawing, may_pass=True, dear=True),
    Family("millions of letters", bombs.letters_without_end, may_pass=True, dear=True),
    Family("shading by formula", bombs.shadings, may_pass=True, dear=True),
    Family("fonts that are none", bombs.fonts, may_pass=True),
    Family("notes without end", bombs.notes, may_pass=True, dear=True),
    Family("a hundred dear pages", bombs.heavy_pages, may_pass=True, dear=True),
    Family("scripts", carriers.scripts, ("scripts",)),
    Family("embedded files", carriers.embedded, ("embedded_files",)),
    Family("encrypted", carriers.encrypted, ("encrypted", "damaged")),
    Family("two files in one", carriers.two_faced, ("two_files_in_one", "not_a_pdf", "damaged")),
    Family("another file named .pdf", carriers.something_else, ("not_a_pdf",)),
    Family("name that leads elsewhere", carriers.bad_name, ("bad_name", "wrong_ending")),
    Family("wrong ending", carriers.wrong_ending, ("wrong_ending",)),
    Family("0 bytes", carriers.empty, ("empty",)),
    Family("picture of too many pixels", pictures.too_many_pixels, ("photo_too_large", "damaged", "not_a_photo"), accept="picture"),
    Family("remarks that unpack without end", pictures.comments, accept="picture"),
    Family("picture cut off", pictures.cut_off, ("damaged", "not_a_photo"), accept="picture"),
    Family("picture with bytes changed", pictures.broken, may_pass=True, accept="picture"),
    Family("JPEG of scans without end", pictures.scans_without_end, accept="picture"),
    Family("JPEG of a false size", pictures.false_size, may_pass=True, accept="picture"),
    Family("no picture", pictures.no_picture, ("not_a_photo", "damaged"), accept="picture"),
)

TURNS = tuple(family for turn in range(3) for family in FAMILIES if not turn or not family.dear)


def hostile(number: int) -> Hostile:
    """The file of this number, from 0; the same on every machine."""
    family = TURNS[number % len(TURNS)]
    made = family.make(random.Random(SEED + number))
    content, name = made if isinstance(made, tuple) else (made, "file.pdf" if family.accept == "pdf" else "file.jpg")
    return Hostile(number, family, name, content)


def all_hostile() -> Iterator[Hostile]:
    return (hostile(number) for number in range(COUNT))
