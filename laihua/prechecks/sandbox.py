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
from PIL import Image, ImageChops, ImageOps, ImageStat

from laihua.prechecks import sheets

Image.preinit()  # readers of pictures load now, since no file can be opened later

MEMORY, SECONDS, MAX_PAGES, MAX_OBJECTS = 512 * 1024**2, 8, 100, 100_000
MAX_STREAM = 128 * 1024**2          # unpacked; A4 in colour at 600 dpi is 104 MB
MAX_PIXELS = 100_000_000            # of one image inside a PDF
PHOTO_PIXELS, PHOTO_WIDTH, PHOTO_HEIGHT, PHOTO_BYTES = 40_000_000, 354, 472, 40 * 1024
PICTURE_PIXELS = 12_000_000         # of a rendered page
PICTURE_SIDE = 600                  # of a scanned page sent as a picture, the shorter side; A4 at 75 dpi is 620
THUMBNAIL = 400                     # width at which a page is judged blank or grey
SMALL = 180                         # width at which its colours are told apart
SEPIA = range(13, 50)               # hues of old photographs, of 256: 18 to 70 degrees. Seals are red: 345 to 12
CODE_DPI = (200, 300)               # at which codes are looked for, one after the other
CODE_PAGES, MAX_CODES, MAX_CODE = 10, 8, 200

RUNS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/RichMediaExecute"}
CARRIES = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
MARKUP = (b"<html", b"<script", b"<!doctype", b"<svg", b"<?php")
PACKED = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW"}

Problem = tuple[str, int]
Answer = dict[str, Any]


class Stop(Exception):
    """Nothing more can be said of the file than this one problem."""

    def __init__(self, code: str, page: int = 0) -> None:
        super().__init__(code)
        self.problem = (code, page)


def serve(connection: int) -> None:
    with open(connection, "rb", closefd=False) as given, open(connection, "wb", closefd=False) as said:
        job = json.loads(given.readline())
        confine(open_files=32 if job["do"] == "render" else 0)
        found, picture = answer(job, given.read())
        said.write(json.dumps(found).encode() + b"\n" + picture)


def answer(job: dict[str, Any], content: bytes) -> tuple[Answer, bytes]:
    try:
        if job["do"] == "sheet":
            return sheets.read(content, job["kind"])
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


def check_envelope(content: bytes) -> None:
    """A PDF begins as one and ends as one: no page, archive or program is glued to it."""
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if not head.startswith(b"%PDF-"):
        raise Stop("not_a_pdf")
    tail = content[content.rfind(b"%%EOF") + 5:].strip(b"\0\r\n \t\x1a") if b"%%EOF" in content else b""
    if any(mark in head.lower() for mark in MARKUP) or b"PK\x05\x06" in tail or len(tail) > 1024 \
            or any(mark in tail.lower() for mark in MARKUP):
        raise Stop("two_files_in_one")


def open_pdf(content: bytes) -> pikepdf.Pdf:
    """Strictly: a file whose table of contents must be guessed is damaged, since readers would guess differently."""
    try:
        pdf = pikepdf.open(BytesIO(content), attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise Stop("encrypted") from error
    except (pikepdf.PdfError, ValueError) as error:
        raise Stop("damaged") from error
    if pdf.is_encrypted:
        pdf.close()
        raise Stop("encrypted")
    return pdf


def active_contents(pdf: pikepdf.Pdf) -> Iterator[Problem]:
    """Walks everything that can be reached, pages first so that a problem can name its page."""
    seen: set[tuple[int, int]] = set()
    starts = [(page.obj, number) for number, page in enumerate(pdf.pages, 1)] + [(pdf.Root, 0), (pdf.docinfo, 0)]
    for start, page in starts:
        todo = [start]
        while todo:
            item = todo.pop()
            if item.is_indirect:
                if item.objgen in seen:
                    continue
                seen.add(item.objgen)
                if len(seen) > MAX_OBJECTS:
                    raise Stop("file_too_complex")
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
    for number in range(count):
        picture, has_text = thumbnail(document, number)
        if not has_text and is_blank(picture):
            problems.append(("blank_page", number + 1))
        coloured = coloured or (colour and is_coloured(picture))
    if colour and not coloured and len(problems) < count:
        problems.append(("no_colour", 0))
    return problems


def thumbnail(document: pypdfium2.PdfDocument, number: int) -> tuple[Image.Image, bool]:
    try:
        page = document[number]
        width, height = page.get_size()
        scale = min(THUMBNAIL / width, 4 * THUMBNAIL / height)
        return page.render(scale=scale).to_pil().convert("RGB"), page.get_textpage().count_chars() > 0
    except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError) as error:
        raise Stop("damaged_page", number + 1) from error


