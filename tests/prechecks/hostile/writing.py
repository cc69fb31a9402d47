"""Writes PDF files by hand, so that they can be wrong where a library would not let them."""

import random
import zlib
from collections.abc import Mapping

WORDS = b"BT /F 12 Tf 60 700 Td (Passport No. C01X00T47 WEBER ANNA) Tj 0 -30 Td (This page looks like any other.) Tj ET\n"
FONT = b"<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def page(contents: bytes = b"4 0 R", more: bytes = b"", resources: bytes = b"") -> bytes:
    head = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font"
    return head + FONT + resources + b">>/Contents " + contents + more + b">>"


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), more, content)


def packed(content: bytes, more: bytes = b"") -> bytes:
    return stream(zlib.compress(content, 9), b"/Filter/FlateDecode" + more)


def plain(contents: bytes = WORDS) -> dict[int, bytes]:
    """A file of one page that nothing is wrong with."""
    return {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: page(), 4: stream(contents)}


def pdf(objects: Mapping[int, bytes], *, trailer: bytes = b"", head: bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n") -> bytes:
    out, places = bytearray(head), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    begin = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (max(places) + 1, trailer, begin)
    return bytes(out)


def bytes_of(dice: random.Random, size: int) -> bytes:
    return dice.randbytes(size)
