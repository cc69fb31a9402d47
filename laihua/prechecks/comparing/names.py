"""Names of people: order, case, spaces, hyphens, accents and how zones spell them, shortened names, Chinese names and readings."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import permutations

from laihua.kernel.texts import Text
from laihua.prechecks.comparing.apart import confused, described, distance, looking_alike
from laihua.prechecks.comparing.levels import EQUAL, Likeness, different, equal, near
from laihua.prechecks.comparing.plain import narrow
from laihua.prechecks.comparing.readings import reads_as, sound_alike
from laihua.prechecks.comparing.scripts import han, has_latin, latin

# ICAO 9303-3, section 6, and the plainer letters that many countries print instead.
IN_ZONES = {
    "Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "Ø": "OE", "Œ": "OE", "Æ": "AE", "Þ": "TH", "ß": "SS", "ẞ": "SS", "Ð": "D",
    "Đ": "D", "Ł": "L", "İ": "I", "Ħ": "H", "Ŋ": "N", "Ŧ": "T", "Ĳ": "IJ", "Ə": "E",
}
PLAINER = IN_ZONES | {"Ä": "A", "Ö": "O", "Ü": "U", "Å": "A", "Ø": "O"}
TITLES = {"MR", "MRS", "MS", "MISS", "MME", "HERR", "FRAU", "DR", "PROF", "SIR", "MONSIEUR", "MADAME", "SR", "SRA"}
TITLES_ZH = re.compile(r"(?:先生|女士|小姐|博士|教授)$")
LONG_IN_ZONE = 24
"""A zone that carries so many letters of a name may have shortened it; a shorter one carries all of it."""

Word = frozenset[str]       # one word of a name in all its spellings

ORDER = near("词序不同，可能是姓和名的位置不同", "The words stand in another order; surname and given names may have changed places")
SPELLED = equal("写法不同，属于常见转写", "Written another way, as is usual for these letters")
READING = equal("中文名的读音与拼写相符", "The Chinese name reads as the spelling")
APART = different("拼写不同", "The spelling differs")
SCRIPTS = near("一处是中文名，一处是拼写，无法直接比较", "One is a Chinese name, the other in Latin letters: they cannot be compared")
OTHER_SCRIPTS = near("文字不同，无法直接比较", "The two are in different scripts and cannot be compared directly")
HOMOPHONES = near("读音相同，用字不同（同音字、繁体或异体字）", "The same sound in other characters, perhaps traditional ones")
E_LEFT = near("变音字母的转写不同，例如Ö写作OE或O", "An umlaut is spelled another way, such as OE or O for Ö")
CUT = equal("机读区的名字较长，按规定截短", "The zone shortens long names")


def likeness(given: str, read: str, *, parts: Sequence[str] = (), whole: bool = True, zone: int = 0) -> Likeness:
    """`parts`: the surname and the given names that `given` is made of. `whole`: it is a full name, which papers write in
    either order, not a surname alone. `zone`: how many letters the name has in the machine-readable zone, where `read` is its."""
    given, read = narrow(given), narrow(read)
    own, other = han(TITLES_ZH.sub("", given.strip())), han(TITLES_ZH.sub("", read.strip()))
    if has_latin(given) and has_latin(read):
        found = of_latin(latin(given), latin(read), [p for p in parts if has_latin(p)], whole, zone)
        return EQUAL if own and own == other and found.level != "equal" else found
    if own and other:
        return of_chinese(own, other)
    if own or other:
        spelled = words(latin(read if own else given))
        readings = {join.lower() for row in (rotations(spelled) if whole else [spelled]) for join in joined(row)}
        return READING if readings and reads_as(own or other, readings) else SCRIPTS
    return OTHER_SCRIPTS


def of_chinese(own: str, other: str) -> Likeness:
    if own == other:
        return EQUAL
    return HOMOPHONES if sound_alike(own, other) else Likeness("different", described(own, other, "个字", "character"))


def of_latin(given: str, read: str, parts: list[str], whole: bool, zone: int) -> Likeness:
    one, two = words(given), words(read)
    if any(same(row, two) for row in orders(one, [words(p) for p in parts], whole)):
        return EQUAL if plainest(given) == plainest(read) else SPELLED
    if any(same(loose(row), loose(two)) for row in orders(one, [words(p) for p in parts], whole)):
        return E_LEFT
    if len(one) == len(two) and any(all(a & b for a, b in zip(row, two, strict=True)) for row in permutations(one[:6])):
        return ORDER
    if zone >= LONG_IN_ZONE and shortened(one, two):
        return CUT
    if found := left_out(one, two, whole):
        return Likeness("near", found)
    return nearest(one, two)


def words(name: str) -> list[Word]:
    """Without case, accents, apostrophes and titles; a hyphen parts words."""
    upper = unicodedata.normalize("NFC", narrow(name).replace("'", "")).upper()
    found = [frozenset(spelling(w, table) for table in (IN_ZONES, PLAINER)) for w in re.findall(r"[^\W\d_]+", upper)]
    while len(found) > 1 and found[0] & TITLES:
        found = found[1:]
    return found


def spelling(word: str, table: dict[str, str]) -> str:
    decomposed = unicodedata.normalize("NFD", "".join(table.get(c, c) for c in word))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def joined(row: list[Word]) -> set[str]:
    return {"".join(min(word, key=len) for word in row), "".join(max(word, key=len) for word in row)}


def same(one: list[Word], two: list[Word]) -> bool:
    """Word by word in any spelling of each, or as one row of letters, since papers part and join words as they like."""
    if len(one) == len(two) and all(a & b for a, b in zip(one, two, strict=True)):
        return True
    return bool(one and two and joined(one) & joined(two))


def loose(row: list[Word]) -> list[Word]:
    return [frozenset(re.sub(r"(?<=[AOU])E|(?<=A)A", "", spelled) for spelled in word) for word in row]


def rotations(row: list[Word]) -> list[list[Word]]:
    return [row[n:] + row[:n] for n in range(len(row))]


def orders(one: list[Word], parts: list[list[Word]], whole: bool) -> Iterator[list[Word]]:
    yield one
    if whole and len(parts) > 1:
        for row in permutations(parts):
            yield [word for part in row for word in part]
    elif whole:
        yield from rotations(one)


def plainest(name: str) -> str:
    """What is the same whatever the case, the spaces and the order."""
    return "".join(sorted(re.sub(r"[\W\d_]", "", unicodedata.normalize("NFC", name).upper())))


def shortened(one: list[Word], two: list[Word]) -> bool:
    """Each word of a zone begins the word of the name that stands in its place; the last ones may be missing."""
    return 0 < len(two) <= len(one) and all(any(a.startswith(b) for a in x for b in y) for x, y in zip(one, two, strict=False))


def left_out(one: list[Word], two: list[Word], whole: bool) -> Text | None:
    """One name is the other without some words, or with their first letters only."""
    letters = [sum(len(min(w, key=len)) for w in row) for row in (one, two)]
    shorter, longer = (one, two) if (len(one), letters[0]) < (len(two), letters[1]) else (two, one)
    rest, initials, shared = list(longer), [], 0
    for word in shorter:
        if found := next((w for w in rest if w & word), None):
            rest.remove(found)
            shared += 1
        elif len(min(word)) == 1 and (found := next((w for w in rest if min(w)[0] == min(word)), None)):
            rest.remove(found)
            initials.append(min(found))
        else:
            return None
    if shared < (2 if whole and len(longer) > 2 and not initials else 1) or not (rest or initials):
        return None
    if initials:
        return Text(f"“{'、'.join(initials)}”一处只写了首字母", f"One gives only the first letter of “{', '.join(initials)}”")
    left = " ".join(min(w) for w in rest)
    if shorter is one:
        return Text(f"填写的比材料少“{left}”", f"The form lacks “{left}”, which the document has")
    return Text(f"材料上比填写的少“{left}”", f"The document lacks “{left}”, which the form has")


def nearest(one: list[Word], two: list[Word]) -> Likeness:
    """What differs, in the spellings and the order that come closest."""
    pairs = [(a, b) for row in rotations(one) for a in joined(row) for b in joined(two)]
    if not pairs:
        return OTHER_SCRIPTS
    first, second = min(pairs, key=lambda pair: distance(*pair))
    if confused(first, second):
        return looking_alike(described(first, second, "个字母", "letter"))
    return Likeness("different", described(first, second, "个字母", "letter")) if distance(first, second) <= 2 else APART
