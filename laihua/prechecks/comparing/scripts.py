"""The Chinese and the Latin part of a text that carries both, such as 吕佳萱 (LYU Jiaxuan)."""

import re

HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿々〇]")
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")


def han(text: str) -> str:
    return "".join(HAN.findall(text))


def has_han(text: str) -> bool:
    return HAN.search(text) is not None


def has_latin(text: str) -> bool:
    return LATIN.search(text) is not None


def latin(text: str) -> str:
    """What is left of a text without its Chinese characters."""
    return re.sub(r"\(\s*\)|（\s*）", " ", HAN.sub(" ", text)).strip() if has_latin(text) else ""


LATIN_RUN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ][A-Za-zÀ-ɏḀ-ỿ.,'&/ -]*")
EMPTY_BRACKETS = re.compile(r"\(\s*\)|（\s*）")


def chinese(text: str) -> str:
    """A text without its Latin words; figures and punctuation stay."""
    return EMPTY_BRACKETS.sub(" ", LATIN_RUN.sub(" ", text)).strip(" /|-") if has_han(text) else ""
