"""What a document says, kept from those who may not see it: officers before they ask, and whoever reads the logs. Pure."""

import traceback
from collections.abc import Mapping

from laihua.kernel.masking import mask
from laihua.kernel.texts import Text

FEW = 2
"""So many characters that differ are shown within two numbers that are hidden otherwise."""


def hidden(kind: str, given: str, read: str) -> tuple[str, str]:
    """Both masked. Where they differ in a character or two these are shown, for they are what has to be looked at."""
    shown = mask(kind, given), mask(kind, read)
    apart = [n for n, (a, b) in enumerate(zip(given, read, strict=False)) if a != b]
    if not len(given) == len(read) == len(shown[0]) == len(shown[1]) or not 0 < len(apart) <= FEW:
        return shown
    return tuple("".join(c if n in apart else m for n, (c, m) in enumerate(zip(value, masked, strict=True)))  # type: ignore[return-value]
                 for value, masked in zip((given, read), shown, strict=True))


def without(text: Text, hidden_values: Mapping[str, str]) -> Text:
    zh, en = text.zh, text.en
    for value, masked in sorted(hidden_values.items(), key=lambda pair: -len(pair[0])):
        if value:
            zh, en = zh.replace(value, masked), en.replace(value, masked)
    return Text(zh, en)


def where(error: Exception) -> str:
    """An error for the log: its kind and place, without its words, which may quote the document."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {frame.filename}:{frame.lineno}"
