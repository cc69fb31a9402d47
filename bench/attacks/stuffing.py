"""Passwords by the thousand: on one name, on many names, from one address and from many; and the owner meanwhile."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from bench.attacks.scene import PASSWORD, Row, Scene, captcha, in_words, limit, timed

NAME, OWNER = "stuffed", 90_000
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def run(scene: Scene, *, passwords: int, addresses: int) -> list[Row]:
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):     # counted here, not timed
        return carried_out(scene, passwords=passwords, addresses=addresses)


def carried_out(scene: Scene, *, passwords: int, addresses: int) -> list[Row]:
    from laihua.accounts import actions, rules
    from laihua.accounts.permissions import SYSTEM

    actions.create_account(
        kind="natural", login_name=NAME, password=PASSWORD, name_zh="陆清和", name_latin="", phone="+8613800009001", actor=SYSTEM,
        at=scene.at)
    owner = scene.browser(OWNER)
    assert attempt(owner, NAME, PASSWORD) == 302
    one_name = f"{limit(rules.NAME_AND_ADDRESS)} for name and address; {limit(rules.NAME)} for the name from everywhere"
    most = rules.NAME.failures
    forged = [{"HTTP_X_FORWARDED_FOR": f"198.51.{n // 250}.{n % 250 + 1}"} for n in range(passwords)]
    rows = [
        row(scene, "Passwords at one name over a day, from one address", one_name, most, DAY, [(0, NAME, {})] * passwords),
        row(scene, "Passwords at one name over a day, from one address that claims another one each time (X-Forwarded-For)",
            one_name, most, DAY, [(0, NAME, header) for header in forged]),
        row(scene, f"Passwords at one name over a day, from {addresses} addresses", one_name, most, DAY,
            [(n % addresses, NAME, {}) for n in range(passwords)]),
    ]
    rows += meanwhile(scene, owner, addresses)
    windows = HOUR // rules.ADDRESS.pause
    rows.append(row(
        scene, "One password at as many names within an hour, from one address", f"{limit(rules.ADDRESS)} for an address",
        windows * rules.ADDRESS.failures, HOUR, [(0, f"name{n}", {}) for n in range(passwords)]))
    rows.append(row(
        scene, f"One password at as many names within an hour, from {addresses} addresses",
        f"{limit(rules.ADDRESS)} for an address", addresses * windows * rules.ADDRESS.failures, HOUR,
        [(n % addresses, f"name{n}", {}) for n in range(passwords)]))
    scene.anew()
    return rows


def row(scene: Scene, attack: str, stops: str, most: int, span: timedelta, tries: list[tuple[int, str, dict[str, str]]]) -> Row:
    scene.anew()
    opened = 0
    with hashing() as hashed, scene.day() as clock, timed() as seconds:
        for number, (address, name, headers) in enumerate(tries):
            clock.forward(span / (len(tries) + 1))
            opened += attempt(scene.browser(address, **headers), name, f"wrong password {number}") == 302
        took = seconds()
    through = f"{hashed.call_count} reached the hash (at most {most:,}), {opened} entered"
    return Row(attack, len(tries), stops, through, hashed.call_count <= most and not opened, took)


def meanwhile(scene: Scene, owner: Any, addresses: int) -> list[Row]:
    """The name is tried out from everywhere: its owner still enters by a device of his own, or by a code to his phone."""
    from laihua.accounts import devices, links, rules

    scene.anew()
    with scene.day() as clock, hashing():
        for number in range(rules.NAME.failures + 1):
            clock.forward(timedelta(seconds=30))
            attempt(scene.browser(number), NAME, "wrong password")
        with timed() as seconds:
            owner.post("/sign-out/")
            known = attempt(owner, NAME, PASSWORD)
            new_device = scene.browser(OWNER + 1)
            unknown = attempt(new_device, NAME, PASSWORD)
            recovered = recover(scene, new_device)
            took = seconds()
    return [
        Row("The owner meanwhile: the right password on a device used before", 1,
            f"nothing: a device is known for {in_words(devices.LASTS)}", "entered" if known == 302 else "locked out", known == 302, took),
        Row("The owner meanwhile: the right password on a new device, then a new one by “Forgotten password”", 2,
            f"told to recover; the link lasts {in_words(links.AFTER_CODE)}",
            f"{'refused' if unknown == 429 else 'entered'}, then {'entered' if recovered else 'locked out'}", recovered, took),
    ]


def recover(scene: Scene, client: Any) -> bool:
    from bench.attacks.scene import last_code

    client.post("/recover/", {"login_name": NAME, **captcha(), "send_code": "1"})
    answer = client.post("/recover/", {"login_name": NAME, "code": last_code()})
    new = "another horse 9 battery"
    client.post(answer["Location"], {"password": new, "password_again": new})
    return attempt(client, NAME, new) == 302


def attempt(client: Any, name: str, password: str) -> int:
    form = {"login_name": name, "password": password, "kind": "natural", **captcha()}
    return int(client.post("/sign-in/", form).status_code)


def hashing() -> Any:
    """Counts the passwords that are compared with a hash."""
    from laihua.accounts import sign_in

    return patch.object(sign_in, "authenticate", wraps=sign_in.authenticate)
