"""Session fixation: a session id that the attacker knows, in the browser of somebody who then signs in."""

from collections.abc import Callable
from typing import Any

from bench.attacks.scene import PASSWORD, Row, Scene, captcha, last_code, signed_in, timed

OFFICER, INVENTED = "fixed_officer", "abcdefghijklmnopqrstuvwxyz012345"


def run(scene: Scene) -> list[Row]:
    furnish(scene)
    ways: tuple[tuple[str, Callable[[Scene, Any], None]], ...] = (
        ("by password", by_password), ("by the second factor", by_second_factor), ("by special sign-in and handler check", by_special),
        ("by a visitor’s code", by_visitor_code), ("by taking up a delegation", by_delegation),
    )
    return [planted(scene, how, way) for how, way in ways] + [invented(scene)]


def furnish(scene: Scene) -> None:
    from laihua.accounts import actions
    from laihua.accounts.permissions import SYSTEM

    account = actions.create_account(kind="natural", login_name=OFFICER, password=PASSWORD, name_zh="陆清和", actor=SYSTEM, at=scene.at)
    actions.grant_role(account_id=account.id, organisation_id=scene.world.office.id, role="pre_reviewer", actor=SYSTEM, at=scene.at)


def planted(scene: Scene, how: str, way: Callable[[Scene, Any], None]) -> Row:
    """The attacker begins a session of his own, plants its cookie, waits, and comes back with the id he knows."""
    scene.anew()
    with timed() as seconds:
        attacker, victim = scene.browser(1), scene.browser(2)
        attacker.post("/appeal/", {"phone": "13911112222", **captcha(), "send_code": "1"})     # gives a session to anybody
        known = plant(victim, attacker.session.session_key)
        way(scene, victim)
        assert signed_in(victim), how
        changed = victim.session.session_key != known
        returned = scene.browser(1)
        plant(returned, known)
        inside = signed_in(returned) or returned.get("/sessions/").status_code == 200
        through = f"id {'changed' if changed else 'kept'}, attacker {'inside' if inside else 'outside'}"
        return Row(f"A planted session, signed in {how}", 1, "a new id at sign-in and at every step up; the old one is gone",
                   through, changed and not inside, seconds())


def invented(scene: Scene) -> Row:
    """An id that the hall never gave out."""
    scene.anew()
    with timed() as seconds:
        victim = scene.browser(2)
        plant(victim, INVENTED)
        by_password(scene, victim)
        taken = victim.session.session_key == INVENTED
        return Row("An invented session id, signed in by password", 1, "an id that the hall did not make names no session",
                   "taken" if taken else "replaced", not taken, seconds())


def plant(client: Any, key: str) -> str:
    from django.conf import settings

    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return key


def by_password(scene: Scene, client: Any) -> None:
    client.post("/sign-in/", {"login_name": OFFICER, "password": PASSWORD, "kind": "natural", **captcha()})


def by_second_factor(scene: Scene, client: Any) -> None:
    """The id that is known is the one after the password."""
    from django.utils import timezone

    from laihua.accounts import queries, totp

    by_password(scene, client)
    before = client.session.session_key
    device = queries.device_of(queries.account_named(OFFICER).id)  # type: ignore[union-attr]
    if device is None:
        client.get("/sign-in/totp/")
        device = queries.device_of(queries.account_named(OFFICER).id)  # type: ignore[union-attr]
    assert device is not None
    client.post("/sign-in/totp/", {"code": totp.code(device.secret, totp.step_of(timezone.now()))})
    assert client.session.get(queries.CONFIRMED), "the code was right"
    assert client.session.session_key != before, "a step up gives a new id"


def by_special(scene: Scene, client: Any) -> None:
    from tests import agencies

    unit = {"unit_code": agencies.CODE, "unit_name": agencies.CODED, "phone": agencies.CONTACT}
    client.post("/special/", {**unit, **captcha(), "send_code": "1"})
    before = client.session.session_key
    assert client.post("/special/", {**unit, "code": last_code()}).status_code == 302
    assert client.session.session_key != before, "a step up gives a new id"
    handler = {"handler": str(scene.them.coded_handler.id), "first": "1", "phone": scene.them.coded_handler.phone}
    client.post("/way-in/handler/", {**handler, **captcha(), "send_code": "1"})
    client.post("/way-in/handler/", {**handler, "code": last_code()})


def by_visitor_code(scene: Scene, client: Any) -> None:
    phone = {"phone": "13800009301"}
    client.post("/appeal/", {**phone, **captcha(), "send_code": "1"})
    client.post("/appeal/", {**phone, "code": last_code()})


def by_delegation(scene: Scene, client: Any) -> None:
    from unittest.mock import patch

    from laihua.kernel import clock
    from tests import people

    with patch.object(clock, "now", lambda: scene.at):
        made = scene.them.delegate(scene.at)
        people.signed_in(scene.them.agent, client=client)
        before = client.session.session_key
        assert client.post(f"/delegations/{made.id}/enter/").status_code == 302
        assert client.session.session_key != before, "a step up gives a new id"
