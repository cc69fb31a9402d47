"""What a service asks before its form: a few of its fields, and statements that are read and ticked. Plain values."""

from dataclasses import dataclass

from laihua.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class Statement:
    """承诺 or 服务须知. Whoever starts the case ticks it; its words as they stood then stay with the case."""

    key: str
    title: Text
    text: Text
    tick: Text
    when: str = ""                      # CEL over the fields of the first page


@dataclass(frozen=True, slots=True)
class FirstPage:
    """`fields` are keys of the form, asked here and refused by their own rules. Those of `fixed` stay as they were chosen."""

    title: Text
    fields: tuple[str, ...]
    statements: tuple[Statement, ...]
    fixed: tuple[str, ...] = ()
    hint: Text | None = None
