"""For whom a session acts beyond its own account: one unit that it was opened for, or a principal under a delegation.

Offered through `actions`. Every change is a step up or down, so the session gets a new id.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from laihua.accounts import queries
from laihua.accounts.sign_in_log import note_sign_in
from laihua.kernel.actions import record


def bind_to_unit(request: HttpRequest, *, organisation_id: UUID) -> None:
    """A session that was opened by a unit's way in, not by the password of the account: it acts for that unit, and
    neither for another one nor in the person's own matters."""
    request.session[queries.BOUND] = request.session[queries.CHOSEN] = str(organisation_id)
    forget_standing(request)


def act_under(request: HttpRequest, *, delegation_id: UUID, at: datetime, **log: Any) -> None:
    """Act for the principal of a delegation from now on. Whether it lasts is asked at every request; the sign-in log takes
    `log` as it is."""
    standing = queries.standing_of(request)
    if standing.account is None:
        raise LookupError("nobody is signed in")
    request.session.cycle_key()
    request.session[queries.DELEGATION] = str(delegation_id)
    forget_standing(request)
    account_id = standing.account.id
    record(chain=f"account:{account_id}", action="act_under_delegation", actor=account_id, subject=delegation_id, at=at)
    note_sign_in(way="delegation", at=at, account_id=account_id, delegation_id=delegation_id, **log)


def stop_acting(request: HttpRequest) -> None:
    """Back to the agency's own matters."""
    if request.session.pop(queries.DELEGATION, None):
        request.session.cycle_key()
    forget_standing(request)


def forget_standing(request: HttpRequest) -> None:
    if hasattr(request, "_standing"):
        del request._standing
