"""Plain words, such as a major or a place: the same, one within the other, or different."""

from laihua.prechecks.comparing.apart import distance
from laihua.prechecks.comparing.levels import EQUAL, Likeness, different, near
from laihua.prechecks.comparing.organisations import spelled
from laihua.prechecks.comparing.scripts import chinese, has_han, has_latin, latin

DIFFERENT = different("两处内容不同", "The two differ")
MORE = near("一处比另一处多出部分内容", "One says more than the other")
SCRIPTS = near("一处是中文，一处是外文，无法直接比较", "One is Chinese, the other is not: they cannot be compared directly")
LONG = 6


def likeness(given: str, read: str) -> Likeness:
    one, two = spelled(given), spelled(read)
    if one == two or (one and one in (spelled(chinese(read)), spelled(latin(read)))):
        return EQUAL
    if has_han(given) != has_han(read) and has_latin(given + read):
        return SCRIPTS
    if min(len(one), len(two)) > 1 and (one in two or two in one):
        return MORE
    if min(len(one), len(two)) >= LONG and distance(one, two) == 1 and not has_han(given):
        return near("只差一个字母", "They differ in a letter")
    return DIFFERENT
