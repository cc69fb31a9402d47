"""docs/how-to/add-a-document-kind.md, followed to the letter: its kind among the others, its examples run."""

import re
import sys
from types import ModuleType

import pytest
from django.conf import settings

from laihua.prechecks import kind as registry

PAGE = settings.BASE_DIR / "docs" / "how-to" / "add-a-document-kind.md"
FILES = dict(re.findall(r"^```python (\S+\.py)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))


def module(path: str) -> ModuleType:
    made = ModuleType(path)
    exec(compile(FILES[path], path, "exec"), made.__dict__)
    return made


@pytest.fixture
def among_the_others(monkeypatch):
    kind = module("laihua/prechecks/kinds/language_certificate.py").KIND
    every = registry.kinds() | {kind.id: kind}
    for holder in [m for m in sys.modules.values() if getattr(m, "kinds", None) is registry.kinds]:
        monkeypatch.setattr(holder, "kinds", lambda: every)
    return kind


@pytest.mark.req("PRE-3")
def test_the_examples_of_the_page_pass(among_the_others):
    tests = module("tests/prechecks/kinds/test_language_certificate.py")
    for page in (tests.REPORT, tests.ENGLISH, tests.STACKED):
        tests.test_a_report(page)
        assert tests.seen(page) == {"language_certificate"}
    tests.test_what_only_mentions_it_is_none()


def test_the_readers_that_the_page_names_exist():
    from laihua.prechecks.kinds import _readers

    named = re.findall(r"`(\w+)(?:\([^)]*\))?`", PAGE.read_text(encoding="utf-8").split("| reader |")[1].split("\n\n")[0])
    assert len(named) >= 10
    assert [one for one in named if not callable(getattr(_readers, one, None))] == []
