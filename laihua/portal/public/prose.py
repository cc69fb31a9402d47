"""Markdown to HTML for guides and the hall's own pages. Raw HTML stays text; a script cannot be linked."""

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_READER = MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=64)
def prose(markdown: str) -> SafeString:
    """The page has its own h1: every heading of the text goes one level down, and a first title is left out."""
    tokens = _READER.parse(markdown)
    if tokens and tokens[0].tag == "h1":
        del tokens[:3]
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}" if token.tag == "h1" else token.tag
    return mark_safe(_READER.renderer.render(tokens, _READER.options, {}))
