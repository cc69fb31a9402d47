"""`laihua check` finds what is wrong before somebody meets it."""

import argparse

import pytest

from laihua import cli
from laihua.commands import checks
from laihua.kernel import queries


@pytest.mark.django_db
def test_a_demo_is_not_a_deployment(capsys: pytest.CaptureFixture[str]) -> None:
    queries.forget_calendar()
    assert cli.main(["check", "deployment"]) == 1
    told = capsys.readouterr().out
    assert "LAIHUA_DEMO is on" in told
    assert "calendar" in told  # nothing has been imported into the tests' database


def test_settings_are_shown_without_secrets(capsys: pytest.CaptureFixture[str], settings: pytest.FixtureRequest) -> None:
    assert checks.run_check(argparse.Namespace(what="settings")) == 0
    told = capsys.readouterr().out
    assert "LAIHUA_PORT = 8000" in told
    assert "LAIHUA_SECRET_KEY = (set)" in told
    assert settings.SECRET_KEY not in told  # type: ignore[attr-defined]


def test_the_services_of_the_house_are_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "services"]) == 0, capsys.readouterr().out
