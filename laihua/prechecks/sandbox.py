"""What happens in the child process: the only place where an uploaded file is opened.

`serve` runs in a fork of the zygote, which holds no setting, secret or connection of the hall. The job is one line of
JSON, the file follows until the end; the answer is one line of JSON `{"pages", "type", "problems": [[code, page], …]}`,
after it the picture if one was asked for. Pages count from 1; page 0 means the whole file.
"""

import json
import resource
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import zxingcpp
from PIL import Image, ImageOps

from laihua.prechecks import leaves, sheets
from laihua.prechecks.drawing import is_scan, parts_of, scanned_dpi
from laihua.prechecks.looks import SIDE, has_colours, has_writing, is_blank, is_blurred, is_coloured
from laihua.prechecks.opening import (
    PHOTO_PIXELS,
    Answer,
    Problem,
    Stop,
    check_envelope,
    on_white,
    open_pdf,
    open_photo,
    page_of,
)

Image.preinit()  # readers of pictures load now, since no file can be opened later

MEMORY, SECONDS, MAX_PAGES, MAX_OBJECTS = 512 * 1024**2, 8, 100, 100_000
MAX_STREAM = 128 * 1024**2          # unpacked; A4 in colour at 600 dpi is 104 MB
MAX_PIXELS = 100_000_000            # of one image inside a PDF
PHOTO_WIDTH, PHOTO_HEIGHT, PHOTO_BYTES = 354, 472, 40 * 1024
PICTURE_PIXELS = 12_000_000         # of a rendered page
PICTURE_SIDE = 600                  # of a scanned page sent as a picture, the shorter side; A4 at 75 dpi is 620
THUMBNAIL = 400                     # width at which a picture is judged blank or grey
SMALL_PAGE = 560                    # the same of a page, on its longer side
LEAST_DPI = 90                      # of a scan; letters of 10 points have 9 pixels then, and 100 dpi are asked for
CODE_DPI = (200, 300)               # at which codes are looked for, one after the other
CODE_PAGES, MAX_CODES, MAX_CODE = 10, 8, 200

RUNS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/RichMediaExecute"}
CARRIES = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
PACKED = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW"}


def serve(connection: int) -> None:
    with open(connection, "rb", closefd=False) as given, open(connection, "wb", closefd=False) as said:
        job = json.loads(given.readline())
        confine(open_files=32 if job["do"] in ("render", "read") else 0)
        found, picture = answer(job, given.read())
        said.write(json.dumps(found).encode() + b"\n" + picture)


def answer(job: dict[str, Any], content: bytes) -> tuple[Answer, bytes]:
    try:
        if job["do"] == "sheet":
            return sheets.read(content, job["kind"])
        if job["do"] == "read":
            return leaves.read(content, first=job["first"], last=job["last"], dpi=job["dpi"])
        if job["do"] == "render":
            return render(content, job["page"], job["width"])
        if job["accept"] == "photo":
            return inspect_photo(content, colour=job["colour"]), b""
        if job["accept"] == "picture":
            return inspect_picture(content, colour=job["colour"]), b""
        found = inspect_pdf(content, colour=job["colour"])
        if job.get("codes") and not found["problems"]:
            found["codes"] = codes_of(content, found["pages"], everywhere=job["codes"] == "all")
        return found, b""
    except Stop as stop:
        return {"pages": 0, "type": "", "problems": [stop.problem]}, b""
    except (MemoryError, RecursionError):
        return {"pages": 0, "type": "", "problems": [("file_too_complex", 0)]}, b""


def confine(*, open_files: int) -> None:
    """No writing, no children, no more memory and time than a proper file needs; `open_files` only to read fonts.

    With no further file there is no socket either. qpdf reads /dev/urandom when it meets a password, and keeps it open:
    writing one protected file beforehand lets it have that.
    """
    pikepdf.new().save(BytesIO(), encryption=pikepdf.Encryption(user="", owner="any"))
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, max(3, open_files)),
    ):
        resource.setrlimit(what, (limit, limit))
    Image.MAX_IMAGE_PIXELS = PHOTO_PIXELS


# PDF

