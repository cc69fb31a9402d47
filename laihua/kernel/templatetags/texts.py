"""`{% t "中文" "English" name=value %}`: a sentence of a page in both languages, side by side.

A sentence with one language only does not compile, so no translation can be forgotten.
"""

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from laihua.kernel.texts import Text

register = template.Library()


@register.simple_tag
def t(zh: str, en: str, /, **values: Any) -> SafeString:
    """The sentences themselves are trusted (they stand in templates); the values are escaped."""
    sentence = Text(zh, en).in_language(get_language())
    return mark_safe(sentence.format_map({k: conditional_escape(v) for k, v in values.items()}) if values else sentence)


@register.filter
def other_language(text: Text) -> str:
    """The same sentence in the language that the page is not in."""
    return text.zh if (get_language() or "").startswith("en") else text.en
