"""Solving a captcha: what a person reads in the picture, a test reads in the table."""

from typing import Any
from uuid import UUID

from django.test import Client

from laihua.accounts.models import Captcha


def answer_of(captcha_id: str) -> str:
    return Captcha.objects.get(id=UUID(captcha_id)).answer


def solved(client: Client | None = None, path: str = "/sign-in/", **how: Any) -> dict[str, str]:
    """Opens the page and gives what is to be sent with its form."""
    page = (client or Client()).get(path, **how)
    captcha_id = str(page.context["captcha"])
    return {"captcha_id": captcha_id, "captcha": answer_of(captcha_id)}
