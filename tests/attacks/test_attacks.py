"""The attacks of `make attacks`, in small: each limit holds, and an attack that meets none gets through and says so.

The same functions against the same pages; a cheap hash, since nothing is timed here. What the running portal simulator and
long timings show is for `make attacks` and tests/portal/account/test_portals.py.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bench.attacks import agencies, captchas, codes, delegations, fixation, grants, links, portals, stuffing, telling
from bench.attacks.scene import Row, Scene
from laihua.accounts import actions, rules
from laihua.accounts import codes as sms_codes
from laihua.accounts.permissions import Actor
from laihua.accounts.rules import Limit
from laihua.kernel import clock
from tests import agencies as building
from tests.world import World

pytestmark = pytest.mark.django_db
WIDE = Limit(10_000, timedelta(days=1))


@pytest.fixture(autouse=True)
def cheap(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def scene(world: World, at: datetime) -> Scene:
    return Scene(world, building.build(world, at), at)


def hold(rows: list[Row]) -> None:
    assert rows
    assert [(row.attack, row.through) for row in rows if not row.met] == []


@pytest.mark.req("SES-2", "ACC-4", "ACC-5")
def test_codes_are_not_guessed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "CODES_A_DAY", Limit(2, timedelta(days=1)))
    hold(codes.run(scene, guesses=16, addresses=4))


def test_guessing_is_seen_where_the_day_has_no_limit(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "CODES_A_DAY", Limit(1, timedelta(days=1)))
    monkeypatch.setattr(sms_codes, "_is_within_limits_of_phone", lambda *args: True)
    monkeypatch.setattr(sms_codes, "_require_within_limits", lambda *args: None)
    assert not codes.guessed(scene, guesses=8, addresses=1).met


@pytest.mark.req("ACC-2")
def test_passwords_are_not_stuffed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "NAME", Limit(6, timedelta(days=1)))
    monkeypatch.setattr(rules, "ADDRESS", Limit(3, timedelta(minutes=15)))
    rows = stuffing.run(scene, passwords=16, addresses=8)
    hold(rows)
    assert [row.through.split()[0] for row in rows[:3]] == ["6"] * 3, "what the limit allows did reach the hash"


def test_stuffing_is_seen_where_the_name_has_no_limit(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stuffing, "meanwhile", lambda *args: [])
    monkeypatch.setattr(rules, "NAME", WIDE)
    rows = stuffing.run(scene, passwords=12, addresses=6)
    assert rows[2].through.startswith("12 reached"), rows[2].through


@pytest.mark.req("ACC-2", "ACC-4", "ACC-5", "SES-2", "SES-3", "ACC-9", "ACC-3")
def test_pages_tell_nobody_who_is_there(scene: Scene) -> None:
    telling.furnish(scene)
    hold([telling.by_text(scene, question) for question in telling.questions(scene)])
    hold([telling.asking(scene, rules.LOOK_UPS.failures + 3)])


def test_a_sign_test_tells_apart_what_always_takes_longer() -> None:
    assert telling.sign_test(100, 100) < telling.TOLD_APART
    assert telling.sign_test(0, 100) < telling.TOLD_APART
    assert telling.sign_test(52, 100) > telling.TOLD_APART


@pytest.mark.req("SES-2", "SES-4", "ACC-1")
def test_sessions_are_not_fixed(scene: Scene) -> None:
    hold(fixation.run(scene))


@pytest.mark.req("ACC-15")
def test_tokens_are_not_forged(scene: Scene) -> None:
    hold(portals.run(scene, running=False))


@pytest.mark.req("SES-4")
def test_delegations_are_not_stretched(scene: Scene) -> None:
    hold(delegations.run(scene))


@pytest.mark.req("ACC-9")
def test_nobody_grants_what_he_lacks(scene: Scene) -> None:
    hold(grants.run(scene))


def test_roles_that_lend_each_other_their_systems_are_seen(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was once: the systems of all roles together."""
    monkeypatch.setattr(
        Actor, "holds", lambda self, role, system: role in self.roles and (not self.systems or system in self.systems))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: scene.at)
        assert not grants.tried(scene, "lender", [("unit_admin", grants.B), ("handler", grants.A)], "").met


@pytest.mark.req("SES-5")
def test_an_agency_does_not_enter_by_special_sign_in(scene: Scene) -> None:
    hold(agencies.run(scene, tries=4))


def test_a_captcha_is_good_for_one_try(scene: Scene) -> None:
    hold(captchas.run(scene, answers=50))


def test_a_captcha_that_lasts_is_seen(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "check_captcha", lambda **how: None)
    assert not all(row.met for row in captchas.run(scene, answers=5))


@pytest.mark.req("ACC-4")
def test_password_links_are_good_once(scene: Scene) -> None:
    hold(links.run(scene, tokens=20))
