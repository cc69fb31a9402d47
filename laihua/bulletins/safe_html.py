"""What an editor may leave behind: a few tags, links to the web and mail, nothing that runs or looks.

Cleaned when it is stored and again when it is shown, so that a list that grows shorter holds for what is stored already.
"""

import html
import re

import nh3

TAGS = {"p", "br", "strong", "b", "em", "i", "h2", "h3", "ul", "ol", "li", "blockquote", "a"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto", "tel"}
DROPPED = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title", "textarea", "xmp"}
"""With all that stands in them; of other tags the text stays."""

_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_BLANKS = re.compile(r"\s+")


def clean(source: str) -> str:
    """Only `TAGS`, without attributes but the address of a link. The same text cleaned twice is the same."""
    return nh3.clean(
        source, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, clean_content_tags=DROPPED,
        link_rel="noopener noreferrer nofollow", attribute_filter=_address,
    ).strip()


def from_typed(source: str) -> str:
    """What came from the editor, or from the plain field without script: there a blank line parts paragraphs."""
    source = source.replace("\r\n", "\n").strip()
    if source and not _TAG.search(source):
        parts = (html.escape(part.strip(), quote=False) for part in re.split(r"\n\s*\n", source))
        source = "".join(f"<p>{part}</p>" for part in parts if part).replace("\n", "<br>")
    cleaned = clean(source)
    return cleaned if plain(cleaned) else ""


def plain(source: str) -> str:
    """The words alone, on one line."""
    words = nh3.clean(re.sub(r"<(?:br|/p|/li|/h\d|/blockquote)[^>]*>", " ", source), tags=set(), clean_content_tags=DROPPED)
    return _BLANKS.sub(" ", html.unescape(words)).strip()


def _address(tag: str, attribute: str, value: str) -> str | None:
    """An address of the web or of this hall; one without a scheme that leads elsewhere names no host that a reader sees."""
    return None if attribute == "href" and re.match(r"[\s\x00-\x1f]*[\\/]{2}|[\s\x00-\x1f]*[\\/]\\", value) else value
