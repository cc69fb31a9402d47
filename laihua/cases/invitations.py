"""The link by which a foreigner is joined to his case."""

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.utils.crypto import salted_hmac

from laihua.cases.models import Case, Invitation

VALID_FOR = timedelta(days=30)


def invite(case: Case, event_id: UUID, at: datetime) -> str:
    """The link of this event for the subject; earlier links end. Returns the token, which is kept nowhere in the open.

    The token follows from the event, so that a job that runs twice sends the same link.
    """
    token = salted_hmac("laihua.invitation", str(event_id), algorithm="sha256").hexdigest()[:40]
    Invitation.objects.filter(case=case, accepted_at=None, revoked_at=None).exclude(token_digest=digest(token)).update(
        revoked_at=at
    )
    Invitation.objects.get_or_create(
        token_digest=digest(token), defaults={"case": case, "created_at": at, "expires_at": at + VALID_FOR}
    )
    return token


def digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
