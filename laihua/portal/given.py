"""What a browser sent, read with care."""


def whole_number(text: str | None) -> int | None:
    """None for whatever is not a plain number of at most nine digits."""
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdecimal() else None
