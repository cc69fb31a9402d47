"""Texts that operators write in both languages, and what their editor leaves behind."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from laihua.bulletins.safe_html import clean, plain

register = template.Library()


@dataclass(frozen=True, slots=True)
class Said:
    """What there is in the reader's language, or in the other one; `lang` names it where it is the other."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


@register.filter
def said(row: Any, name: str) -> Said:
    """`row.title_en` on an English page, `row.title_zh` on a Chinese one or where there is no English."""
    zh, en = getattr(row, f"{name}_zh"), getattr(row, f"{name}_en")
    if (get_language() or "").startswith("en"):
        return Said(en) if en else Said(zh, "zh-Hans")
    return Said(zh) if zh else Said(en, "en")


@register.filter
def cleaned(source: Any) -> SafeString:
    """Cleaned again when it is shown: see bulletins.safe_html."""
    return mark_safe(clean(str(source)))


@register.filter
def words(source: Any) -> str:
    return plain(str(source))
