"""Sex as papers write it: M or F, empty where they leave it open."""

import re

from laihua.prechecks.comparing.levels import EQUAL, Likeness, different
from laihua.prechecks.comparing.plain import bare, narrow

MALE = "m male 男 男性 masculin masculino maschile mannlich mann man homme h 1 м муж мужской erkek 남"
FEMALE = "f female 女 女性 feminin femenino feminino femminile weiblich frau woman femme w 2 ж жен женский kadin 여 k"
WORDS = {"M": set(MALE.split()), "F": set(FEMALE.split())}

def read(text: str) -> str:
    words = set(re.findall(r"[^\W\d_]+|\d", bare(narrow(text)).replace("ı", "i")))
    found = {sex for sex, known in WORDS.items() if words & known}
    if len(found) != 1:
        found = {sex for sex, sign in (("M", "男"), ("F", "女")) if sign in text}
    return found.pop() if len(found) == 1 else ""


def likeness(given: str, read_value: str) -> Likeness:
    return EQUAL if read(given) == read(read_value) else different("性别不同", "The sex differs")
