"""Which characters the fonts of the papers can print, from their own tables (OpenType, `cmap`)."""

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

Span = tuple[int, int]


def printable_characters(fonts: Iterable[Path]) -> frozenset[int]:
    return frozenset(point for font in fonts for first, last in spans(font.read_bytes()) for point in range(first, last + 1))


def spans(font: bytes) -> Iterator[Span]:
    """First and last code point of each run. Reads the two tables that every Unicode font has one of: formats 4 and 12."""
    tables, = struct.unpack_from(">H", font, 4)
    starts = {font[at:at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * tables, 16)}
    begin = starts[b"cmap"]
    count, = struct.unpack_from(">H", font, begin + 2)
    for at in range(begin + 4, begin + 4 + 8 * count, 8):
        table = begin + struct.unpack_from(">I", font, at + 4)[0]
        form, = struct.unpack_from(">H", font, table)
        if form == 12:
            groups, = struct.unpack_from(">I", font, table + 12)
            for group in range(table + 16, table + 16 + 12 * groups, 12):
                yield struct.unpack_from(">II", font, group)
        elif form == 4:
            size, = struct.unpack_from(">H", font, table + 6)
            ends = struct.unpack_from(f">{size // 2}H", font, table + 14)
            firsts = struct.unpack_from(f">{size // 2}H", font, table + 16 + size)
            yield from (span for span in zip(firsts, ends, strict=True) if span != (0xFFFF, 0xFFFF))
