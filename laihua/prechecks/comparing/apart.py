"""Where two writings differ, in words that a person can check at a glance."""

from laihua.kernel.texts import Text
from laihua.prechecks.comparing.levels import Likeness

CONFUSED = ("O0QD", "I1L|", "S5", "B8", "Z2", "G6")
ORDINALS = {1: "st", 2: "nd", 3: "rd"}
SHOWN = 3
"""So many places that differ are named; more are called different altogether."""


def ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else ORDINALS.get(number % 10, "th")
    return f"{number}{ending}"


def places(one: str, two: str) -> list[int]:
    """Those at which two writings of the same length differ, from 1."""
    return [n for n, (a, b) in enumerate(zip(one, two, strict=True), 1) if a != b]


def described(one: str, two: str, zh: str = "位", en: str = "character") -> Text:
    """What differs between what the form says (`one`) and what the document says; `zh`, `en`: what one place is called."""
    if len(one) != len(two):
        return lengths(one, two, zh, en)
    apart = places(one, two)
    if len(apart) == 2 and apart[1] == apart[0] + 1 and one[apart[0] - 1] == two[apart[1] - 1] and one[apart[1] - 1] == two[apart[0] - 1]:
        if apart[1] == len(one):
            return Text(f"最后两{zh}顺序不同", f"The last two {en}s have changed places")
        return Text(f"第{apart[0]}、{apart[1]}{zh}顺序不同", f"The {ordinal(apart[0])} and {ordinal(apart[1])} {en}s have changed places")
    if len(apart) == 1:
        n = apart[0]
        return Text(f"第{n}{zh}不同：填的是“{one[n - 1]}”，材料上是“{two[n - 1]}”",
                    f"The {ordinal(n)} {en} differs: “{one[n - 1]}” in the form, “{two[n - 1]}” in the document")
    if 0 < len(apart) <= SHOWN:
        return Text(f"第{'、'.join(map(str, apart))}{zh}不同", f"{en.capitalize()}s {', '.join(map(str, apart))} differ")
    return Text("两处内容不同", "The two differ")


def lengths(one: str, two: str, zh: str, en: str) -> Text:
    shorter, longer = sorted((one, two), key=len)
    n = missing_at(shorter, longer)
    if n is None:
        return Text(f"长度不同：填了{len(one)}{zh}，材料上是{len(two)}{zh}",
                    f"The lengths differ: {len(one)} {en}s in the form, {len(two)} in the document")
    where, who = ("填写的", "form") if longer == two else ("材料上", "document")
    return Text(f"{where}少了第{n + 1}{zh}“{longer[n]}”", f"The {ordinal(n + 1)} {en} “{longer[n]}” is missing in the {who}")


def missing_at(shorter: str, longer: str) -> int | None:
    if len(longer) != len(shorter) + 1:
        return None
    return next((n for n in range(len(longer)) if longer[:n] + longer[n + 1:] == shorter), None)


def confused(one: str, two: str, groups: tuple[str, ...] = CONFUSED) -> bool:
    """Whether the two differ only in characters that look alike."""
    return one != two and len(one) == len(two) and all(
        any(a in g and b in g for g in groups) for a, b in zip(one, two, strict=True) if a != b
    )


def distance(one: str, two: str, most: int = 3) -> int:
    """How many characters are changed, missing or added; `most` + 1 where there are more."""
    if abs(len(one) - len(two)) > most:
        return most + 1
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        above, row = row, [i]
        for j, b in enumerate(two, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b)))
    return min(row[-1], most + 1)


def looking_alike(text: Text) -> Likeness:
    return Likeness("near", Text(
        f"{text.zh}；两个字符形状相近，可能是识读误差", f"{text.en}; the characters look alike, so it may be a slip in reading"))
