"""认证. Whether a paper from abroad is certified (apostille or consular authentication) and translated into Chinese.

One that is Chinese on all its pages was issued here and needs neither.
"""

from collections.abc import Iterator, Mapping

from laihua.kernel.texts import Text
from laihua.prechecks.checks._common import CERTIFICATION, carries_words, is_another, places, whole_pages
from laihua.prechecks.document import Document, Page
from laihua.prechecks.findings import Finding, Given

CHINESE, FOREIGN = 0.3, 0.12
"""From this share of Chinese characters among its letters on a page counts as Chinese, below the other one as foreign."""
TITLE, TRANSLATION = Text("认证", "Certification"), Text("中文译文", "Chinese translation")
THERE = Text("看到附加证明书或领事认证", "An apostille or consular authentication is there")
ELSEWHERE = Text("认证在“{slot}”中", "The certification is in “{slot}”")
ABSENT = Text(
    "没有看到附加证明书（海牙认证）或中国使领馆的认证。请先在出具国办理认证，把认证页与原件合成一个文件上传",
    "No apostille or authentication by a Chinese embassy was seen. Please have it certified in its country first, and upload the "
    "certification together with the document")
TRANSLATED = Text("看到中文译文", "A Chinese translation is there")
UNTRANSLATED = Text(
    "没有看到中文译文。外文材料须附中文译文，请与原件合成一个文件上传",
    "No Chinese translation was seen. Please upload a translation together with the document")


def check(given: Given, others: Mapping[str, Given]) -> Iterator[Finding]:
    document = given.document
    if not given.asks.certified or is_another(given) or not carries_words(document):
        return
    own = document.kind(given.asks.kind)
    proof = document.kind(CERTIFICATION)
    pages = [p for p in document.leaves if p.words and (not proof or p.number not in proof.pages or (own and p.number in own.pages))]
    if any(is_foreign(page) for page in pages) or proof or named(document):
        yield certification(given, others)
    if any(is_foreign(page) for page in pages):
        found = [page.number for page in pages if page.chinese >= CHINESE]
        yield Finding(
            "certified", given.asks.slot, "pass" if found else "doubt", TRANSLATION, TRANSLATED if found else UNTRANSLATED,
            carried="translation", places=whole_pages(found[:1]),
        )


def certification(given: Given, others: Mapping[str, Given]) -> Finding:
    if seen := given.document.kind(CERTIFICATION):
        number = given.document.found(CERTIFICATION, "number")[:1] + given.document.found(CERTIFICATION, "authority")[:1]
        return Finding("certified", given.asks.slot, "pass", TITLE, THERE, read=number[0].text if number else "",
                       places=places(number) or whole_pages(seen.pages[:1]))
    if told := named(given.document):
        return Finding("certified", given.asks.slot, "pass", TITLE, THERE, places=whole_pages(told[:1]))
    for slot, other in others.items():
        if slot != given.asks.slot and other.asks.kind == CERTIFICATION and other.document.kind(CERTIFICATION):
            return Finding("certified", given.asks.slot, "pass", TITLE, ELSEWHERE.format(slot=other.asks.title), other_slot=slot)
    return Finding("certified", given.asks.slot, "doubt", TITLE, ABSENT, places=whole_pages(page.number for page in last(given.document)))


def named(document: Document) -> list[int]:
    """The pages on which a line names what certifies them, with its number."""
    return [page.number for page in document.leaves if page.certified]


def last(document: Document) -> tuple[Page, ...]:
    return document.leaves[-1:]


def is_foreign(page: Page) -> bool:
    return page.chinese < FOREIGN
