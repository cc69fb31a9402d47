"""What the gate says of PDF files, proper and hostile."""

import re
from pathlib import Path

import pytest
from PIL import Image

from laihua.prechecks import gate
from laihua.prechecks.reasons import HELP, REASONS
from tests.prechecks import samples

CHILD = [Path(gate.__file__).with_name(f"{name}.py") for name in ("sandbox", "opening", "leaves", "textlayer", "looks")]


def inspect(content: bytes, name: str = "护照.pdf", *, colour: bool = False, limit: int = 2**22) -> gate.GateResult:
    return gate.inspect(content, name=name, accept="pdf", max_bytes=limit, colour=colour)


def codes(result: gate.GateResult) -> list[str]:
    return [problem.code for problem in result.problems]


@pytest.mark.req("PRE-1")
def test_an_ordinary_scan_passes() -> None:
    result = inspect(samples.scan(samples.page_image(), samples.page_image(colour=False)), colour=True)
    assert result.ok
    assert not result.problems
    assert (result.pages, result.content_type) == (2, "application/pdf")


def test_links_and_a_start_view_are_no_scripts() -> None:
    assert inspect(samples.with_plain_link_and_start_view()).ok


HOSTILE = {
    "truncated": (lambda: samples.scan()[:-4000], ["damaged"]),
    "cut in the middle": (lambda: samples.scan()[:2000], ["damaged"]),
    "encrypted": (lambda: samples.encrypted(user="secret", owner="secret"), ["encrypted"]),
    "restricted by an owner's password": (lambda: samples.encrypted(user="", owner="secret"), ["encrypted"]),
    "script at opening": (samples.with_open_action, ["scripts"]),
    "script in the names": (samples.with_named_script, ["scripts"]),
    "program behind a link": (samples.with_launching_link, ["scripts"]),
    "embedded file": (samples.with_embedded_file, ["embedded_files"]),
    "attachment note": (samples.with_attachment_note, ["embedded_files"]),
    "web page before the PDF": (samples.html_before_pdf, ["not_a_pdf"]),
    "web page inside its head": (samples.html_inside_head, ["two_files_in_one"]),
    "archive after the PDF": (samples.zip_after_pdf, ["two_files_in_one"]),
    "picture named .pdf": (samples.photo, ["not_a_pdf"]),
    "0 bytes": (lambda: b"", ["empty"]),
    "xref loop": (samples.xref_loop, ["damaged"]),
    "page tree loop": (samples.page_tree_loop, ["damaged"]),
    "no pages": (samples.no_pages, ["no_pages"]),
    "101 pages": (lambda: samples.many_pages(101), ["too_many_pages"]),
    "deflate bomb": (samples.deflate_bomb, ["file_too_complex"]),
    "image of 30,000 × 30,000": (samples.giant_image_in_pdf, ["file_too_complex"]),
}


@pytest.mark.req("PRE-1")
@pytest.mark.req("PRE-8")
@pytest.mark.parametrize("case", HOSTILE)
def test_each_hostile_file_is_answered_with_its_reason(case: str) -> None:
    build, expected = HOSTILE[case]
    result = inspect(build())
    assert not result.ok
    assert sorted(set(codes(result))) == expected
    for problem in result.problems:
        assert problem.link == HELP
        assert problem.text.zh
        assert problem.text.en
        assert "{" not in problem.text.zh + problem.text.en


def test_a_reason_names_its_page() -> None:
    (problem,) = inspect(samples.with_script_on_page(2)).problems
    assert problem.text.zh.startswith("第2页")
    assert problem.text.en.startswith("Page 2")


def test_blank_pages_are_named_one_by_one() -> None:
    blank = Image.new("RGB", (827, 1169), (250, 249, 247))
    result = inspect(samples.scan(samples.page_image(), blank, samples.page_image(), blank))
    assert [problem.text.en[:7] for problem in result.problems] == ["Page 2 ", "Page 4 "]


def test_grey_is_refused_only_where_colour_is_asked() -> None:
    grey = samples.scan(samples.page_image(colour=False))
    assert codes(inspect(grey, colour=True)) == ["no_colour"]
    assert inspect(grey, colour=False).ok


def test_all_that_name_and_size_tell_is_said_at_once() -> None:
    result = inspect(samples.scan(), "护照.docx", limit=1000)
    assert codes(result) == ["wrong_ending", "too_big"]
    assert "上限1000 bytes" in result.problems[1].text.zh


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "..\\boot.pdf", "a\0.pdf", "a\n.pdf", "", "x" * 300 + ".pdf"])
def test_a_name_is_a_plain_name(name: str) -> None:
    assert codes(inspect(samples.scan(), name)) == ["bad_name"]


def test_every_code_that_the_child_can_say_has_its_sentence() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in CHILD)
    said = set(re.findall(r'(?:Stop\(|append\(\(|yield |return |\[\()"(\w+)"', code))
    assert said >= {"damaged", "scripts", "blank_page", "file_too_complex", "no_such_page"}
    assert said <= REASONS.keys()
