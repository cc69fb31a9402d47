"""Photographs and pages sent as pictures that are traps."""

import random
import struct
import zlib
from functools import cache
from io import BytesIO

from PIL import Image

from tests.prechecks import samples
from tests.prechecks.hostile.bombs import zeros


@cache
def good(kind: str) -> bytes:
    out = BytesIO()
    noise = Image.frombytes("RGB", (640, 820), random.Random(7).randbytes(640 * 820 * 3))
    Image.blend(samples.page_image(size=(640, 820)), noise, 0.2).save(out, kind)
    return out.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, data: bytes, *, more: bytes = b"", depth: int = 8, colour: int = 2) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def too_many_pixels(dice: random.Random) -> bytes:
    side = dice.choice([6_400, 30_000, 65_535, 2**31 - 1])
    return png(side, side, zeros(dice.choice([1, 300])), depth=dice.choice([1, 8, 16]), colour=dice.choice([0, 2, 6]))


def comments(dice: random.Random) -> bytes:
    """Pictures whose remarks unpack to hundreds of megabytes, or of which there are a million."""
    remark = dice.choice([
        chunk(b"zTXt", b"Comment\0\0" + zeros(300)), chunk(b"iCCP", b"icc\0\0" + zeros(300)), chunk(b"tEXt", b"a\0" + b"b" * 300) * 20_000,
        chunk(b"iTXt", b"a\0\1\0\0\0" + zeros(300)), chunk(b"PLTE", b"\0" * 768) * 300, chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0)),
    ])
    return png(640, 820, zlib.compress(b"\0" * (820 * (640 * 3 + 1))), more=remark)


def cut_off(dice: random.Random) -> bytes:
    content = good(dice.choice(["JPEG", "PNG"]))
    return content[: dice.randint(10, len(content) * 9 // 10)]


def broken(dice: random.Random) -> bytes:
    content = bytearray(good(dice.choice(["JPEG", "PNG"])))
    for _ in range(dice.choice([5, 100, 2_000])):
        content[dice.randrange(4, len(content))] = dice.randrange(256)
    return bytes(content)


def scans_without_end(dice: random.Random) -> bytes:
    """A progressive JPEG of which every scan starts anew, on more pixels than there is room for."""
    out = BytesIO()
    Image.new("RGB", (dice.choice([640, 4_000]),) * 2, "white").save(out, "JPEG", progressive=True)
    content = out.getvalue()
    begin = content.index(b"\xff\xda")
    end = content.index(b"\xff", begin + 14)
    return content[:begin] + content[begin:end] * dice.choice([100, 20_000]) + content[begin:]


def false_size(dice: random.Random) -> bytes:
    """A JPEG that says it is larger than it is."""
    content = bytearray(good("JPEG"))
    at = content.index(b"\xff\xc0") + 5
    content[at:at + 4] = struct.pack(">HH", dice.choice([0, 1, 5_000, 65_535]), dice.choice([0, 1, 5_000, 65_535]))
    return bytes(content)


def no_picture(dice: random.Random) -> bytes:
    return dice.choice([
        b"GIF89a" + dice.randbytes(50_000), b"\xff\xd8\xff" + dice.randbytes(50_000), b"\x89PNG\r\n\x1a\n" + dice.randbytes(50_000),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", b"RIFF" + dice.randbytes(9_000),
        b"II*\0" + dice.randbytes(9_000),
        b"BM" + dice.randbytes(9_000), samples.scan(), b"\0\0\0\x0cjP  " + dice.randbytes(900), b"\xc5\xd0\xd3\xc6" + dice.randbytes(900),
        b"%!PS-Adobe EPSF\n%%BoundingBox: 0 0 9 9\n(id) system\n",
    ])
