"""清晰度. Whether the pages could be read, as far as reading tells; the gate has refused what is blurred or blank altogether."""

from collections.abc import Iterator, Mapping

from laihua.kernel.texts import Text
from laihua.prechecks.checks._common import carries_words, whole_pages
from laihua.prechecks.document import Page
from laihua.prechecks.findings import Finding, Given

TITLE = Text("清晰度", "Legibility")
SURE, FEW = 0.75, 5
"""A page of that many lines or more that were read less surely on average is hard to read for people too."""
RIGHT = Text("各页文字清晰", "The pages are easy to read")
NOTHING = Text(
    "没有读出文字。请确认文件内容清晰、方向正确；必要时用200 dpi彩色重新扫描",
    "No words could be read. Please make sure that the pages are clear and upright; if need be scan them again in colour at 200 dpi")
HARD = Text(
    "第{pages}页文字不清，部分内容可能读错。请用200 dpi重新扫描，或在光线均匀处正对纸面拍摄",
    "Page {pages} is hard to read, and some of it may be misread. Please scan it again at 200 dpi, or photograph it in even light")


def check(given: Given, others: Mapping[str, Given]) -> Iterator[Finding]:
    document = given.document
    if not document.leaves or all(page.by == "nothing" for page in document.leaves):
        return          # nobody tried to read it; its state says so
    if not carries_words(document):
        yield Finding("legible", given.asks.slot, "doubt", TITLE, NOTHING, places=whole_pages(p.number for p in document.leaves[:1]))
        return
    hard = [page.number for page in document.leaves if is_hard(page)]
    text = HARD.format(pages=Text("、".join(map(str, hard)), ", ".join(map(str, hard)))) if hard else RIGHT
    yield Finding("legible", given.asks.slot, "doubt" if hard else "pass", TITLE, text, places=whole_pages(hard))


def is_hard(page: Page) -> bool:
    return page.by == "ocr" and page.words >= FEW and page.sure < SURE
