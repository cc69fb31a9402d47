"""What keeps a case from being complete, and how it is said. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from dateutil.relativedelta import relativedelta

from laihua.catalog import values
from laihua.catalog.conditions import Condition
from laihua.catalog.definitions import Field, Section, Window
from laihua.catalog.names import Names
from laihua.catalog.values import DECLARE, REQUIRED, Invalid
from laihua.kernel.texts import Text

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gap:
    """What keeps a case from being complete. `place` as in `Reason.place`."""

    place: str
    label: Text
    message: Text
    kind: Literal["missing", "invalid", "material"]


@dataclass(frozen=True, slots=True)
class CompiledField:
    field: Field
    when: Condition | None
    required: Condition | bool
    rules: tuple[tuple[Condition, Text], ...]


def holds(flag: Condition | bool, names: Names) -> bool:
    return flag if isinstance(flag, bool) else names.holds(flag)


def field_gaps(f: CompiledField, answers: Answers, names: Names, place: str, label: Text) -> Iterator[Gap]:
    field = f.field
    if not names.holds(f.when) or is_known(field, answers, names):
        return
    raw = answers.get(field.key)
    if values.is_absent(raw) or (field.type == "declaration" and raw is not True):
        if holds(f.required, names):
            yield Gap(place, label, field.missing or (DECLARE if field.type == "declaration" else REQUIRED), "missing")
        return
    try:
        values.clean(field, raw)
    except Invalid as problem:
        yield Gap(place, label, problem.message, "invalid")
        return
    for rule, message in f.rules:
        if names.broken(rule):
            yield Gap(place, label, filled_in(message, names), "invalid")


def is_known(field: Field, answers: Answers, names: Names) -> bool:
    """Whether the hall filled it in, so that nobody is asked."""
    if not field.source or not field.asked_if_unknown:
        return bool(field.source)
    return field.key not in answers and names[field.key] not in (None, "", 0.0)


def filled_in(message: Text, names: Names) -> Text:
    """A message may name values in braces: `相差{difference}元`."""
    if "{" not in message.zh + message.en:
        return message
    said = {name: in_figures(names[name]) for name in names if f"{{{name}}}" in message.zh + message.en}
    return Text(
        message.zh.format(**{k: t.zh for k, t in said.items()}), message.en.format(**{k: t.en for k, t in said.items()})
    )


def in_figures(value: Any, unit: Text | None = None) -> Text:
    """A number with two places where it has any, a date or a text as it is."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        words = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
        return Text(words + unit.zh, f"{words} {unit.en}") if unit else Text(words, words)
    return Text(str(value or "—"), str(value or "—"))


def row_count_gaps(section: Section, count: int) -> Iterator[Gap]:
    rows = section.rows
    if rows is None:
        return
    if count < rows.min:
        message = Text(f"请至少填写{rows.min}{rows.noun.zh}", f"Give at least {rows.min} {rows.noun.en}")
        yield Gap(section.key, section.title, message, "missing")
    if count > rows.max:
        yield Gap(section.key, section.title, Text(f"最多{rows.max}{rows.noun.zh}", f"At most {rows.max} {rows.noun.en}"), "invalid")


def too_short(day: date, window: Window, today: date) -> Text | None:
    until = today + relativedelta(months=window.months)
    if day >= until:
        return None
    return Text(
        f"剩余有效期须不少于{window.months}个月，现在到{day:%Y-%m-%d}为止",
        f"At least {window.months} months must be left; it is valid to {day:%Y-%m-%d}",
    )


def too_old(day: date, window: Window, today: date) -> Text | None:
    if today - relativedelta(months=window.months) <= day:
        return None
    return Text(
        f"须在近{window.months}个月内出具，现在的出具日期为{day:%Y-%m-%d}",
        f"It must be issued within the last {window.months} months; it was issued on {day:%Y-%m-%d}",
    )