def inspect_pdf(content: bytes, *, colour: bool) -> Answer:
    check_envelope(content)
    with open_pdf(content) as pdf:
        try:
            if int(pdf.trailer.get("/Size", 0)) > MAX_OBJECTS:
                raise Stop("file_too_complex")
            count = len(pdf.pages)
            if count > MAX_PAGES:
                raise Stop("too_many_pages")
            if not count:
                raise Stop("no_pages")
            problems = sorted(set(active_contents(pdf)), key=lambda problem: (problem[1], problem[0]))
        except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise Stop("damaged") from error
    if not problems:
        problems = look_of_pages(content, count, colour=colour)
    return {"pages": count, "type": "application/pdf", "problems": problems}


def active_contents(pdf: pikepdf.Pdf) -> Iterator[Problem]:
    """Walks everything that can be reached, pages first so that a problem can name its page."""
    seen: set[tuple[int, int]] = set()
    met = 0
    starts = [(page.obj, number) for number, page in enumerate(pdf.pages, 1)] + [(pdf.Root, 0), (pdf.docinfo, 0)]
    for start, page in starts:
        todo = [start]
        while todo:
            item, met = todo.pop(), met + 1
            if met > 2 * MAX_OBJECTS:
                raise Stop("file_too_complex")
            if item.is_indirect:
                if item.objgen in seen:
                    continue
                seen.add(item.objgen)
            if isinstance(item, pikepdf.Array):
                todo += [child for child in item.as_list() if isinstance(child, pikepdf.Object)]
            elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
                yield from verdicts(item, page)
                todo += [child for key, child in item.items() if key != "/Parent" and isinstance(child, pikepdf.Object)]


def verdicts(item: Any, page: int) -> Iterator[Problem]:
    action, subtype = str(item.get("/S", "")), str(item.get("/Subtype", ""))
    if action in RUNS or "/JS" in item or "/JavaScript" in item or "/XFA" in item:
        yield "scripts", page
    if subtype in CARRIES or action == "/GoToE" or ("/EmbeddedFiles" in item and len(item["/EmbeddedFiles"])) \
            or ("/EF" in item and "/F" in item):
        yield "embedded_files", page
    if isinstance(item, pikepdf.Stream):
        check_stream(item, page)


def check_stream(stream: pikepdf.Stream, page: int) -> None:
    """Refuses what unpacks to far more than a page can show, before anything tries to show it."""
    named = stream.get("/Filter")
    filters = [str(name) for name in named] if isinstance(named, pikepdf.Array) else [str(named)] if named else []
    if sum(name in PACKED for name in filters) > 1 or len(filters) > 3:
        raise Stop("file_too_complex", page)
    if int(stream.get("/Width", 0)) * int(stream.get("/Height", 0)) > MAX_PIXELS:
        raise Stop("file_too_complex", page)
    if filters[:1] in (["/FlateDecode"], ["/Fl"]) and unpacked_size(bytes(stream.read_raw_bytes())) > MAX_STREAM:
        raise Stop("file_too_complex", page)


def unpacked_size(packed: bytes) -> int:
    """In bytes, counted by the megabyte and no further than the limit; a broken stream counts as far as it goes."""
    reader, size = zlib.decompressobj(), 0
    try:
        while packed and size <= MAX_STREAM:
            size += len(reader.decompress(packed, 1024**2))
            packed = reader.unconsumed_tail
    except zlib.error:
        pass
    return size


def look_of_pages(content: bytes, count: int, *, colour: bool) -> list[Problem]:
    problems: list[Problem] = []
    coloured = False
    document = pypdfium2.PdfDocument(content)
    for number in range(1, count + 1):
        fault, picture = look_of_page(document, number)
        if fault:
            problems.append((fault, number))
        coloured = coloured or (colour and is_coloured(picture))
    if colour and not coloured and len(problems) < count:
        problems.append(("no_colour", 0))
    return problems


def look_of_page(document: pypdfium2.PdfDocument, number: int) -> tuple[str, Image.Image]:
    """What is wrong with how it looks, and the page of a thumbnail's size. Only a scan can be too coarse or blurred."""
    try:
        page = page_of(document, number)
        width, height = page.get_size()
        parts = parts_of(page)
        scan = is_scan(parts)
        picture = page.render(scale=min((SIDE if scan else SMALL_PAGE) / max(width, height), 4)).to_pil().convert("RGB")
        has_text = page.get_textpage().count_chars() > 0
    except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError) as error:
        raise Stop("damaged_page", number) from error
    small = picture.copy()
    small.thumbnail((SMALL_PAGE, SMALL_PAGE), Image.Resampling.BOX)
    if not has_text and is_blank(small) and not (scan and has_writing(picture)):
        return "blank_page", small
    if scan and scanned_dpi(parts) < LEAST_DPI:
        return "low_resolution", small
    return "blurred_page" if scan and is_blurred(picture) else "", small


