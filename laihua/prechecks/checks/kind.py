"""材料种类. Whether the document is what its slot asks for."""

from collections.abc import Iterator, Mapping

from laihua.kernel.texts import Text
from laihua.prechecks.checks import fields
from laihua.prechecks.checks._common import CERTIFICATION, carries_words, is_another, kind_of, whole_pages
from laihua.prechecks.findings import Finding, Given
from laihua.prechecks.kind import kinds

TITLE = Text("材料种类", "Kind of document")
RIGHT = Text("识别为{asked}", "Recognised as: {asked}")
ANOTHER = Text(
    "此处应上传{asked}，这份文件看来是{seen}。请换成正确的文件；如果确实是{asked}，请写明理由",
    "This is the place for: {asked}. The file looks like: {seen}. Please upload the right one; if it is the right one, say so")
UNKNOWN = Text(
    "没有认出这是{asked}。请确认传的是正确的文件，并且内容完整、清晰",
    "This was not recognised as: {asked}. Please make sure that it is the right file, complete and easy to read")

FITS = Text(
    "版式少见，但读到的内容与填报一致，应为{asked}",
    "An unusual layout, but what could be read agrees with the form: {asked}")
ENOUGH = 2
"""So many values that agree, each found where such a paper has it, say as much as the words of its kind."""


def check(given: Given, others: Mapping[str, Given]) -> Iterator[Finding]:
    asked = kind_of(given)
    if asked is None or not carries_words(given.document):
        return
    if seen := given.document.kind(asked.id):
        text = RIGHT.format(asked=asked.title)
        yield Finding("kind", given.asks.slot, "pass", TITLE, text, read=asked.title.zh, places=whole_pages(seen.pages[:1]))
    elif is_another(given):
        likeliest = next(seen for seen in given.document.seen if seen.id != CERTIFICATION or not given.asks.certified)
        title = kinds()[likeliest.id].title
        yield Finding(
            "kind", given.asks.slot, "mismatch", TITLE, ANOTHER.format(asked=asked.title, seen=title),
            given=asked.title.zh, read=title.zh, places=whole_pages(likeliest.pages[:1]),
        )
    elif sum(found.level == "pass" for found in fields.check(given, others)) >= ENOUGH:
        yield Finding("kind", given.asks.slot, "pass", TITLE, FITS.format(asked=asked.title), read=asked.title.zh, places=whole_pages([1]))
    else:
        text = UNKNOWN.format(asked=asked.title)
        yield Finding("kind", given.asks.slot, "doubt", TITLE, text, given=asked.title.zh, places=whole_pages([1]))
