"""Words for people, always in both languages of the hall."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

CHINESE, ENGLISH = "zh-hans", "en"


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in Chinese and in English; `str()` gives the one of the active language."""

    zh: str
    en: str

    @classmethod
    def of(cls, value: "Text | Mapping[str, str]") -> "Text":
        return value if isinstance(value, Text) else cls(value["zh"], value["en"])

    def in_language(self, language: str | None) -> str:
        return self.en if (language or "").startswith("en") else self.zh

    def format(self, **values: Any) -> "Text":
        """Both languages filled; a `Text` among the values is taken in the language of its sentence."""

        def fill(sentence: str, language: str) -> str:
            return sentence.format_map(
                {k: v.in_language(language) if isinstance(v, Text) else v for k, v in values.items()}
            )

        return Text(fill(self.zh, CHINESE), fill(self.en, ENGLISH))

    def as_data(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}

    def __str__(self) -> str:
        return self.in_language(get_language())


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is refused, and the way out: what a person reads beside a disabled button.

    `code` is stable, for the API and tests. `link` is an address inside the hall, `place` the key of the
    field (`passport_number`, `work.0.from`) or the material (`material:passport`) that it concerns.
    """

    code: str
    text: Text
    link: str = ""
    link_text: Text | None = None
    place: str = ""

    def __str__(self) -> str:
        return str(self.text)


class Refused(Exception):
    """An action that was not done. Carries at least one reason that a person can act on."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("; ".join(r.code for r in reasons))
        self.reasons = reasons
