"""Degrees as certificates name them, as the codes of reference/degrees.yaml; the words stand in reference/degree_words.yaml."""

import re
from functools import cache

from laihua.prechecks.comparing.levels import EQUAL, Likeness, different, near
from laihua.prechecks.comparing.plain import bare, narrow
from laihua.prechecks.comparing.reference import table

RANK = ("none", "bachelor", "master", "doctor")
UNKNOWN = near("未能从材料上的名称判断学位等级", "The name in the document does not tell the level of the degree")
HONORARY = ("名誉", "honorary", "honoris causa")


def read(text: str) -> str:
    """bachelor, master, doctor or honorary; empty where nothing says it. Where several stand, the longest word decides."""
    plain = bare(narrow(text))
    if any(word in plain for word in HONORARY):
        return "honorary"
    found = [(len(m[0]), code) for code, pattern in patterns() for m in pattern.finditer(plain)]
    return max(found)[1] if found else ""


@cache
def patterns() -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for code, words in table("degree_words").items():
        for word in (bare(w.strip()) for w in words.split(",")):
            stem = re.escape(word.rstrip("*"))
            chinese = re.search(r"[㐀-鿿]", word)
            found.append((code, re.compile(stem if chinese else rf"(?<!\w){stem}" + ("" if word.endswith("*") else r"(?!\w)"))))
    return found


def likeness(given: str, read_value: str) -> Likeness:
    """`given`: the code of the form or words; `read_value`: the words of the document or a code."""
    one, two = (value if value in (*RANK, "honorary") else read(value) for value in (given, read_value))
    if not one or not two:
        return UNKNOWN
    if one == two:
        return EQUAL
    if one in RANK and two in RANK and RANK.index(two) > RANK.index(one):
        return different("材料上的学位高于填写的学位", "The degree in the document is higher than the one in the form")
    return different("材料上的学位与填写的学位不同", "The degree in the document is not the one in the form")
