"""Every fault of a folder is told at once, with its line and a remedy."""

from pathlib import Path

import pytest

from laihua.catalog import registry
from laihua.catalog.checks import check_all
from laihua.catalog.loader import load
from tests.catalog.service import HOOKS, SERVICE, write


def test_a_sound_folder_has_no_fault(tmp_path: Path) -> None:
    loaded = load(write(tmp_path))
    assert loaded.faults == []
    assert loaded.service is not None
    assert loaded.service.short_title.zh == "小事项"


def spoil(old: str, new: str) -> tuple[str, int]:
    """The service with one thing replaced, and the line where it stands."""
    assert SERVICE.count(old) >= 1, old
    return SERVICE.replace(old, new, 1), SERVICE[: SERVICE.index(old)].count("\n") + 1


SPOILT = [
    ("prefix: SM", "prefx: SM", "unknown key in the service “prefx”", "prefix"),
    ("en: Small service", "xx: y", "has no en", ""),
    ("by: pre_reviewer, line", "by: prereviewer, line", "unknown role “prereviewer”", "pre_reviewer"),
    ("to: review, by: unit", "to: reviw, by: unit", "unknown step “reviw”", "review"),
    ("notices: [asked]", "notices: [askd]", "unknown notice “askd”", "asked"),
    ("issues: [permit]", "issues: [permt]", "unknown output “permt”", "permit"),
    ("template: templates/permit.typ", "template: templates/permt.typ", "unknown file", "permit.typ"),
    ("sample: samples/passport.pdf", "sample: samples/nothing.pdf", "unknown file", ""),
    ("on: passport_expiry", "on: passport_expiri", "unknown date field", "passport_expiry"),
    ("source: unit.name", "source: unit.nam", "unknown source", "unit.name"),
    ("hook:category", "hook:categori", "unknown hook", "category"),
    ("shows: [surname]", "shows: [surnam]", "unknown field or derived name", "surname"),
    ("subject_check: [passport_number]", "subject_check: [passport_no]", "unknown field", "passport_number"),
    ("when: \"location == 'inside'\", label", "when: \"locatoin == 'inside'\", label", "unknown name “locatoin”", "location"),
    ("r.from <= r.to", "r.form <= r.to", "unknown name “r.form”", "from"),
    ("age_on(birth_date, today) >= 18", "age_on(birth_date, today >= 18", "not a condition", ""),
    ("salary * 12 >= 60000", "salary * 12 >= 'much'", "types do not fit", ""),
    ("salary > 90000", "salary + 90000", "is not true or false", ""),
    ("from: correction, to: $asked", "from: done, to: review", "which is final", ""),
    ("key: visa, type: text", "key: surname, type: text", "is declared twice", ""),
    ("key: note, type", "key: years, type", "is the name of a", ""),
    ("key: note, type", "key: today, type", "has a meaning in conditions", ""),
    ("type: money", "type: mony", "unknown value for “type” “mony”", "money"),
    ("max: 2,", "max: two,", "must be a whole number", ""),
    ('zh: "{case_number}"', 'zh: "{passport}"', "unknown value in notice", ""),
    ("promise: {working_days: 7}", "promise: {days: 7}", "unknown key", "working_days"),
]


@pytest.mark.parametrize(("old", "new", "message", "remedy"), SPOILT, ids=[s[2] + s[1][:12] for s in SPOILT])
def test_a_fault_names_line_and_remedy(tmp_path: Path, old: str, new: str, message: str, remedy: str) -> None:
    text, line = spoil(old, new)
    faults = [f for f in load(write(tmp_path, text)).faults if message in f.message]
    assert faults, [str(f) for f in load(write(tmp_path, text)).faults]
    assert abs(faults[0].line - line) <= 1 or old.startswith(("promise", "prefix"))
    assert remedy in faults[0].remedy


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = SERVICE.replace("by: pre_reviewer, line", "by: nobody_here, line").replace("[asked]", "[never]")
    text = text.replace("type: money", "type: gold")
    messages = [f.message for f in load(write(tmp_path, text)).faults]
    assert len(messages) >= 3
    assert any("nobody_here" in m for m in messages)
    assert any("never" in m for m in messages)
    assert any("gold" in m for m in messages)


def test_steps_must_be_reached_and_left(tmp_path: Path) -> None:
    text = SERVICE.replace(
        "  done: {title", "  lost: {title: {zh: 失, en: Lost}, hint: {zh: 失, en: Lost}, holder: unit}\n  done: {title")
    messages = [f.message for f in load(write(tmp_path, text)).faults]
    assert "no move leads to step “lost”." in messages
    assert "no move leads out of step “lost”." in messages


def test_guide_and_both_kinds_of_example_are_needed(tmp_path: Path) -> None:
    root = write(tmp_path)
    (root / "guide.en.md").unlink()
    (root / "examples" / "refused.yaml").unlink()
    faults = load(root).faults
    assert any("guide.en.md is missing" in f.message for f in faults)
    assert any("no example that is refused" in f.message for f in faults)


@pytest.mark.parametrize(("source", "message"), [
    ("import os\n" + HOOKS, "may not import os"),
    ("from laihua.cases import models\n" + HOOKS, "may not import laihua.cases"),
    (HOOKS.replace("names[\"years\"] >= 40", "open('/etc/passwd')"), "may not call open()"),
    ("import datetime\n" + HOOKS.replace("names[\"years\"] >= 40", "datetime.date.today()"), "reads no clock"),
    (HOOKS.replace("names[\"years\"]", "names[\"birth_date\"].year"), "a hook fails"),
    (HOOKS + "def", "not Python"),
])
def test_hooks_are_confined(tmp_path: Path, source: str, message: str) -> None:
    faults = load(write(tmp_path, hooks=source)).faults
    assert any(message in f.message and f.file.endswith("hooks.py") for f in faults), faults


def test_guards_are_checked_once_they_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = SERVICE.replace("by: unit, clock: start", "by: unit, requires: [complet], clock: start")
    monkeypatch.setattr(registry, "guards", frozenset())
    assert load(write(tmp_path, text)).faults == []
    monkeypatch.setattr(registry, "start_guards", registry.start_guards)
    registry.register_guards({"complete"}, registry.start_guards)
    assert "Did you mean “complete”?" in load(write(tmp_path, text)).faults[0].remedy


def test_the_services_of_the_house_are_sound() -> None:
    assert check_all(Path("services")) == []


@pytest.mark.parametrize("broken", ["", "id: [", "- a\n- b\n", "id: x: y\n"])
def test_what_is_no_service_is_told(tmp_path: Path, broken: str) -> None:
    assert load(write(tmp_path, broken)).faults
