"""Files as people and attackers send them, made on the spot; no real document is among them."""

import os
import zlib
from functools import cache
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageDraw


def page_image(*, colour: bool = True, text: str = "LAIHUA", size: tuple[int, int] = (827, 1169)) -> Image.Image:
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    for line in range(12):
        draw.text((60, 80 + 60 * line), f"{text} {line} " * 6, fill="black", font_size=22)
    if colour:
        draw.rectangle((60, 900, 360, 1100), fill=(15, 92, 140))
    return picture


def scan(*pages: Image.Image) -> bytes:
    """A PDF of page pictures, as a scanner makes it."""
    out = BytesIO()
    first, *rest = pages or (page_image(),)
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=100)
    return out.getvalue()


def altered(change, content: bytes | None = None, **options: object) -> bytes:
    with pikepdf.open(BytesIO(content or scan())) as pdf:
        change(pdf)
        out = BytesIO()
        pdf.save(out, **options)
        return out.getvalue()


def encrypted(*, user: str, owner: str) -> bytes:
    return altered(lambda pdf: None, encryption=pikepdf.Encryption(user=user, owner=owner))


def with_open_action() -> bytes:
    def change(pdf: Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))

    return altered(change)


def with_named_script() -> bytes:
    def change(pdf: Pdf) -> None:
        action = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), action])))

    return altered(change)


def with_script_on_page(number: int) -> bytes:
    def change(pdf: Pdf) -> None:
        pdf.pages[number - 1].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))

    return altered(change, scan(page_image(), page_image()))


def with_launching_link() -> bytes:
    def change(pdf: Pdf) -> None:
        action = Dictionary(S=Name.Launch, F=String("cmd.exe"))
        pdf.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)])

    return altered(change)


def with_plain_link_and_start_view() -> bytes:
    """What every word processor writes: harmless."""
    def change(pdf: Pdf) -> None:
        action = Dictionary(S=Name.URI, URI=String("https://example.com/"))
        page = pdf.pages[0].obj
        page.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)])
        pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([page, Name.Fit]))

    return altered(change)


def with_embedded_file() -> bytes:
    def change(pdf: Pdf) -> None:
        pdf.attachments["tool.exe"] = b"MZ not a document"

    return altered(change)


def with_attachment_note() -> bytes:
    def change(pdf: Pdf) -> None:
        stream = pdf.make_stream(b"MZ")
        spec = Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=stream))
        note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=spec)
        pdf.pages[0].obj.Annots = Array([note])

    return altered(change)


def html_before_pdf() -> bytes:
    return b"<html><script>alert(1)</script></html>\n" + scan()


def html_inside_head() -> bytes:
    content = scan()
    return content[:9] + b"%<script>alert(1)</script>\n" + content[9:]


def zip_after_pdf() -> bytes:
    return scan() + b"PK\x03\x04" + bytes(60) + b"PK\x05\x06" + bytes(18)


def xref_loop() -> bytes:
    """Each table of contents names the other one as its predecessor."""
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    size = len(b"xref\n0 1\n0000000000 65535 f \ntrailer<</Size 3/Root 1 0 R/Prev 0000000000>>\n")
    first, second = len(body), len(body) + size
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer<</Size 3/Root 1 0 R/Prev %010d>>\n"
    return body + table % second + table % first + b"startxref\n%d\n%%%%EOF\n" % first


def page_tree_loop() -> bytes:
    def change(pdf: Pdf) -> None:
        pdf.Root.Pages.Kids = Array([pdf.Root.Pages])

    return altered(change)


def no_pages() -> bytes:
    out = BytesIO()
    Pdf.new().save(out)
    return out.getvalue()


def many_pages(count: int) -> bytes:
    def change(pdf: Pdf) -> None:
        for _ in range(count - 1):
            pdf.pages.append(pdf.pages[0])

    return altered(change)


def deflate_bomb(*, megabytes: int = 600) -> bytes:
    """A page whose content unpacks to hundreds of megabytes of graphics."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"q Q " * 262_144) for _ in range(megabytes)) + packer.flush()

    def change(pdf: Pdf) -> None:
        stream = Stream(pdf, b"")
        stream.write(packed, filter=Name.FlateDecode)
        pdf.pages[0].obj.Contents = stream

    return altered(change, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def slow_graphics() -> bytes:
    """Small, but every line of it costs a full repaint of a nested pattern: only the clock stops it."""
    def change(pdf: Pdf) -> None:
        forms: list[Stream] = []
        for _depth in range(12):
            inner = b"/F Do " * 40 if forms else b"0 0 600 800 re f "
            form = Stream(pdf, inner, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 600, 800])
            if forms:
                form.Resources = Dictionary(XObject=Dictionary(F=forms[-1]))
            forms.append(pdf.make_indirect(form))
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(F=forms[-1]))
        pdf.pages[0].obj.Contents = Stream(pdf, b"/F Do")

    return altered(change)


def giant_image_in_pdf() -> bytes:
    def change(pdf: Pdf) -> None:
        image = Stream(pdf, zlib.compress(b"\0" * 4096), Type=Name.XObject, Subtype=Name.Image, Width=30000,
                       Height=30000, ColorSpace=Name.DeviceGray, BitsPerComponent=8)
        image.Filter = Name.FlateDecode
        pdf.pages[0].obj.Resources.XObject["/Giant"] = image

    return altered(change, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def photo(*, size: tuple[int, int] = (413, 531), kind: str = "JPEG", colour: bool = True) -> bytes:
    """A face-coloured shape before white, with enough grain to weigh what a photograph weighs."""
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    width, height = size
    draw.ellipse((width // 4, height // 6, width * 3 // 4, height * 3 // 4), fill=(214, 170, 140))
    grain = Image.frombytes("L", size, os.urandom(width * height)).convert("RGB")
    picture = Image.blend(picture, grain, 0.25)
    if not colour:
        picture = picture.convert("L").convert("RGB")
    out = BytesIO()
    picture.save(out, kind, **({"quality": 95} if kind == "JPEG" else {}))
    return out.getvalue()


@cache
def giant_png() -> bytes:
    """30,000 × 30,000 in a file of some kilobytes."""
    out = BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG", compress_level=1)
    return out.getvalue()
