"""Machine-readable zones by ICAO 9303: passports (TD3), cards (TD1, TD2), visas (MRV-A, MRV-B).

A letter read for a digit, or the other way round, is mended where only the one may stand. Numbers have both: there it is
mended among digits, if the check digit then fits and would fit in no other way, or where the mended number is printed on the
page besides. What its check digit does not confirm stands as it was read, with `doubt`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Literal

from laihua.kernel.texts import Text
from laihua.prechecks.kind import Fields, Found
from laihua.prechecks.words import Box, Leaf, Line, Reading

Form = Literal["TD1", "TD2", "TD3", "MRV-A", "MRV-B"]
WEIGHTS = (7, 3, 1)
FILLERS = str.maketrans({"‹": "<", "＜": "<", "〈": "<", "《": "<<", "«": "<<", "≪": "<<", "く": "<", "「": "<", "(": "<", "{": "<"})
TO_DIGIT = str.maketrans("OQDUILZSGBTA", "000011256874")
ALIKE = {one: group for group in ("0ODQU", "1IL", "2Z", "5S", "6G", "8B", "7T", "4A") for one in group}
TO_LETTER = str.maketrans("0125678", "OIZSGTB")
DIGITS = "[0-9OQDUILZSGBTA]"
LETTERS = "[A-Z0-9<]"
DATES = f"(?P<birth>(?:{DIGITS}|<){{6}})(?P<birth_digit>{DIGITS})(?P<sex>[MFX<])(?P<expires>{DIGITS}{{6}})(?P<expires_digit>{DIGITS})"
SECOND = re.compile(f"(?=(?P<number>{LETTERS}{{9}})(?P<number_digit>{DIGITS})(?P<nationality>{LETTERS}{{3}}){DATES})")
CARD = re.compile(f"(?={DATES}(?P<nationality>{LETTERS}{{3}}))")
STATES = {"D": "DEU", "GBD": "GBR", "GBN": "GBR", "GBO": "GBR", "GBP": "GBR", "GBS": "GBR", "ROM": "ROU", "RKS": "XKX"}
NAMES: dict[Form, int] = {"TD1": 30, "TD2": 31, "TD3": 39, "MRV-A": 39, "MRV-B": 31}
UNCONFIRMED = Text("机读码中此项与其校验位不符，可能有字符读错", "The check digit of the machine-readable zone does not confirm this; a "
                   "character may be misread")


@dataclass(frozen=True, slots=True)
class Zone:
    """`fields`: surname, given_names, name, number, nationality, birth_date, sex, expires_on, as far as they stand there;
    the text of `name` is the names as printed, with fillers between. `failed`: the check digits that do not fit, by the
    field that they confirm, or personal_number, or composite. `issuer`: who issued it, three letters.
    """

    form: Form
    code: str
    issuer: str
    page: int
    fields: Fields
    failed: frozenset[str]

    @property
    def confirmed(self) -> bool:
        return not self.failed


def zones(reading: Reading) -> list[Zone]:
    return [zone for leaf in reading.leaves if (zone := zone_of(leaf))]


def zone_of(leaf: Leaf) -> Zone | None:
    """The zone of one page, the one that its check digits confirm best."""
    rows = list(rows_of(leaf))
    found = [*two_lines(leaf, rows), *three_lines(leaf, rows)]
    return min(found, key=lambda zone: (len(zone.failed), -len(zone.fields)), default=None)


def is_truncated(found: Found) -> bool:
    """Names fill their part of the zone to its end, so that letters or whole names may be missing."""
    return found.source == "zone" and "<" in found.text and len(found.text) in NAMES.values()


def check_digit(characters: str) -> int:
    """ICAO 9303-3, 4.9: weights 7, 3, 1; letters count from A = 10, fillers 0."""
    return sum(WEIGHTS[i % 3] * (0 if c == "<" else int(c, 36)) for i, c in enumerate(characters)) % 10


# Rows of the zone: what stands on one line of the page, each character with its place

@dataclass(frozen=True, slots=True)
class Row:
    text: str
    origins: tuple[tuple[Line, int], ...]       # of each character: the line, and its place in that
    box: Box

    def __getitem__(self, part: slice) -> "Row":
        return replace(self, text=self.text[part], origins=self.origins[part])

    def place(self) -> Box:
        places = [line.part(at, at + 1) for line, at in self.origins]
        whole = places[0]
        for one in places[1:]:
            whole = whole.joined(one)
        return whole

    def sure(self) -> float:
        return min(line.sure for line, _ in self.origins)

    def stretched(self, length: int, *, after: int = 0) -> "Row":
        """Of the wanted length: the longest run of fillers takes or gives what is missing, since runs are miscounted."""
        found = (match.span() for match in re.compile("<{2,}").finditer(self.text, after))
        runs = sorted(found, key=lambda span: span[0] - span[1])
        missing = length - len(self.text)
        if not missing or not runs or runs[0][1] - runs[0][0] + missing < 1:
            return self
        end = runs[0][1]
        kept = end + min(missing, 0)
        return replace(
            self, text=self.text[:kept] + "<" * max(missing, 0) + self.text[end:],
            origins=self.origins[:kept] + (self.origins[end - 1],) * max(missing, 0) + self.origins[end:],
        )


def rows_of(leaf: Leaf) -> Iterator[Row]:
    """Whatever may be a row of a zone, from the top. Pieces that stand side by side are one."""
    pieces = sorted(((as_zone(line), line) for line in leaf.lines), key=lambda piece: piece[1].box.middle[1])
    bands: list[list[tuple[str, Line]]] = []
    for text, line in pieces:
        if not text:
            continue
        last = bands[-1][-1][1].box if bands else None
        if last and abs(last.middle[1] - line.box.middle[1]) < 0.5 * min(last.height, line.box.height) \
                and not any(overlap(line.box, other.box) for _, other in bands[-1]):
            bands[-1].append((text, line))
        else:
            bands.append([(text, line)])
    for band in bands:
        band.sort(key=lambda piece: piece[1].box.left)
        characters = [(c, (line, at)) for _, line in band for at, c in zone_characters(line.text)]
        if 25 <= len(characters) <= 56:
            box = band[0][1].box
            for _, line in band[1:]:
                box = box.joined(line.box)
            yield Row("".join(c for c, _ in characters), tuple(origin for _, origin in characters), box)


def as_zone(line: Line) -> str:
    if sum(character.islower() for character in line.text) > 0.3 * len(line.text):
        return ""
    text = "".join(c for _, c in zone_characters(line.text))
    return text if re.fullmatch(r"[A-Z0-9<]{3,}", text) else ""


def zone_characters(text: str) -> Iterator[tuple[int, str]]:
    """Each character as it would stand in a zone, with its place in the text; spaces and specks left out.

    A zone has capital letters only: a small c or k in it is a filler.
    """
    for at, character in enumerate(text):
        if not character.isspace() and character not in ".,·'`":
            for one in "<" if character in "ck" else character.upper().translate(FILLERS):
                yield at, one


def overlap(one: Box, other: Box) -> bool:
    return min(one.right, other.right) - max(one.left, other.left) > 0.1 * min(one.width, other.width)


def neighbours(upper: Row, lower: Row) -> bool:
    """Two rows of one zone: close below each other and equally wide."""
    height = max(upper.box.height, lower.box.height)
    return 0 < lower.box.middle[1] - upper.box.middle[1] < 4 * height \
        and min(upper.box.right, lower.box.right) - max(upper.box.left, lower.box.left) > 0.6 * max(upper.box.width, lower.box.width)


# Formats

def two_lines(leaf: Leaf, rows: Sequence[Row]) -> Iterator[Zone]:
    for at, row in enumerate(rows):
        above = rows[at - 1] if at and neighbours(rows[at - 1], row) else None
        first = above if above and re.match(r"[PVIAC]", above.text) and "<" in above.text else None
        for match in SECOND.finditer(row.text):
            second = row[match.start():]
            second = second.stretched(44 if len(second.text) > 40 else 36, after=28)
            form = form_of(first, second)
            read = Marks(leaf, second, match, shift=match.start())
            read.beyond(form, read.number(second[0:9], second[9:10]), second.text)
            if convincing(read, first is not None):
                yield read.zone(form, first)


def form_of(first: Row | None, second: Row) -> Form:
    visa, long = bool(first and first.text.startswith("V")), len(second.text) > 40
    if visa:
        return "MRV-A" if long else "MRV-B"
    return "TD3" if long else "TD2"


def three_lines(leaf: Leaf, rows: Sequence[Row]) -> Iterator[Zone]:
    for at in range(1, len(rows) - 1):
        first, second, third = rows[at - 1:at + 2]
        match = CARD.match(second.text)
        if not match or not neighbours(first, second) or not neighbours(second, third) or not re.match(r"[IAC]", first.text):
            continue
        first, second = first.stretched(30), second.stretched(30)
        read = Marks(leaf, second, match)
        digits, digit = first[5:14], first[14:15]
        if digit.text == "<" and (longer := re.match(r"([A-Z0-9]+)([0-9])<", first.text[15:])):
            digits = replace(digits, text=digits.text + longer[1], origins=first.origins[5:14] + first.origins[15:15 + len(longer[1])])
            digit = first[15 + len(longer[1]):16 + len(longer[1])]
        number = read.number(digits, digit)
        covered = number[:9] + first.text[14:30] + read.days + second.text[18:29]
        read.composite(covered, second.text[29:30])
        if convincing(read, True):
            yield read.zone("TD1", first, names=third)


def convincing(read: "Marks", with_first: bool) -> bool:
    """By chance two check digits in a hundred lines agree; a page full of numbers is no zone."""
    confirmed = 3 - len(read.failed & {"number", "birth_date", "expires_on"})
    return bool(read.fields.keys() & {"birth_date", "expires_on"}) and confirmed >= (1 if with_first else 3)


class Marks:
    """What one zone says, as it is worked out. `days`: birth and expiry with their check digits, slips mended."""

    def __init__(self, leaf: Leaf, second: Row, match: re.Match[str], shift: int = 0) -> None:
        self.leaf, self.fields, self.failed = leaf, dict[str, Found](), set[str]()
        place = {name: second[match.start(name) - shift:match.end(name) - shift] for name in match.groupdict()}
        expires = self.day("expires_on", place["expires"], place["expires_digit"])
        self.days = self.day("birth_date", place["birth"], place["birth_digit"]) + expires
        if place["sex"].text in "MF":
            self.put("sex", place["sex"].text, place["sex"])
        state = place["nationality"].text.translate(TO_LETTER).strip("<")
        if state:
            self.put("nationality", STATES.get(state, state), place["nationality"])

    def put(self, key: str, value: str, row: Row, doubt: Text | None = None) -> None:
        self.fields[key] = Found(value, row.text, self.leaf.number, row.place(), row.sure(), "zone", doubt)

    def day(self, key: str, row: Row, digit: Row) -> str:
        text, last = row.text.translate(TO_DIGIT), digit.text.translate(TO_DIGIT)
        fits = last == str(check_digit(text))
        expires = self.fields.get("expires_on")
        value = day_of(text, before=expires.value if expires else "")
        if not fits or (not value and "<" not in text):
            self.failed.add(key)
        if value:
            self.put(key, value, row, None if fits else UNCONFIRMED)
        return text + last

    def number(self, row: Row, digit: Row) -> str:
        """With its check digit, mended where that can be."""
        last = digit.text.translate(TO_DIGIT)
        value = mended(row.text, last, self.besides(row)) if last.isdigit() else ""
        if not value:
            self.failed.add("number")
        text = value or row.text
        if text.strip("<"):
            self.put("number", text.replace("<", ""), row, None if value else UNCONFIRMED)
        return text + last

    def besides(self, row: Row) -> str:
        """What else is printed on the page."""
        rows = {id(line) for line, _ in row.origins}
        return "\n".join(line.text.upper() for line in self.leaf.lines if id(line) not in rows)

    def beyond(self, form: Form, number: str, text: str) -> None:
        """After the expiry: in passports a personal number, and a digit over everything; in visas neither."""
        covered = number + self.days
        if form == "TD3" and len(text) == 44:
            personal, digit = text[28:42], text[42].translate(TO_DIGIT)
            if digit != str(check_digit(personal)) and not (digit == "<" and not personal.strip("<")):
                self.failed.add("personal_number")
            self.composite(covered + personal + digit, text[43])
        elif form == "TD2" and len(text) == 36:
            self.composite(covered + text[28:35], text[35])
        elif form in ("TD3", "TD2"):
            self.failed.add("composite")

    def composite(self, covered: str, digit: str) -> None:
        if digit.translate(TO_DIGIT) != str(check_digit(covered)):
            self.failed.add("composite")

    def zone(self, form: Form, first: Row | None, names: Row | None = None) -> Zone:
        code, issuer = "", ""
        if first:
            code, issuer = first.text[:2].strip("<"), first.text[2:5].translate(TO_LETTER).strip("<")
            self.names(names or first[5:], NAMES[form])
        fields = {key: (found,) for key, found in self.fields.items()}
        return Zone(form, code, STATES.get(issuer, issuer), self.leaf.number, fields, frozenset(self.failed))

    def names(self, row: Row, length: int) -> None:
        """Surname, two fillers, given names; what follows two fillers more is filling, however it was read."""
        printed = row[:length]
        match = re.match(r"(?P<surname>[^<]+(?:<[^<]+)*)(?:<<(?P<given>[^<]+(?:<[^<]+)*))?", printed.text)
        if not match:
            return
        surname, given = match["surname"], match["given"] or ""
        given = re.sub(r"(<[KC]{2,})+$", "", given)     # fillers, misread
        self.put("name", " ".join(spaced(part) for part in (surname, given) if part), printed[:match.end()])
        # one filler alone may be two of which one was lost: which part is the surname nobody knows then
        if given or "<" not in surname:
            self.put("surname", spaced(surname), printed[:match.end("surname")])
        if given:
            self.put("given_names", spaced(given), printed[match.start("given"):match.start("given") + len(given)])


def spaced(names: str) -> str:
    return names.translate(TO_LETTER).replace("<", " ").strip()


def mended(text: str, digit: str, printed: str) -> str:
    """The number that the check digit confirms: as it was read, or with letters among its digits taken for digits, or as it
    is `printed` besides with such slips only. Empty where that leads to none or to several."""
    if str(check_digit(text)) == digit:
        return text
    slips = [match.start() for match in re.finditer(r"(?<=[0-9])[OQDUILZSGBTA](?=[0-9<]|$)", text)]
    fitting = {
        tried for chosen in subsets(slips) if str(check_digit(tried := with_digits(text, chosen))) == digit
    }
    alike = " ?".join(f"[{ALIKE.get(character, character)}]" for character in text.rstrip("<"))
    for found in re.findall(rf"(?<![A-Z0-9]){alike}(?![A-Z0-9])", printed):
        number = found.replace(" ", "").ljust(len(text), "<")
        if str(check_digit(number)) == digit:
            fitting.add(number)
    return fitting.pop() if len(fitting) == 1 else ""


def subsets(slips: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for count in range(1, len(slips) + 1):
        yield from combinations(slips, count)


def with_digits(text: str, places: Sequence[int]) -> str:
    return "".join(c.translate(TO_DIGIT) if at in places else c for at, c in enumerate(text))


def day_of(text: str, before: str = "") -> str:
    """YYYY-MM-DD of six digits; of a birth the latest year that is not after the expiry. Empty where it is no date."""
    if not text.isdigit():
        return ""
    year, month, of_month = (int(text[at:at + 2]) for at in (0, 2, 4))
    century = 1900 if 2000 + year > (int(before[:4]) if before else 2069) else 2000
    try:
        return date(century + year, month, of_month).isoformat()
    except ValueError:
        return ""
