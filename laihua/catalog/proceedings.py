"""The proceedings of a service that brings its cases before several offices at once (单一窗口)."""

from dataclasses import dataclass

from laihua.kernel.texts import Text

MAIN = "main"
"""The proceeding that every case has."""
OPEN = "open"
"""What the history calls the beginning of a further one."""


@dataclass(frozen=True, slots=True)
class Run:
    """One authority's run through its steps. The main one has no more than a title."""

    key: str
    title: Text
    office: str = ""                    # CEL: code of the authority
    when: str = ""                      # CEL; empty: always
    first_step: str = ""
