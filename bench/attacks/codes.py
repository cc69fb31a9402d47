"""Guessing the codes that go to one person's telephone, on every page that sends them to strangers."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bench.attacks.scene import Row, Scene, captcha, in_words, last_code, limit, signed_in, timed

PHONE, STRANGER = "13800008002", "13911112222"
DAY = timedelta(days=1)
chance = random.Random(20261112)


def run(scene: Scene, *, guesses: int, addresses: int) -> list[Row]:
    return [guessed(scene, guesses=guesses, addresses=1), guessed(scene, guesses=guesses, addresses=addresses), *misused(scene)]


@dataclass
class Page:
    """Where a code is asked for and typed. `form` may write the same thing in a new way each time (`n`)."""

    path: str
    form: Callable[[int], dict[str, str]]


def notation(n: int) -> str:
    """The number of the victim, written differently for every n: each is a subject of its own to the limits."""
    return "".join(digit + ("-" if n >> place & 1 else "") for place, digit in enumerate(PHONE))


def pages(scene: Scene) -> list[Page]:
    from tests import agencies

    return [
        Page("/special/", lambda n: {"unit_code": agencies.CODE, "unit_name": agencies.CODED, "phone": notation(n % 2048)}),
        Page("/recover/", lambda n: {"login_name": scene.them.coded_handler.login_name}),
        Page("/appeal/", lambda n: {"phone": notation(n % 2048)}),
    ]


@dataclass
class Seat:
    """One browser at one page. It asks for a code, guesses until another one may be asked for, and lets the next seat try."""

    client: Any
    page: Page
    form: dict[str, str] = field(default_factory=dict)


def guessed(scene: Scene, *, guesses: int, addresses: int) -> Row:
    from laihua.accounts import codes, rules
    from laihua.accounts.models import SmsCode
    from laihua.kernel.crypto import blind_index
    from laihua.notifications.models import OutboxMessage

    scene.anew()
    sent_before = OutboxMessage.objects.filter(channel="sms").count()
    seats = [Seat(scene.browser(number), page) for page in pages(scene) for number in range(addresses)]
    seat, asked, opened = seats[0], 0, 0
    asked_at: datetime | None = None
    with scene.day() as clock, timed() as seconds:
        for _ in range(guesses):
            clock.forward(DAY / (guesses + 1))
            if asked_at is None or clock.at - asked_at > rules.CODE_PAUSE.pause:
                seat, asked_at = seats[asked % len(seats)], clock.at
                seat.form = seat.page.form(asked)
                asked += 1
                seat.client.post(seat.page.path, {**seat.form, **captcha(), "send_code": "1"})
            answer = seat.client.post(seat.page.path, {**seat.form, "code": f"{chance.randrange(10**6):06d}"})
            opened += answer.status_code == 302 or signed_in(seat.client)
        took = seconds()
    sent = OutboxMessage.objects.filter(channel="sms").count() - sent_before
    compared = sum(SmsCode.objects.filter(phone_index=blind_index("phone", PHONE)).values_list("wrong", flat=True))
    most = rules.CODES_A_DAY.failures * codes.WRONG_GUESSES
    scene.anew()
    return Row(
        f"Guessing SMS codes of one telephone over a day, from {addresses} address{'es' if addresses > 1 else ''}, by special "
        "sign-in, recovery and appeal in turn; a new code asked for as soon as the pause allows", guesses,
        f"{limit(rules.CODES_A_DAY)} to a number, all pages together; {codes.WRONG_GUESSES} guesses each; "
        f"{in_words(rules.CODE_PAUSE.pause)} between two; {limit(rules.CODES_OF_ADDRESS)} for an address",
        f"{asked} codes asked for, {sent} sent, {compared} guesses compared (at most {most}), {opened} right; "
        f"chance of a day {compared / 10**6:.3%}",
        sent <= rules.CODES_A_DAY.failures and compared <= most and opened == 0, took,
    )


def misused(scene: Scene) -> list[Row]:
    """The right code, where it is no good."""
    from laihua.accounts import codes

    appeal, recover = pages(scene)[2], pages(scene)[1]

    def asked(page: Page = appeal) -> tuple[Any, str]:
        scene.anew()
        client = scene.browser()
        assert client.post(page.path, {**page.form(0), **captcha(), "send_code": "1"}).status_code == 200
        return client, last_code()

    def enters(client: Any, code: str, page: Page = appeal, **changes: str) -> bool:
        return client.post(page.path, {**page.form(0), **changes, "code": code}).status_code == 302

    def other_session() -> bool:
        _, code = asked()
        thief = scene.browser(1)
        thief.post(appeal.path, {"phone": STRANGER, **captcha(), "send_code": "1"})
        return enters(thief, code)

    def other_purpose() -> bool:
        client, code = asked()
        return enters(client, code, recover)

    def other_number() -> bool:
        client, code = asked()
        return enters(client, code, phone=STRANGER)

    def twice() -> bool:
        client, code = asked()
        assert enters(client, code)
        client.post("/sign-out/")
        return enters(client, code)

    def late() -> bool:
        with scene.day() as clock:
            client, code = asked()
            clock.forward(codes.LASTS)
            return enters(client, code)

    def once_too_often() -> bool:
        client, code = asked()
        wrong = f"{(int(code) + 1) % 10**6:06d}"
        assert not any(enters(client, wrong) for _ in range(codes.WRONG_GUESSES))
        return enters(client, code)

    tried = (
        ("in another session", other_session, "bound to the session that asked"),
        ("for another purpose", other_purpose, "bound to the page that asked"),
        ("for another number", other_number, "bound to the number of the form"),
        ("a second time", twice, "good once"),
        (f"after {in_words(codes.LASTS)}", late, f"lasts {in_words(codes.LASTS)}"),
        (f"as guess {codes.WRONG_GUESSES + 1}", once_too_often, f"{codes.WRONG_GUESSES} guesses"),
    )
    rows = []
    for how, attack, stops in tried:
        with timed() as seconds:
            through = attack()
            rows.append(Row(f"The right SMS code {how}", 1, stops, "entered" if through else "refused", not through, seconds()))
    return rows
