"""How Chinese names may be read in Latin letters, several ways for a character: 单 as Shan, 吕 as LYU, LV or LU."""

import os
from collections.abc import Iterable
from functools import lru_cache

# Readings that characters have as surnames and dictionaries do not give first, or at all.
SURNAME_READINGS = (
    "单=shan 單=shan 解=xie 仇=qiu 区=ou 區=ou 查=zha 任=ren 曾=zeng 盖=ge,gai 朴=piao,pu,park 尉=yu,wei 万=mo,wan 俟=qi 华=hua "
    "覃=qin,tan 缪=miao 繆=miao 员=yun 乐=yue,le 召=shao 宓=fu,mi 黑=he 折=she 繁=po 秘=bi 种=chong 佴=nai 翟=zhai,di 祭=zhai "
    "郇=xun,huan 令=ling 长=zhang,chang 澹=tan 相=xiang 洗=xian 冼=xian 哈=ha 臧=zang 逄=pang 隗=wei,kui"
)
SURNAMES = dict(pair.split("=") for pair in SURNAME_READINGS.split())
UMLAUT = {"lv": ("lv", "lu", "lyu", "lue"), "nv": ("nv", "nu", "nyu", "nue"), "lve": ("lve", "lue", "lyue"), "nve": ("nve", "nue", "nyue")}


@lru_cache(maxsize=512)
def of_character(character: str) -> frozenset[str]:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")      # names need none of its phrases: 45 MB and most of the time to load
    from pypinyin import Style, pinyin

    found = {r for row in pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore") for r in row}
    found |= set(SURNAMES.get(character, "").split(","))
    return frozenset(variant for r in found if r for variant in UMLAUT.get(r.replace("ü", "v"), (r.replace("ü", "v"),)))


def reads_as(name: str, letters: Iterable[str]) -> bool:
    """Whether one of the rows of small letters is a reading of the Chinese name, character by character."""
    return any(spells(name, row) for row in letters)


def spells(name: str, letters: str) -> bool:
    reached = {0}
    for character in name:
        reached = {at + len(r) for at in reached for r in of_character(character) if letters.startswith(r, at)}
        if not reached:
            return False
    return len(letters) in reached


def sound_alike(one: str, two: str) -> bool:
    return len(one) == len(two) and all(a == b or of_character(a) & of_character(b) for a, b in zip(one, two, strict=True))
