"""What is left untranslated on a page: Chinese characters of an English page, outside passages marked `lang="zh…"`."""

import re
from html.parser import HTMLParser

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff01-\uff60]+")
SPOKEN = frozenset({"aria-label", "aria-description", "placeholder", "title", "alt", "data-lh-tip", "data-label", "data-lh-busy-text"})
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


def chinese_left(html: str, *, allowed: frozenset[str] | set[str] = frozenset()) -> list[str]:
    """Every Chinese passage that an English reader would meet, in texts and in spoken attributes.

    `allowed` holds data that has no English form, such as the name of an invented unit.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [found for passage in reader.passages for found in CHINESE.findall(_without(passage, allowed))]


def _without(passage: str, allowed: frozenset[str] | set[str]) -> str:
    for word in sorted(allowed, key=len, reverse=True):
        passage = passage.replace(word, "")
    return passage


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.passages: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def _silent(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        language = given.get("lang") or ""
        silent = tag in {"script", "style"} or (language.startswith("zh") if language else self._silent())
        if not silent:
            self.passages += [value for name, value in attributes if name in SPOKEN and value]
        if tag not in VOID:
            self._open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._silent():
            self.passages.append(data)
