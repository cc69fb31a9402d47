"""What people and attackers put where words are expected, and every place that takes words."""

import re
from functools import cache
from pathlib import Path

from laihua import portal

HOSTILE = {
    "markup, SQL, emoji, marks": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7|add:7 }}{0.__class__}%s%n"
    "\u202egnp.exe\u2066\u200f👩‍🔬🇨🇳'; DROP TABLE cases_case; --\r\nSet-Cookie: x=1\u2028..\\..\\etc:passwd",
    "null byte": "nul\0byte",
    "not a decimal digit": "²",
    "5,000 digits": "9" * 5000,
    "year one": "0001-01-01T00:00",
}
LONG = "长" * 100_000
TOKENS = {
    "nothing behind base64": "////", "not base64": "§§§", "not JSON": "eHh4", "a number": "NDI=", "null": "bnVsbA==",
    "wrong length": "WyIxIl0=", "not a date": "WyJ4IiwgInkiXQ==", "too long a date": "WyI5OTk5OTk5OS0wMS0wMSIsICIxIl0=",
    "null byte": "WyJcdTAwMDAiLCAiXHUwMDAwIl0=",
}


@cache
def parameter_names() -> tuple[str, ...]:
    """The names under which the pages read what was sent, from their source."""
    found: set[str] = set()
    for file in Path(portal.__path__[0]).rglob("*.py"):
        found |= set(re.findall(r"\.get(?:list)?\(\s*\"([a-z_]+)\"", file.read_text(encoding="utf-8")))
    return tuple(sorted(found))
