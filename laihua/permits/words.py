"""Answers as an issued paper says them, in Chinese and English."""

from collections.abc import Mapping
from typing import Any

from laihua.kernel.texts import Text

WEEKDAYS = (
    Text("周一", "Monday"), Text("周二", "Tuesday"), Text("周三", "Wednesday"), Text("周四", "Thursday"),
    Text("周五", "Friday"), Text("周六", "Saturday"), Text("周日", "Sunday"),
)


def is_absent(value: Any) -> bool:
    return value in (None, "", [], {})


def answered(definition: Any, answers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Every answer outside rows by key: {label, zh, en}. An answer `position_en` is the English of `position`."""
    said = {
        key: {"label": field.label.as_data(), **definition.words(key, answers[key]).as_data()}
        for key, field in definition.service.field_keys().items()
        if not is_absent(answers.get(key))
    }
    for key, entry in said.items():
        if f"{key}_en" in said:
            entry["en"] = said[f"{key}_en"]["en"]
    return said