def is_blank(picture: Image.Image) -> bool:
    """Nothing stands out from the paper: noise of a scanner and shadows of a fold stay within 40 of 255 shades."""
    shades = picture.convert("L").histogram()
    paper = max(range(256), key=shades.__getitem__)
    marks = sum(count for shade, count in enumerate(shades) if abs(shade - paper) > 40)
    return marks < sum(shades) * 0.0002


def is_coloured(picture: Image.Image) -> bool:
    """At least two pixels of a thousand differ by more than 24 between their red, green and blue."""
    red, green, blue = picture.convert("RGB").split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    least = ImageChops.darker(ImageChops.darker(red, green), blue)
    spread = ImageChops.subtract(most, least).histogram()
    return sum(spread[25:]) > sum(spread) * 0.002


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
        page = document[number]
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


def open_photo(content: bytes) -> Any:
    try:
        picture = Image.open(BytesIO(content), formats=("JPEG", "PNG"))
        if picture.width * picture.height > PHOTO_PIXELS:
            raise Stop("photo_too_large")
        picture.load()
    except Image.UnidentifiedImageError as error:
        raise Stop("not_a_photo") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Stop("photo_too_large") from error
    except (OSError, ValueError, SyntaxError, zlib.error) as error:
        raise Stop("damaged") from error
    return picture


# Pages sent as pictures

def inspect_picture(content: bytes, *, colour: bool) -> Answer:
    opened = open_photo(content)
    kind = "image/png" if opened.format == "PNG" else "image/jpeg"
    picture = on_white(ImageOps.exif_transpose(opened))
    problems: list[Problem] = []
    if min(picture.size) < PICTURE_SIDE:
        problems.append(("picture_too_small", 0))
    picture.thumbnail((THUMBNAIL, 2 * THUMBNAIL), reducing_gap=2)
    if is_blank(picture):
        problems.append(("blank_picture", 0))
    elif colour and not has_colours(picture):
        problems.append(("picture_without_colour", 0))
    return {"pages": 1, "type": kind, "problems": problems}


def on_white(picture: Image.Image) -> Image.Image:
    """What is transparent shows the paper below it."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    page = Image.new("RGB", picture.size, "white")
    page.paste(picture, mask=picture.convert("RGBA").getchannel("A"))
    return page


def has_colours(page: Image.Image) -> bool:
    """Whether a page is in colour: a seal of a fingertip's size is enough, a tint over everything is not.

    Small, for JPEG lets colours run into their neighbours, and that evens out. First the paper is taken for white, so that
    yellowed paper, a warm lamp or a blue cast count for nothing. What is tinted then is a colour if it is strong, if there
    is more than one hue, or if its one hue is none that pictures are toned with and what is neither black nor white is
    partly neutral.
    """
    page.thumbnail((SMALL, 2 * SMALL))
    page = paper_made_white(page)
    red, green, blue = page.split()
    spread = ImageChops.subtract(
        ImageChops.lighter(ImageChops.lighter(red, green), blue), ImageChops.darker(ImageChops.darker(red, green), blue)
    )
    few = page.width * page.height * 0.0004
    if sum(spread.histogram()[120:]) > few:
        return True
    tinted = spread.point(lambda value: 255 if value > 36 else 0)
    if sum(tinted.histogram()[255:]) <= few:
        return False
    hues = page.convert("HSV").getchannel("H").histogram(tinted)
    one_hue, middle = max((sum(hues[(start + n) % 256] for n in range(43)), (start + 21) % 256) for start in range(256))
    if sum(hues) - one_hue > max(few, 0.1 * sum(hues)):
        return True
    if middle in SEPIA and sum(hues[h] for h in SEPIA) > 0.6 * sum(hues):
        return False
    between = page.convert("L").point(lambda value: 255 if 60 <= value <= 190 else 0)
    neutral = spread.point(lambda value: 255 if value <= 16 else 0)
    count = sum(between.histogram()[255:])
    return sum(ImageChops.darker(between, neutral).histogram()[255:]) > 0.25 * count


def paper_made_white(page: Image.Image) -> Image.Image:
    """Each colour stretched by what the commonest light shade lacks of it; a picture without paper stays as it is."""
    shades = page.convert("L")
    counts = shades.histogram()
    paper = max(range(110, 256), key=counts.__getitem__)
    if sum(counts[max(0, paper - 12): paper + 13]) < 0.1 * sum(counts):
        return page
    near = shades.point(lambda value: 255 if abs(value - paper) <= 12 else 0)
    means = [max(mean, 1) for mean in ImageStat.Stat(page, near).mean]
    top = max(means)
    stretched = [
        channel.point(lambda value, by=top / mean: min(255, round(value * by)))
        for channel, mean in zip(page.split(), means, strict=True)
    ]
    return Image.merge("RGB", stretched)


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
        page = document[number - 1]
        across, down = page.get_size()
        scale = min(width / across, (PICTURE_PIXELS / (across * down)) ** 0.5)
        return page.render(scale=scale).to_pil().convert("RGB"), len(document)
    except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError) as error:
        raise Stop("damaged_page", number) from error
