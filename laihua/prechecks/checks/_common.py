"""What the checks share: what to do about a finding, whether a document is what was asked for, and where something stands."""

from collections.abc import Iterable
from datetime import date

from laihua.kernel.texts import Text
from laihua.prechecks.comparing import dates
from laihua.prechecks.comparing.levels import Likeness
from laihua.prechecks.document import Document
from laihua.prechecks.findings import Given, Level, Place
from laihua.prechecks.kind import Found, Kind, kinds

LEVELS: dict[str, Level] = {"equal": "pass", "near": "doubt", "different": "mismatch"}
CERTIFICATION = "certification"
UNSURE = 0.7
"""What OCR read less surely than this may be misread: it is a doubt, never a mismatch."""
DO: dict[Level, Text] = {
    "pass": Text("{said}", "{said}"),
    "doubt": Text(
        "{said}。请对照材料确认，没有问题就不用修改", "{said}. Please look at the document; if all is well nothing has to be changed"),
    "mismatch": Text(
        "{said}。请对照材料核对：填错了就改为材料上的内容；没有填错，请写明理由或更换材料",
        "{said}. Please compare with the document: take over what it says if the form is wrong, otherwise say why or upload another one"),
}
UNCERTAIN = Text("{said}（该处印得不清，可能是识读误差）", "{said} (this place is hard to read, so it may be a slip in reading)")


def kind_of(given: Given) -> Kind | None:
    return kinds().get(given.asks.kind)


def is_another(given: Given) -> bool:
    """Whether the document was recognised, and as something else than what was asked for, if anything was.

    The certification of a paper says nothing of the paper itself.
    """
    seen = {kind.id for kind in given.document.seen} - ({CERTIFICATION} if given.asks.certified else set())
    return bool(given.asks.kind and seen) and not is_recognised(given)


def is_recognised(given: Given) -> bool:
    return given.document.kind(given.asks.kind) is not None


def carries_words(document: Document) -> bool:
    return any(page.words for page in document.leaves)


def level_of(likeness: Likeness, *found: Found) -> tuple[Level, Text]:
    """With the text for people; what could hardly be read is no mismatch."""
    level = LEVELS[likeness.level]
    if level == "mismatch" and any(one.sure < UNSURE for one in found):
        return "doubt", DO["doubt"].format(said=UNCERTAIN.format(said=likeness.text))
    return level, DO[level].format(said=likeness.text)


def places(found: Iterable[Found]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(Place(one.page, one.box) for one in found))


def whole_pages(numbers: Iterable[int]) -> tuple[Place, ...]:
    return tuple(Place(number) for number in numbers)


def order_in(given: Given) -> dates.Order:
    """How the document orders day and month, as its own dates show."""
    kind = kind_of(given)
    keys = [c.key for c in kind.carries if c.type == "date"] if kind else []
    return dates.order_of(one.text for key in keys for one in given.document.found(given.asks.kind, key))


def readings(found: Found, order: dates.Order = "") -> tuple[str, ...]:
    """What a date may be, the likeliest first; one where nothing is in doubt."""
    if found.doubt is None:
        return (found.value,)
    read = next((one for one in dates.read(found.text, order=order) if found.value in (one.value, *one.others)), None)
    return (read.value, *read.others) if read else (found.value,)


def as_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
