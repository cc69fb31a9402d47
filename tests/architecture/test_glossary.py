"""The glossary names things as the code does."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from laihua.accounts.permissions import ROLES

ROOT = Path(__file__).resolve().parent.parent.parent
ROW = re.compile(r"^\| (`.+?`(?:, `.+?`)*) \| (\S+) \| (.+) \|$", re.MULTILINE)


def entries() -> list[tuple[list[str], str]]:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    return [(re.findall(r"`(.+?)`", names), chinese) for names, chinese, _ in ROW.findall(text)]


TERMS = {name: chinese for names, chinese in entries() for name in names}
MODELS = [m for config in apps.get_app_configs() if config.name.startswith("laihua.") for m in config.get_models()]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_every_model_has_its_chinese_name_in_the_glossary(model: type) -> None:
    name = str(model._meta.verbose_name)  # type: ignore[attr-defined]
    assert not name.isascii(), "the model has no Chinese name"
    assert TERMS.get(model.__name__) == name


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_its_title_in_the_glossary(role: str) -> None:
    assert TERMS.get(role) == ROLES[role].title.zh


def test_every_identifier_is_used() -> None:
    files = [path for folder in ("laihua", "services") for kind in ("*.py", "*.yaml") for path in (ROOT / folder).rglob(kind)]
    words = set(re.findall(r"\w+", "\n".join(path.read_text(encoding="utf-8") for path in files)))
    assert not TERMS.keys() - words


def test_the_table_is_in_order_and_says_nothing_twice() -> None:
    first = [names[0].lower() for names, _ in entries()]
    assert first == sorted(first)
    assert len(TERMS) == sum(len(names) for names, _ in entries())
