"""What is asked of the identity provider, and what is cleared away at night."""

from uuid import UUID

from django.utils import timezone

from laihua.accounts import attempts, captchas, codes, links, sessions
from laihua.accounts.identity import checks
from laihua.kernel import clock
from laihua.kernel.jobs import periodic, task


@task
def ask_identity(check_id: str) -> None:
    checks.ask(check_id=UUID(check_id), at=clock.now())


@periodic("17 3 * * *")
def clear_away() -> None:
    """Sessions, captchas, codes, links and counted attempts that have run out, by the machine's clock, which they were
    made by."""
    now = timezone.now()
    for kind in (attempts, captchas, codes, links, sessions):
        kind.forget_expired(at=now)
