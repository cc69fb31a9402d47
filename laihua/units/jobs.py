"""Work of units that nobody waits for."""

from laihua.kernel import clock
from laihua.kernel.jobs import periodic
from laihua.units import named_handlers


@periodic("*/10 * * * *")
def match_handlers() -> None:
    """Whoever passed by an officer's decision; an answer of the identity provider is heard at once."""
    named_handlers.match_handlers(at=clock.now())