# Codes on scans

def codes_of(content: bytes, count: int, *, everywhere: bool = False) -> list[str]:
    """What the QR codes say, turned or skewed as they may be: of the first page that has any, or of all pages."""
    document = pypdfium2.PdfDocument(content)
    read: dict[int, list[str]] = {}
    for dpi in CODE_DPI:
        for number in (n for n in range(min(count, CODE_PAGES)) if n not in read):
            if found := codes_of_page(document, number, dpi):
                if not everywhere:
                    return found[:MAX_CODES]
                read[number] = found
    return [code for number in sorted(read) for code in read[number]][:MAX_CODES]


def codes_of_page(document: pypdfium2.PdfDocument, number: int, dpi: int) -> list[str]:
    try:
        page = page_of(document, number + 1)
        across, down = page.get_size()
        scale = min(dpi / 72, (PICTURE_PIXELS / (across * down)) ** 0.5)
        picture = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError) as error:
        raise Stop("damaged_page", number + 1) from error
    return [code.text[:MAX_CODE] for code in found if code.valid]


# Photographs

def inspect_photo(content: bytes, *, colour: bool) -> Answer:
    opened = open_photo(content)
    kind = "image/png" if opened.format == "PNG" else "image/jpeg"
    picture = ImageOps.exif_transpose(opened)
    problems: list[Problem] = []
    if picture.width < PHOTO_WIDTH or picture.height < PHOTO_HEIGHT:
        problems.append(("photo_too_small", 0))
    if len(content) <= PHOTO_BYTES:
        problems.append(("photo_too_light", 0))
    small = picture.convert("RGB")
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    if is_blank(small):
        problems.append(("blank_photo", 0))
    elif colour and not is_coloured(small):
        problems.append(("no_colour", 0))
    return {"pages": 1, "type": kind, "problems": problems}


# Pages sent as pictures

def inspect_picture(content: bytes, *, colour: bool) -> Answer:
    opened = open_photo(content)
    kind = "image/png" if opened.format == "PNG" else "image/jpeg"
    picture = on_white(ImageOps.exif_transpose(opened))
    problems: list[Problem] = []
    if min(picture.size) < PICTURE_SIDE:
        problems.append(("picture_too_small", 0))
    elif is_blurred(picture):
        problems.append(("blurred_picture", 0))
    picture.thumbnail((THUMBNAIL, 2 * THUMBNAIL), reducing_gap=2)
    if is_blank(picture):
        problems.append(("blank_picture", 0))
    elif colour and not has_colours(picture):
        problems.append(("picture_without_colour", 0))
    return {"pages": 1, "type": kind, "problems": problems}


# Pictures of pages

def render(content: bytes, number: int, width: int) -> tuple[Answer, bytes]:
    if content.startswith((b"\xff\xd8", b"\x89PNG")):
        picture, count = ImageOps.exif_transpose(open_photo(content)).convert("RGB"), 1
        if number != 1:
            raise Stop("no_such_page", number)
        picture.thumbnail((width, 4 * width))
    else:
        check_envelope(content)
        picture, count = page_picture(content, number, width)
    out = BytesIO()
    picture.save(out, "PNG", compress_level=3)
    return {"pages": count, "type": "image/png", "problems": []}, out.getvalue()


def page_picture(content: bytes, number: int, width: int) -> tuple[Image.Image, int]:
    try:
        document = pypdfium2.PdfDocument(content)
        if not 1 <= number <= len(document):
            raise Stop("no_such_page", number)
        page = page_of(document, number)
        across, down = page.get_size()
        scale = min(width / across, (PICTURE_PIXELS / (across * down)) ** 0.5)
        return page.render(scale=scale).to_pil().convert("RGB"), len(document)
    except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError) as error:
        raise Stop("damaged_page", number) from error
