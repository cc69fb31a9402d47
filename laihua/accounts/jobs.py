"""What is asked of the identity provider, and what is cleared away at night."""

from uuid import UUID

from django.contrib.sessions.models import Session
from django.utils import timezone

from laihua.accounts import attempts
from laihua.accounts.identity import checks
from laihua.kernel import clock
from laihua.kernel.jobs import periodic, task


@task
def ask_identity(check_id: str) -> None:
    checks.ask(check_id=UUID(check_id), at=clock.now())


@periodic("17 3 * * *")
def clear_away() -> None:
    """Sessions and counted attempts that have run out, by the machine's clock, which they were made by."""
    now = timezone.now()
    attempts.forget_expired(at=now)
    Session.objects.filter(expire_date__lt=now).delete()
