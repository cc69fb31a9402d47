"""How like two values are, and what a person is told of it."""

from dataclasses import dataclass
from typing import Literal

from laihua.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class Likeness:
    """`near`: probably the same, a person should look. `text` says what differs, or why it is the same; what to do comes after it."""

    level: Literal["equal", "near", "different"]
    text: Text


SAME = Text("内容一致", "The two agree")
EQUAL = Likeness("equal", SAME)
DIFFERENT = Likeness("different", Text("两处内容不同", "The two differ"))


def equal(zh: str, en: str) -> Likeness:
    return Likeness("equal", Text(zh, en))


def near(zh: str, en: str) -> Likeness:
    return Likeness("near", Text(zh, en))


def different(zh: str, en: str) -> Likeness:
    return Likeness("different", Text(zh, en))
