"""Employers, schools and authorities: the same name however it is printed, and what is nearly the same."""

import re
from itertools import pairwise

from laihua.prechecks.comparing.apart import described, distance
from laihua.prechecks.comparing.levels import EQUAL, Likeness, different, equal, near
from laihua.prechecks.comparing.plain import bare, narrow, words_of
from laihua.prechecks.comparing.readings import reads_as
from laihua.prechecks.comparing.scripts import chinese, han, has_han, has_latin, latin

FORMS_ZH = re.compile(r"(?:股份|集团)?有限(?:责任)?公司|集团公司|总公司|公司")
FORMS = words_of(
    "co company ltd limited corp corporation inc incorporated llc plc gmbh ag ab sa sarl bv nv oy as spa srl kk pte pty group the and"
)
LITTLE = words_of("the and of de der di do da du des la zu")
UNIVERSITIES = (
    "universitat universitaet universite universidad universita universidade universiteit universitet uniwersytet universitesi "
    "universitas univ"
)
SAME_WORD = {
    "limited": "ltd", "company": "co", "corporation": "corp", "incorporated": "inc", "institut": "institute", "instituto": "institute",
    **dict.fromkeys(UNIVERSITIES.split(), "university"),
}
PLACES = re.compile(r"[（(][^（）()]*[）)]|中国|上海市?|北京市?|深圳市?|广州市?|苏州市?|杭州市?|江苏省?|浙江省?")
READING = equal("外文名称与中文名称的读音相符", "The name reads as the Chinese one")
SCRIPTS = near("一处是中文名称，一处是外文名称，无法直接比较", "One name is Chinese, the other is not: they cannot be compared directly")
FORM = near("名称相同，公司形式的写法不同", "The same name with another legal form")
LONG = 6
"""So many characters make a name in which one that differs may be a slip."""


def likeness(given: str, read: str) -> Likeness:
    if spelled(given) == spelled(read):
        return EQUAL
    if has_han(given) and has_han(read):
        return of_chinese(spelled(chinese(given)), spelled(chinese(read)))
    if has_latin(given) and has_latin(read) and (latin(given) and latin(read)):
        return of_latin(words(latin(given)), words(latin(read)))
    own, other = (given, read) if has_han(given) else (read, given)
    return READING if has_han(own) and has_latin(other) and reads_as_brand(own, other) else SCRIPTS


def reads_as_brand(own: str, other: str) -> bool:
    """Whether what a Chinese name begins with, places aside, stands in Latin letters in the other: 澄湖 and Chenghu."""
    brand = han(PLACES.sub("", own))
    row = words(other)
    pairs = [*row, *(a + b for a, b in pairwise(row))]
    return any(reads_as(brand[:size], pairs) for size in (4, 3, 2) if len(brand) >= size)


def spelled(text: str) -> str:
    """Letters, figures and Chinese characters alone."""
    return re.sub(r"[\W_]", "", bare(narrow(text)))


def of_chinese(one: str, two: str) -> Likeness:
    if one == two:
        return EQUAL
    first, second = FORMS_ZH.sub("", one), FORMS_ZH.sub("", two)
    if first == second:
        return FORM
    if sorted(first) == sorted(second):
        return near("用字相同，次序不同", "The same characters in another order")
    if min(len(first), len(second)) >= 4 and (first in second or second in first):
        return near("一处比另一处多出部分内容，例如分公司或地名", "One says more than the other, such as a branch or a place")
    if min(len(one), len(two)) >= LONG and distance(one, two) == 1:
        return Likeness("near", described(one, two, "个字", "character"))
    return different("名称不同", "The names differ")


def words(text: str) -> list[str]:
    """“L.L.C.” is one word, “&” is and."""
    plain = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", bare(narrow(text)).replace("&", " and "))
    return [SAME_WORD.get(w, w) for w in re.findall(r"\w+", plain.replace("'", ""))]


def of_latin(one: list[str], two: list[str]) -> Likeness:
    first, second = ([w for w in row if w not in LITTLE] for row in (one, two))
    if plainer(first) == plainer(second):
        return EQUAL
    first, second = ([w for w in row if w not in FORMS] for row in (first, second))
    if "".join(first) == "".join(second):
        return FORM
    if sorted(first) == sorted(second):
        return near("用词相同，次序不同", "The same words in another order")
    if min(len(first), len(second)) > 1 and (set(first) <= set(second) or set(second) <= set(first)):
        return near("一处比另一处多出部分内容，例如分公司或地名", "One says more than the other, such as a branch or a place")
    row, other = "".join(first), "".join(second)
    if min(len(row), len(other)) >= 2 * LONG and distance(row, other) <= 2:
        return near("拼写只差一两个字母", "The spelling differs in a letter or two")
    return different("名称不同", "The names differ")


def plainer(row: list[str]) -> str:
    """One row of letters, ue for ü and u the same."""
    return re.sub(r"(?<=[aou])e", "", "".join(row))
