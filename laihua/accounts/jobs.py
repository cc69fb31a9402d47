"""What is cleared away at night."""

from django.contrib.sessions.models import Session
from django.utils import timezone

from laihua.accounts import attempts
from laihua.kernel.jobs import periodic


@periodic("17 3 * * *")
def clear_away() -> None:
    """Sessions and counted attempts that have run out, by the machine's clock, which they were made by."""
    now = timezone.now()
    attempts.forget_expired(at=now)
    Session.objects.filter(expire_date__lt=now).delete()
