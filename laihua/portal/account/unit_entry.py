"""What a unit has proved of itself before its handler is known (SES-1, SES-2): kept in the session, sealed, for a while.

Runs on the machine's clock, like every time limit of a session.
"""

import time
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from laihua.accounts import actions
from laihua.kernel import crypto
from laihua.units import queries as units

ENTRY, PLACE = "unit_entry", b"session:unit_entry"
LASTS = 30 * 60


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """`way`: special | portal. The fields are those of the sign-in log (SES-6)."""

    way: str
    unit_code: str = ""
    unit_name: str = ""
    credit_code: str = ""
    phone: str = ""
    portal: str = ""
    portal_user_id: str = ""

    @property
    def came_by(self) -> tuple[str, str, str]:
        """By what a handler's proof is remembered: the number, or the user of the portal."""
        return self.way, self.portal, self.portal_user_id or self.phone

    def unit(self) -> Any:
        """The unit of the hall, or None for a new one."""
        if self.credit_code:
            return units.unit_with_code(self.credit_code)
        return units.unit_called(code=self.unit_code, name=self.unit_name)

    def as_log(self) -> dict[str, str]:
        """Notes 1 and 2 of S0: what the log says besides the handler."""
        return {name: value for name, value in asdict(self).items() if name != "way"}


def begin_unit_session(
    request: HttpRequest, *, way: str, unit_code: str = "", unit_name: str = "", credit_code: str = "", portal: str = "",
    portal_user_id: str = "", phone: str = "", at: datetime | None = None,
) -> HttpResponse:
    """The unit has come in, by special sign-in or from a portal: on to 我要登录 / 我要注册. Whoever was signed in with this
    browser before is signed out."""
    if request.user.is_authenticated:
        actions.sign_out(request)
    else:
        request.session.cycle_key()
    entry = UnitEntry(way, unit_code, unit_name, credit_code, phone, portal, portal_user_id)
    request.session[ENTRY] = crypto.seal(PLACE, orjson.dumps([int(time.time()), asdict(entry)])).hex()
    return redirect("account:unit-way")


def unit_entry(request: HttpRequest) -> UnitEntry | None:
    """None where no unit came in, or too long ago."""
    kept = request.session.get(ENTRY)
    if not kept:
        return None
    begun, values = orjson.loads(crypto.unseal(PLACE, bytes.fromhex(kept)))
    return UnitEntry(**values) if time.time() - begun <= LASTS else None


def forget(request: HttpRequest) -> None:
    request.session.pop(ENTRY, None)
