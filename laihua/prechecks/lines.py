"""Letters with their places become lines: what stands on one line without a wide gap or a ruled line between. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

WIDE_GAP, WORD_GAP, SAME_LINE = 1.6, 0.17, 0.3          # in heights of letters
LABEL_GAP = 3.5                                         # the same, within labels such as 姓  名

LineFound = tuple[str, float, float, float, float, list[float]]


@dataclass(frozen=True, slots=True)
class Area:
    """In points, from the left and upper edge. `order` tells what was drawn before it."""

    left: float
    top: float
    right: float
    bottom: float
    order: int = 0

    @property
    def size(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)

    def common(self, other: "Area") -> "Area":
        return Area(
            max(self.left, other.left), max(self.top, other.top), min(self.right, other.right), min(self.bottom, other.bottom), self.order
        )


@dataclass(slots=True)
class Letter:
    """`foot`: the point on which it stands. `drawn`: by what. `spaced`: a space is typed before it.

    `own_font`: one that the file brings along.
    """

    text: str
    place: Area
    foot: tuple[float, float]
    drawn: int = 0
    spaced: bool = False
    own_font: bool = True

    @property
    def height(self) -> float:
        return self.place.bottom - self.place.top

    @property
    def base(self) -> float:
        return self.foot[1]


Run = list[Letter]


class Rules:
    """Upright ruled lines, such as those between the columns of a table."""

    def __init__(self, areas: list[Area]) -> None:
        self.areas = sorted(areas, key=lambda area: area.left)
        self.lefts = [area.left for area in self.areas]

    def between(self, before: Letter, letter: Letter) -> bool:
        if not self.areas:
            return False
        begin = (before.place.left + before.place.right) / 2
        end, middle = (letter.place.left + letter.place.right) / 2, (letter.place.top + letter.place.bottom) / 2
        near = self.areas[bisect_left(self.lefts, begin): bisect_right(self.lefts, end)]
        return any(rule.top <= middle <= rule.bottom for rule in near)


def lines_of(letters: list[Letter], rules: Rules) -> list[Run]:
    """Letters in the order in which they are drawn make runs; runs that follow each other on a line are joined."""
    share_places(letters)
    runs: list[Run] = []
    for letter in letters:
        if runs and drawn_twice(runs[-1][-1], letter):
            continue
        if runs and follows(runs[-1], letter, rules):
            runs[-1].append(letter)
        else:
            runs.append([letter])
    return sorted((line for row in rows(runs) for line in joined(row, rules)), key=lambda line: (line[0].base, line[0].place.left))


def share_places(letters: list[Letter]) -> None:
    """The letters of a ligature, which all have its place."""
    begin = 0
    for end in range(1, len(letters) + 1):
        first = letters[begin]
        if end < len(letters) and letters[end].place == first.place and letters[end].drawn == first.drawn != 0:
            continue
        if end - begin > 1:
            place, part = first.place, (first.place.right - first.place.left) / (end - begin)
            for number, letter in enumerate(letters[begin:end]):
                letter.place = Area(place.left + number * part, place.top, place.left + (number + 1) * part, place.bottom)
        begin = end


def drawn_twice(before: Letter, letter: Letter) -> bool:
    """To look bold."""
    gap = abs(before.place.left - letter.place.left) + abs(before.base - letter.base)
    return before.text == letter.text and gap < 0.15 * letter.height


def follows(run: Run, letter: Letter, rules: Rules, gap_at_most: float = WIDE_GAP) -> bool:
    before = run[-1]
    height = min(before.height, letter.height)
    gap = letter.place.left - before.place.right
    return abs(before.base - letter.base) <= SAME_LINE * height and -SAME_LINE * height <= gap <= gap_at_most * height \
        and max(before.height, letter.height) < 1.7 * height and not (gap > 0.1 * height and rules.between(before, letter))


def rows(runs: list[Run]) -> Iterator[list[Run]]:
    """Runs that stand on the same line, from the left."""
    row: list[Run] = []
    for run in sorted(runs, key=lambda run: run[0].base):
        if row and run[0].base - row[0][0].base > SAME_LINE * min(run[0].height, row[0][0].height):
            yield sorted(row, key=lambda run: run[0].place.left)
            row = []
        row.append(run)
    if row:
        yield sorted(row, key=lambda run: run[0].place.left)


def joined(row: list[Run], rules: Rules) -> list[Run]:
    lines: list[Run] = []
    for run in row:
        if lines and drawn_again(lines[-1], run):
            continue
        if lines and (follows(lines[-1], run[0], rules) or (spaced_out(lines[-1], run) and follows(lines[-1], run[0], rules, LABEL_GAP))):
            lines[-1] = lines[-1] + run
        else:
            lines.append(run)
    return lines


def drawn_again(line: Run, run: Run) -> bool:
    return len(line) >= len(run) and all(drawn_twice(a, b) for a, b in zip(line, run, strict=False))


def spaced_out(left: Run, right: Run) -> bool:
    """The two halves of a label such as 姓  名."""
    return len(left) == 1 and all(is_chinese(letter.text) for letter in (left[0], right[0])) \
        and (len(right) == 1 or right[1].text in ":：(（")


def is_chinese(text: str) -> bool:
    return "\u3400" <= text[0] <= "\u9fff"


def around(line: Run) -> Area:
    return Area(
        min(letter.place.left for letter in line), min(letter.place.top for letter in line),
        max(letter.place.right for letter in line), max(letter.place.bottom for letter in line),
    )


def as_shares(line: Run, upright: Area) -> LineFound:
    """The line with shares of the page for places, and where each character ends as a share of the line."""
    place = around(line)
    width = place.right - place.left or 1.0
    text, ends = "", []
    for number, letter in enumerate(line):
        begin, end = (letter.place.left - place.left) / width, (letter.place.right - place.left) / width
        if number and apart(line[number - 1], letter):
            text += " "
            ends.append(begin)
        ends += [begin + (end - begin) * part / len(letter.text) for part in range(1, len(letter.text) + 1)]
        text += letter.text
    return (
        text, place.left / upright.right, place.top / upright.bottom, place.right / upright.right, place.bottom / upright.bottom,
        [round(end, 4) for end in ends],
    )


def apart(before: Letter, letter: Letter) -> bool:
    """A space between two words; Chinese letters that are merely set wide have none unless it is typed."""
    gap = letter.place.left - before.place.right
    limit = 1.0 if is_chinese(before.text) and is_chinese(letter.text) else WORD_GAP
    return letter.spaced or gap > limit * min(before.height, letter.height)
