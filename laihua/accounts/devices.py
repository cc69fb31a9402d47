"""Devices with which an account has signed in before: a signed cookie of the browser. Offered through `actions`.

Tries at a login name from such a device are counted by themselves (`rules.NAME`), so tries from elsewhere lock nobody out
of his own. The cookie signs nobody in.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from laihua.accounts.models import Account
from laihua.kernel.crypto import blind_index

COOKIE, SALT, LASTS, AT_MOST = "laihua_device", "laihua.device", timedelta(days=180), 5
"""`AT_MOST` accounts are remembered in one browser, the latest ones."""


def known_device(request: HttpRequest, login_name: str) -> str:
    """By what tries from this device are counted; empty where this login name has not signed in with it."""
    return _kept(request).get(_short(login_name), "")


def remember_device(request: HttpRequest, response: HttpResponse, account: Account) -> HttpResponse:
    """For whoever has just proved to be the owner. A device keeps its name, so that nobody gets fresh tries by it."""
    kept = _kept(request)
    short = _short(account.login_name)
    name = kept.pop(short, "") or secrets.token_hex(8)
    latest = dict([*kept.items(), (short, name)][-AT_MOST:])
    response.set_cookie(
        COOKIE, signing.dumps(latest, salt=SALT), max_age=LASTS, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _kept(request: HttpRequest) -> dict[str, str]:
    try:
        kept: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}
    return kept if isinstance(kept, dict) else {}


def _short(login_name: str) -> str:
    """Capitals of ASCII alone are folded, so that no look-alike of a name counts for it."""
    folded = "".join(c.lower() if c.isascii() else c for c in login_name.strip())
    return blind_index("device", folded.encode().hex() or "0").hex()
