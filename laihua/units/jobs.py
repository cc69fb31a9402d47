"""Work of units that nobody waits for."""

from datetime import timedelta

from laihua.kernel import clock
from laihua.kernel.jobs import periodic
from laihua.units import actions, named_handlers


@periodic("*/10 * * * *")
def match_handlers() -> None:
    """Whoever passed by an officer's decision; an answer of the identity provider is heard at once."""
    named_handlers.match_handlers(at=clock.now())


@periodic("20 * * * *")
def forget_imports() -> None:
    """A list of staff that was uploaded and not accepted within a day."""
    actions.forget_imports(before=clock.now() - timedelta(days=1))
