"""印章. Whether a red seal is seen, where the material asks for one. None seen is a doubt: a seal may be black or pale."""

from collections.abc import Iterator, Mapping

from laihua.kernel.texts import Text
from laihua.prechecks.checks._marks import looked_for
from laihua.prechecks.findings import Finding, Given

TITLE = Text("印章", "Seal")
THERE = Text("看到红色印章", "A red seal is there")
ABSENT = Text(
    "没有看到红色印章。请确认已盖章，并用彩色扫描；已盖章的不用处理",
    "No red seal was seen. Please make sure that it is sealed and scanned in colour; if it is, nothing has to be done")


def check(given: Given, others: Mapping[str, Given]) -> Iterator[Finding]:
    seen = {page.number: page.seals for page in given.document.leaves}
    yield from looked_for(given, "seal", TITLE, seen, THERE, ABSENT)
