"""Pictures of the pages of an uploaded file, for the eyes of officers and applicants."""

from laihua.kernel.texts import Refused
from laihua.prechecks import child
from laihua.prechecks.reasons import reason

NARROWEST, WIDEST = 50, 2400


def render(content: bytes, page: int, width: int) -> bytes:
    """PNG of one page, `width` pixels across; page 1 is the first, a photograph has one page.

    Drawn in the same child process as the gate's. Raises Refused when the page is not there or cannot be drawn.
    """
    outcome = child.run({"do": "render", "page": page, "width": min(max(width, NARROWEST), WIDEST)}, content)
    if outcome.problems:
        raise Refused(*(reason(code, page=number) for code, number in outcome.problems))
    return outcome.picture
