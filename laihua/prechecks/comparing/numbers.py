"""Numbers of papers: passports, permits, codes. Signs between the characters do not count."""

import re

from laihua.prechecks.comparing.apart import confused, described, looking_alike
from laihua.prechecks.comparing.levels import EQUAL, Likeness
from laihua.prechecks.comparing.plain import narrow


def plain(text: str) -> str:
    return re.sub(r"[^0-9A-Z㐀-鿿]", "", narrow(text).upper())


def likeness(given: str, read: str) -> Likeness:
    """O for 0 and the like are near; one figure for another never is."""
    one, two = plain(given), plain(read)
    if one == two:
        return EQUAL
    told = described(one, two)
    return looking_alike(told) if confused(one, two) else Likeness("different", told)
