"""页数. Whether a page is missing, by the numbers that the pages print: page 2 of 5."""

from collections.abc import Iterator, Mapping

from laihua.kernel.texts import Text
from laihua.prechecks.checks._common import is_another, whole_pages
from laihua.prechecks.document import Document
from laihua.prechecks.findings import Finding, Given

TITLE = Text("页数", "Pages")
MOST = 200
RIGHT = Text("页码连续，共{total}页", "The pages are complete: {total}")
MISSING = Text(
    "页码显示共{total}页，缺第{missing}页。请补扫后上传完整的文件",
    "By its page numbers it has {total} pages; page {missing} is missing. Please scan it and upload the complete file")


def check(given: Given, others: Mapping[str, Given]) -> Iterator[Finding]:
    runs = list(numbered(given.document))
    if not runs or is_another(given):
        return
    unnumbered = sum(page.numbered is None for page in given.document.leaves) + given.document.pages - len(given.document.leaves)
    for total, seen in runs:
        missing = sorted(set(range(1, total + 1)) - set(seen))
        if len(missing) > unnumbered:
            listed = Text("、".join(map(str, missing)), ", ".join(map(str, missing)))
            yield Finding(
                "pages", given.asks.slot, "mismatch", TITLE, MISSING.format(total=total, missing=listed),
                given=str(total), read=str(total - len(missing)), places=whole_pages(list(seen.values())[-1:]),
            )
            return
    yield Finding("pages", given.asks.slot, "pass", TITLE, RIGHT.format(total=runs[0][0]), read=str(runs[0][0]))


def numbered(document: Document) -> Iterator[tuple[int, dict[int, int]]]:
    """Runs of pages of one paper: how many it says it has, and which of them lie where in the file."""
    total, seen = 0, dict[int, int]()
    for page in document.leaves:
        if page.numbered is None:
            continue
        number, of = page.numbered
        if not 1 <= number <= of <= MOST:
            continue
        if of != total or number in seen:
            if total:
                yield total, seen
            total, seen = of, {}
        seen[number] = page.number
    if total:
        yield total, seen
