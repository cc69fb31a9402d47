"""Files whose structure is a trap: loops, depths, numbers without end, and plain damage."""

import random

from tests.prechecks.hostile.writing import WORDS, packed, page, pdf, plain, stream


def truncated(dice: random.Random) -> bytes:
    content = pdf(plain(WORDS * dice.randint(1, 200)))
    return content[: dice.randint(20, len(content) - 12)]


def table_loop(dice: random.Random) -> bytes:
    """Tables of contents that name each other as what came before, in a ring."""
    content, count = bytearray(pdf(plain())), dice.randint(1, 30)
    places, size = [], len(b"xref\n0 1\n0000000000 65535 f \ntrailer<</Size 5/Root 1 0 R/Prev 0000000000>>\n")
    for number in range(count):
        places.append(len(content) + number * size)
    for number in range(count):
        content += b"xref\n0 1\n0000000000 65535 f \ntrailer<</Size 5/Root 1 0 R/Prev %010d>>\n" % places[(number + 1) % count]
    return bytes(content) + b"startxref\n%d\n%%%%EOF\n" % places[0]


def false_table(dice: random.Random) -> bytes:
    """A table of contents that points anywhere."""
    objects = plain()
    content = pdf(objects)
    begin = content.rindex(b"xref\n0 1")
    broken = bytearray(content)
    for number in range(1, 5):
        at = content.index(b"%d 1\n" % number, begin) + 4
        broken[at:at + 10] = b"%010d" % dice.choice([0, 7, len(content) - 5, 10**9, dice.randrange(len(content))])
    if dice.random() < 0.3:
        return bytes(broken).replace(b"startxref\n%d" % begin, b"startxref\n%d" % dice.choice([0, 1, 2**31, 2**63, begin + 3]))
    return bytes(broken)


def page_tree(dice: random.Random) -> bytes:
    """Pages that are their own parents, or a tree of thousands of storeys."""
    objects = plain()
    shape = dice.randrange(4)
    if shape == 0:
        objects[2] = b"<</Type/Pages/Kids[2 0 R]/Count %d>>" % dice.choice([1, 2, 2**31 - 1, -1])
    elif shape == 1:
        depth = dice.randint(1_000, 20_000)
        objects[2] = b"<</Type/Pages/Kids[10 0 R]/Count 1>>"
        for number in range(10, 10 + depth):
            objects[number] = b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (number - 1 if number > 10 else 2, number + 1)
        objects[10 + depth] = b"<</Type/Pages/Parent %d 0 R/Kids[]/Count 0>>" % (9 + depth)
    elif shape == 2:
        objects[2] = b"<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>>"
        objects[5] = b"<</Type/Pages/Kids[6 0 R]/Count 1/Parent 2 0 R>>"
        objects[6] = b"<</Type/Pages/Kids[5 0 R]/Count 1/Parent 5 0 R>>"
    else:
        objects[2] = b"<</Type/Pages/Kids[" + b"3 0 R " * dice.choice([101, 5_000, 100_000]) + b"]/Count 1>>"
    return pdf(objects)


def nothing_there(dice: random.Random) -> bytes:
    """No pages, no catalogue, or something else in their place."""
    objects = plain()
    what = dice.choice([b"null", b"[]", b"<<>>", b"42", b"(text)", b"<</Type/Pages/Kids[]/Count 0>>", b"1 0 R", b"99 0 R"])
    objects[dice.choice([1, 2])] = what
    if dice.random() < 0.3:
        objects[2] = b"<</Type/Pages/Kids[99 0 R 98 0 R]/Count 2>>"
    return pdf(objects)


def deep(dice: random.Random) -> bytes:
    """Arrays in arrays in arrays."""
    depth, objects = dice.randint(2_000, 200_000), plain()
    opened, closed = dice.choice([(b"[", b"]"), (b"<</A", b">>")])
    objects[5] = opened * depth + b" null " + closed * depth
    objects[1] = b"<</Type/Catalog/Pages 2 0 R/Deep 5 0 R>>"
    if dice.random() < 0.5:
        objects[4] = stream(b"/Span " + opened * depth + closed * depth + b" BDC EMC")
    return pdf(objects)


