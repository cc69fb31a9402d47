"""Files that are small and cost much: to unpack, to draw, to search."""

import random
import zlib
from functools import cache

from tests.prechecks.hostile.writing import WORDS, packed, page, pdf, plain, stream


@cache
def zeros(megabytes: int, what: bytes = b"\0") -> bytes:
    packer = zlib.compressobj(6)
    part = what * (1024**2 // len(what))
    return b"".join(packer.compress(part) for _ in range(megabytes)) + packer.flush()


def deflate_bomb(dice: random.Random) -> bytes:
    """Hundreds of megabytes in one stream: a page, a font, a picture, a table of letters, or packed twice."""
    bomb = zeros(dice.choice([150, 300]), dice.choice([b"\0", b"q Q ", b"0 0 m 9 9 l S "]))
    body = stream(bomb, b"/Filter/FlateDecode")
    objects = plain()
    match dice.randrange(5):
        case 0:
            objects[4] = body
        case 1:
            objects[3] = page().replace(b"/BaseFont/Helvetica", b"/BaseFont/Odd/ToUnicode 5 0 R")
            objects[5] = body
        case 2:
            objects[3] = page(resources=b"/XObject<</X 5 0 R>>")
            objects[4] = stream(b"500 0 0 500 0 0 cm /X Do")
            objects[5] = stream(
                bomb, b"/Filter/FlateDecode/Type/XObject/Subtype/Image/Width 9000/Height 9000/BitsPerComponent 8/ColorSpace/DeviceRGB")
        case 3:
            objects[4] = stream(zlib.compress(bomb, 9), b"/Filter[/FlateDecode/FlateDecode]")
        case _:
            objects[3] = page(contents=b"[" + b"4 0 R " * 60 + b"]")
            objects[4] = stream(zeros(100, b"q Q "), b"/Filter/FlateDecode")
    return pdf(objects)


def other_filters(dice: random.Random) -> bytes:
    """Bombs that other ways of packing make."""
    runs = b"".join(b"\x81\0" for _ in range(dice.choice([100_000, 2_000_000]))) + b"\x80"
    names, content = dice.choice([
        (b"/RunLengthDecode", runs), (b"[/FlateDecode/RunLengthDecode]", zlib.compress(runs)),
        (b"/LZWDecode", b"\x80\x0b\x60\x50" * 100_000), (b"[/ASCIIHexDecode/FlateDecode]", zeros(200).hex().encode() + b">"),
        (b"[/FlateDecode/FlateDecode/FlateDecode/FlateDecode]", zeros(200)),
        (b"[" + b"/ASCIIHexDecode" * dice.choice([4, 500]) + b"]", b"00" * 1000 + b">"), (b"/Crypt", b"abc"), (b"/Unheard", b"abc"),
    ])
    return pdf(plain() | {4: stream(content, b"/Filter" + names)})


def large_picture(dice: random.Random) -> bytes:
    """30,000 × 30,000 pixels, and more than there are."""
    side = dice.choice([10_001, 30_000, 65_535, 2**31 - 1])
    fax = b"/CCITTFaxDecode/DecodeParms<</K -1/Columns %d/Rows %d>>" % (side, side)
    filters = dice.choice([b"/FlateDecode", fax, b"/DCTDecode", b"/JPXDecode", b"/JBIG2Decode", b"/RunLengthDecode"])
    bits = dice.choice([1, 8, 16])
    kind = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d/ColorSpace/DeviceGray" % (side, side, bits)
    jpeg = b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x22\0\x02\x11\1\x03\x11\1"
    objects = plain(WORDS + b"q 500 0 0 500 0 0 cm /X Do Q")
    objects[3] = page(resources=b"/XObject<</X 5 0 R>>")
    objects[5] = stream(dice.choice([zeros(1), jpeg]), b"/Filter" + filters + kind)
    return pdf(objects)


def many_pictures(dice: random.Random) -> bytes:
    """One picture of a size that is still allowed, drawn again and again, on one page or on a hundred."""
    side = dice.randint(5_000, 9_900)
    objects = plain(b"q 500 0 0 500 0 0 cm /X Do Q " * dice.choice([20, 400]))
    objects[5] = stream(zeros(side * side // 1024**2 + 1), b"/Filter/FlateDecode/Type/XObject/Subtype/Image/Width %d/Height %d"
                        b"/BitsPerComponent 8/ColorSpace/DeviceGray/Interpolate true" % (side, side))
    objects[3] = page(resources=b"/XObject<</X 5 0 R>>")
    if dice.random() < 0.5:
        objects[2] = b"<</Type/Pages/Kids[" + b"3 0 R " * 100 + b"]/Count 100>>"
    return pdf(objects)


def slow_drawing(dice: random.Random) -> bytes:
    """Drawings that draw drawings, forty each, storey on storey; patterns of hair's breadth; a hundred thousand curves."""
    match dice.randrange(5):
        case 0:
            depth, objects = dice.randint(6, 40), plain(b"/X10 Do")
            objects[3] = page(resources=b"/XObject<</X10 10 0 R>>")
            for n in range(10, 10 + depth):
                objects[n] = stream(
                    b"/X Do " * 40, b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>" % (n + 1))
            objects[10 + depth] = stream(b"0 0 600 800 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]")
            return pdf(objects)
        case 1:
            objects = plain(b"/Pattern cs /P scn 0 0 595 842 re f " * dice.choice([1, 50]))
            objects[3] = page(resources=b"/Pattern<</P 5 0 R>>")
            objects[5] = stream(
                b"0 0 .1 .1 re f", b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 .2 .2]/XStep .01/YStep .01/Resources<<>>")
            return pdf(objects)
        case 2:
            curves = b"".join(b"%d %d m %d %d %d %d %d %d c S\n" % tuple(dice.randrange(900) for _ in range(8)) for _ in range(2_000))
            return pdf(plain(b"[.01 .01] 0 d 30 w 1 J 1 j\n") | {4: packed(b"[.01 .02] 0 d 20 w 1 J 1 j " + curves * dice.choice([5, 60]))})
        case 3:
            clips = b"".join(b"%d 0 m 300 900 l 595 %d l h W* n\n" % (n % 500, n % 800) for n in range(20_000))
            return pdf(plain() | {4: packed(clips + b"0 0 595 842 re f " * 500)})
        case _:
            groups = b"/X Do " * dice.choice([30, 300])
            objects = plain(groups)
            objects[3] = page(resources=b"/XObject<</X 5 0 R>>")
            objects[5] = stream(
                b"/G gs 0 0 595 842 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Group<</S/Transparency/I true/K true>>"
                b"/Resources<</ExtGState<</G<</BM/Luminosity/ca .5>>>>>>")
            return pdf(objects)


def letters_without_end(dice: random.Random) -> bytes:
    """Millions of letters on one page."""
    line = dice.choice([b"(" + b"A" * 900 + b") Tj ", b"(x) Tj ", b"(x) Tj 1 0 Td ", b"[(x) -99999 (y)] TJ "])
    return pdf(plain() | {4: packed(b"BT /F 1 Tf 10 800 Td " + line * dice.choice([20_000, 300_000, 1_000_000]) + b"ET")})


def shadings(dice: random.Random) -> bytes:
    """Colours that are worked out, point by point, by a formula that never ends."""
    formula = b"{" + b"dup mul sqrt " * dice.choice([100, 20_000]) + b"}"
    objects = plain(b"/S sh " * dice.choice([1, 200]))
    objects[3] = page(resources=b"/Shading<</S 5 0 R>>")
    objects[5] = (b"<</ShadingType %d/ColorSpace/DeviceGray/Coords[0 0 %d 900 900 900]/Function 6 0 R/Extend[true true]"
                  b"/Domain[0 1 0 1]>>") % (dice.choice([1, 2, 3]), dice.choice([0, 100]))
    objects[6] = stream(formula, b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1]")
    return pdf(objects)


def fonts(dice: random.Random) -> bytes:
    """Fonts that are none."""
    objects = plain()
    kind = dice.choice([b"/FontFile", b"/FontFile2", b"/FontFile3"])
    objects[3] = page().replace(b"/Type/Font/Subtype/Type1/BaseFont/Helvetica",
                                b"/Type/Font/Subtype/TrueType/BaseFont/Odd/FirstChar 0/LastChar 255/Widths[9]"
                                b"/FontDescriptor 5 0 R/ToUnicode 7 0 R")
    objects[5] = b"<</Type/FontDescriptor/FontName/Odd/Flags 4" + kind + b" 6 0 R>>"
    head = dice.choice([b"\0\1\0\0", b"OTTO", b"true", b"ttcf", b"%!PS-AdobeFont-1.0\n"])
    objects[6] = packed(head + b"\xff" * dice.choice([0, 12, 60]) + dice.randbytes(dice.choice([10, 5_000, 300_000])),
                        b"/Length1 2147483647" + dice.choice([b"", b"/Subtype/Type1C", b"/Subtype/OpenType"]))
    objects[7] = packed(b"begincmap\n" + b"100 beginbfrange\n<0000><ffff><0000>\nendbfrange\n" * dice.choice([1, 20_000]) + b"endcmap")
    return pdf(objects)


def notes(dice: random.Random) -> bytes:
    """A hundred thousand notes on a page, or one whose look is drawn with itself."""
    count = dice.choice([1, 2_000, 90_000])
    objects = plain()
    objects[3] = page(more=b"/Annots[" + b"5 0 R " * count + b"]")
    kind, wide = dice.choice([b"Stamp", b"FreeText", b"Widget"]), dice.choice([99, 2**31])
    objects[5] = b"<</Type/Annot/Subtype/%s/Rect[0 0 %d 99]/F 4/AP<</N 6 0 R>>>>" % (kind, wide)
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Matrix[%d 0 0 1 0 0]/Resources<</XObject<</X 6 0 R>>>>"
    objects[6] = stream(b"/X Do 0 0 99 99 re f", form % dice.choice([1, 0, 10**9]))
    return pdf(objects)


def heavy_pages(dice: random.Random) -> bytes:
    """A hundred pages, each dear by itself."""
    objects = plain()
    lines = b"".join(b"%d %d m %d %d l S\n" % tuple(dice.randrange(900) for _ in range(4)) for _ in range(dice.choice([20_000, 60_000])))
    objects[4] = packed(WORDS + lines)
    objects[2] = b"<</Type/Pages/Kids[" + b"3 0 R " * 100 + b"]/Count 100>>"
    return pdf(objects)
