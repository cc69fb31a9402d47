"""The examples beside each service are its tests; one test for each."""

from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from laihua.catalog import checks, example_files, examples
from laihua.catalog.loader import load
from laihua.kernel.calendar import WorkingCalendar
from laihua.kernel.rules import calendar_of, read_notices
from tests.catalog.service import example, write

SERVICES = Path("services")
loaded = lru_cache(load)
FOLDERS = checks.folders_of(SERVICES)
EXAMPLES = [(f, e) for f in FOLDERS for e in example_files.examples_of(loaded(f).folder)[0]]


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return calendar_of(read_notices(yaml.safe_load(Path("reference/calendar.yaml").read_text("utf-8"))))


@pytest.mark.req("WP-4")
@pytest.mark.parametrize(("folder", "example"), EXAMPLES, ids=[f"{e.file.split('/')[-1]}:{e.title}" for _, e in EXAMPLES])
def test_example(folder: Path, example: example_files.Example, calendar: WorkingCalendar) -> None:
    definition = loaded(folder).definition
    assert definition is not None
    assert examples.run_one(definition, example, calendar).differences == ()


def test_every_service_has_examples() -> None:
    assert {f for f, _ in EXAMPLES} == set(FOLDERS)
    assert FOLDERS


def test_an_example_that_does_not_hold_says_how(tmp_path: Path, calendar: WorkingCalendar) -> None:
    root = write(tmp_path)
    (root / "examples" / "wrong.yaml").write_text(example("wrong", refused=True).replace(
        "category: B", "category: A, values: {years: 3, nope: 1}, gaps: [{place: surname, kind: missing}], checklist: [visa_page], "
        "step: done, due: 2026-11-23"
    ).replace("expect:", "moves: [{move: submit, at: \"2026-11-12T10:00\"}]\nexpect:"), encoding="utf-8")
    wrong = next(r for r in examples.run(root, calendar) if r.example.title == "wrong")
    assert set(wrong.differences) == {
        "category is B, expected A", "years is 36.0, expected 3", "values: no name “nope”", "gap not found: surname (missing)",
        "visa_page is not asked for", "it is not refused", "the case stands at review, expected done",
    }