def objects_without_end(dice: random.Random) -> bytes:
    """A million objects: packed into streams, or each by itself, linked to each other."""
    objects = plain()
    if dice.random() < 0.5:
        count = dice.randint(100_001, 300_000)
        objects[1] = b"<</Type/Catalog/Pages 2 0 R/All[" + b"".join(b"<</N[%d 0 R]>>" % (5 + n % 7) for n in range(count)) + b"]>>"
        for number in range(5, 12):
            objects[number] = b"<</Next %d 0 R>>" % (5 + (number - 4) % 7)
        return pdf(objects)
    count, each = 1_000_000, 100_000
    content = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(content)
        content += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    holders = []
    for first in range(1000, 1000 + count, each):
        index = b"".join(b"%d %d " % (first + n, 3 * n) for n in range(each))
        holders.append((2_000_000 + first, len(content)))
        content += b"%d 0 obj\n" % (2_000_000 + first) + packed(
            index + b"[] " * each, b"/Type/ObjStm/N %d/First %d" % (each, len(index))) + b"\nendobj\n"
    begin = len(content)
    rows = b"".join(bytes([1]) + places[n].to_bytes(4, "big") + b"\0\0\0" for n in range(1, 5))
    rows += b"".join(bytes([1]) + place.to_bytes(4, "big") + b"\0\0\0" for _, place in holders)
    rows += b"".join(
        b"\2" + (2_000_000 + 1000 + n // each * each).to_bytes(4, "big") + (n % each).to_bytes(3, "big") for n in range(count))
    index = b"[1 4 " + b"".join(b"%d 1 " % number for number, _ in holders) + b"1000 %d]" % count
    content += b"3999999 0 obj\n" + packed(
        rows, b"/Type/XRef/Size 4000000/Root 1 0 R/W[1 4 3]/Index" + index) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % begin
    return bytes(content)


def numbers(dice: random.Random) -> bytes:
    """Sizes, places and counts that no page has."""
    strange = dice.choice([b"0", b"-1", b"1e30", b"99999999999999999999", b"-99999999999", b"0.0000001", b"nan", b"2147483648",
                           b"4294967296"])
    objects = plain()
    objects[3] = dice.choice([
        page().replace(b"595 842", strange + b" " + strange),
        page(more=b"/Rotate " + strange),
        page(more=b"/UserUnit " + strange),
        page(more=b"/CropBox[" + b" ".join([strange] * 4) + b"]"),
        page().replace(b"0 0 595 842", strange + b" 0 595 842"),
    ])
    if dice.random() < 0.4:
        objects[4] = stream(strange + b" 0 0 " + strange + b" " + strange + b" 0 cm /F " + strange + b" Tf " + WORDS)
    return pdf(objects)


def own_resources(dice: random.Random) -> bytes:
    """Drawings that are drawn with themselves."""
    drawn = [b"/X Do", b"/Pattern cs /P scn 0 0 500 500 re f", b"/G gs 0 0 500 500 re f", b"BT /T 12 Tf (aaaa) Tj ET"]
    objects = plain(WORDS + dice.choice(drawn))
    own = b"/XObject<</X 5 0 R>>/Pattern<</P 6 0 R>>/ExtGState<</G 7 0 R>>/Font<</T 8 0 R/F 8 0 R>>"
    objects[3] = page(resources=own).replace(b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>", b"", 1)
    within = b"/Resources<<" + own + b">>/BBox[0 0 500 500]"
    many = dice.choice([1, 3, 50])
    objects[5] = stream(b"/X Do " * many + b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/Group<</S/Transparency>>" + within)
    objects[6] = stream(b"/Pattern cs /P scn 0 0 5 5 re f", b"/PatternType 1/PaintType 1/TilingType 1/XStep 1/YStep 1" + within)
    objects[7] = b"<</SMask<</S/Luminosity/G 5 0 R>>>>"
    objects[8] = (b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 97/LastChar 97/Widths[9]"
                  b"/Encoding<</Differences[97/a]>>/CharProcs<</a 9 0 R>>/Resources<<" + own + b">>>>")
    objects[9] = stream(b"9 0 0 0 9 9 d1 BT /T 9 Tf (aaaa) Tj ET")
    return pdf(objects)


def trees(dice: random.Random) -> bytes:
    """Bookmarks, names and structure that go round in circles."""
    objects = plain()
    entry = dice.choice([b"/Outlines 5 0 R", b"/Names<</Dests 6 0 R>>", b"/StructTreeRoot 7 0 R", b"/AcroForm<</Fields[8 0 R]>>"])
    objects[1] = b"<</Type/Catalog/Pages 2 0 R" + entry + b">>"
    objects[5] = b"<</First 5 0 R/Last 5 0 R/Next 5 0 R/Prev 5 0 R/Count 99999999/Parent 5 0 R/Title(a)>>"
    objects[6] = b"<</Kids[6 0 R 6 0 R]/Names[(a)6 0 R]/Limits[(a)(z)]>>"
    objects[7] = b"<</Type/StructTreeRoot/K[7 0 R 7 0 R]/ParentTree 6 0 R>>"
    objects[8] = b"<</Kids[8 0 R 8 0 R]/Parent 8 0 R/FT/Tx/T(a)>>"
    objects[3] = page(more=b"/Parent 3 0 R/Annots[8 0 R 3 0 R 99 0 R]")
    return pdf(objects)


def mutated(dice: random.Random) -> bytes:
    """A file that fell: bytes changed, doubled or gone."""
    content = bytearray(pdf(plain(WORDS * dice.randint(1, 20))))
    for _ in range(dice.choice([1, 3, 10, 60])):
        at = dice.randrange(len(content))
        match dice.randrange(4):
            case 0:
                content[at] = dice.randrange(256)
            case 1:
                content[at:at + dice.randrange(40)] = b""
            case 2:
                content[at:at] = content[at:at + dice.randrange(300)]
            case _:
                content[at:at] = dice.randbytes(dice.randrange(20))
    return bytes(content)


def rubbish(dice: random.Random) -> bytes:
    """Nothing that anyone wrote."""
    noise = dice.randbytes(dice.choice([1, 2, 100, 5_000, 500_000]))
    return dice.choice([noise, b"%PDF-1.7\n" + noise, b"%PDF-1.7\n" + noise + b"\n%%EOF", b"%PDF-1.7\n%%EOF", b"\0" * len(noise)])
