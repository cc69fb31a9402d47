"""The secret address under which a handler's own calendar reads what falls due in his unit."""

import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from laihua.accounts.permissions import Actor
from laihua.units.models import CalendarFeed, Unit
from laihua.units.roster.reading import keepers_of
from laihua.units.roster.writing import trace_of_unit


@transaction.atomic
def make_feed(*, unit_id: UUID, language: str, actor: Actor, at: datetime) -> str:
    """A new address; an earlier one of the same person for the unit ends. Returns the token, which is kept nowhere."""
    Unit.objects.select_for_update(of=("self",)).get(organisation_id=unit_id)
    _live(unit_id, actor.person_id).update(revoked_at=at)
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(
        unit_id=unit_id, account_id=actor.person_id, token_digest=digest(token), language=language, made_at=at
    )
    trace_of_unit(unit_id, "make_calendar_feed", actor, at)
    return token


@transaction.atomic
def end_feed(*, unit_id: UUID, actor: Actor, at: datetime) -> None:
    if _live(unit_id, actor.person_id).update(revoked_at=at):
        trace_of_unit(unit_id, "end_calendar_feed", actor, at)


def feed_made_at(unit_id: UUID, account_id: UUID) -> datetime | None:
    return _live(unit_id, account_id).values_list("made_at", flat=True).first()


def feed_called(token: str) -> CalendarFeed | None:
    """None for what was never made, has ended, or belongs to somebody who does not keep the roster of the unit any more."""
    row = CalendarFeed.objects.filter(token_digest=digest(token), revoked_at=None).select_related("unit").first()
    return row if row is not None and row.account_id in keepers_of(row.unit_id) else None


def digest(token: str) -> bytes:
    return sha256(token.encode()).digest()


def _live(unit_id: UUID, account_id: UUID) -> QuerySet[CalendarFeed]:
    return CalendarFeed.objects.filter(unit_id=unit_id, account_id=account_id, revoked_at=None)
