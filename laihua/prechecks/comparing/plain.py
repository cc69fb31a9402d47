"""Characters as they are compared: full-width letters as plain ones, one for one, so that places in a text stay what they are."""

import unicodedata

MARKS = {
    **dict.fromkeys("–—‐‑‒−－", "-"), **dict.fromkeys("⁄∕", "/"), **dict.fromkeys("·．。", "."), **dict.fromkeys("’‘`´", "'"),
    **dict.fromkeys("\u3000\xa0\u2009\u202f\t", " "),
}


def narrow(text: str) -> str:
    """The same number of characters, each in its plainest form."""
    return "".join(MARKS.get(c) or plain(c) for c in text)


def plain(character: str) -> str:
    form = unicodedata.normalize("NFKC", character)
    return form if len(form) == 1 else character


def bare(text: str) -> str:
    """Without accents, in small letters: what words are looked up by. The number of characters may change."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def words_of(row: str) -> frozenset[str]:
    return frozenset(row.split())
