"""Answers as an issued paper says them, in Chinese and English. Pure."""

from collections.abc import Mapping
from typing import Any

from laihua.catalog.definitions import Field
from laihua.kernel.texts import Text

YES, NO = Text("是", "Yes"), Text("否", "No")
WEEKDAYS = (
    Text("周一", "Monday"), Text("周二", "Tuesday"), Text("周三", "Wednesday"), Text("周四", "Thursday"),
    Text("周五", "Friday"), Text("周六", "Saturday"), Text("周日", "Sunday"),
)


def in_words(field: Field, value: Any) -> Text:
    """One answer. An unknown code is printed as it is: nothing that was declared may vanish from a paper."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list | tuple):
        parts = [in_words(field, part) for part in value]
        return Text("、".join(p.zh for p in parts), ", ".join(p.en for p in parts))
    if isinstance(value, Mapping):
        parts_of = [str(part) for part in value.values() if part not in (None, "")]
        return Text("".join(parts_of), ", ".join(parts_of))
    label = next((c.label for c in field.choices if c.code == value), None)
    if label is not None:
        return label
    said = _money(str(value)) if field.type == "money" else str(value)
    if field.unit_label is None:
        return Text(said, said)
    return Text(f"{said}{field.unit_label.zh}", f"{said} {field.unit_label.en}")


def _money(amount: str) -> str:
    whole, point, cents = amount.partition(".")
    if not whole.isdecimal():
        return amount
    return f"{int(whole):,}" + (f".{cents}" if point and cents.strip("0") else "")


def answered(fields: Mapping[str, Field], answers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Every answer by key: {label, zh, en}. An answer `position_en` is the English of `position`."""
    said = {
        key: {"label": field.label.as_data(), **in_words(field, answers[key]).as_data()}
        for key, field in fields.items()
        if answers.get(key) not in (None, "", [], {})
    }
    for key, entry in said.items():
        if f"{key}_en" in said:
            entry["en"] = said[f"{key}_en"]["en"]
    return said
