"""What a case is about, beside whoever files it: somebody on the roster, an earlier case, what only one case may hold."""

from dataclasses import dataclass
from typing import Literal

from laihua.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class About:
    """What a case goes on from, chosen when it is started: `staff`, a foreigner on the roster of the unit (名册), or an
    approved `case` of the same unit, of one of `services`.

    `facts`: what of its answers is known here as `about.…`, rows included. `amends`: approved, this case changes them, each
    by its own answer `new_<key>`, rows by those of the same key. `ends`: approved, it ends what the case went on with, and
    nothing more can be started about it.
    """

    kind: Literal["staff", "case"]
    services: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    amends: bool = False
    ends: bool = False
    otherwise: Text | None = None       # of staff: it may also begin with nobody of the roster, and how the page calls that


@dataclass(frozen=True, slots=True)
class Reserves:
    """What only one running case may hold (占用), by `field` of each row of `rows`: an expert in one project by his passport.

    Held from the submission on; while an approved case goes on, until the day in the field `until`, or until a case that
    follows it `ends` it.
    """

    kind: str
    rows: str
    field: str
    message: Text                       # why a row is refused; says nothing of who holds it
    until: str = ""
