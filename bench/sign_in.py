"""Signing in on its page, beside the bare argon2 check that it cannot do without."""

from datetime import datetime
from typing import Any

from bench.meter import measured
from bench.report import Figure, Section
from bench.server import Server

GOAL = 1.5
NAME, PASSWORD = "bench_person", "correct horse 9 battery"
HOW = (
    "POST of the sign-in page with everything on (captcha checked, attempts counted, session opened, audit entry, redirect), through "
    "Django's whole stack, against checking the same password with the same hasher and nothing else. Processor time of "
    "this process and of the server."
)


def run(server: Server, world: Any, at: datetime, *, rounds: int) -> Section:
    from django.contrib.auth.hashers import check_password

    from laihua.accounts import actions
    from laihua.accounts.models import Account
    from laihua.accounts.permissions import SYSTEM

    actions.create_account(
        kind="natural", login_name=NAME, password=PASSWORD, name_zh="陆清和", name_latin="", actor=SYSTEM, at=at
    )
    stored = Account.objects.get_by_natural_key(NAME).password
    sign_in(captcha())
    with measured(server) as bare:
        for _ in range(rounds):
            assert check_password(PASSWORD, stored)
    solved = [captcha() for _ in range(rounds)]
    with measured(server) as page:
        for one in solved:
            sign_in(one)
    ratio = page.both / bare.both
    return Section("Signing in", HOW, [
        Figure("processor time against the bare hash", f"{ratio:.2f} ×", f"≤ {GOAL} ×", ratio <= GOAL),
        Figure("bare hash", f"{bare.both / rounds * 1000:.1f} ms"),
        Figure("page, client + server", f"{page.client / rounds * 1000:.1f} + {page.server / rounds * 1000:.1f} ms"),
        Figure("sign-ins a second and core", f"{rounds / page.both:.1f}"),
    ])


def captcha() -> dict[str, str]:
    """One that a person has read; drawing and reading it is not what is measured."""
    from django.utils import timezone

    from laihua.accounts import actions, queries

    made = actions.new_captcha(at=timezone.now())
    return {"captcha_id": str(made), "captcha": queries.captcha_answer(made, at=timezone.now())}


def sign_in(solved: dict[str, str]) -> None:
    from django.conf import settings
    from django.test import Client

    page = "/sign-in/"
    answer = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0]).post(
        page, {"login_name": NAME, "password": PASSWORD, "kind": "natural", **solved}, secure=True
    )
    assert answer.status_code == 302, f"{page} answered {answer.status_code}"
