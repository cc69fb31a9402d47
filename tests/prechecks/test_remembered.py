"""What is kept of a reading comes back as it was, through JSON."""

import json

from hypothesis import given
from hypothesis import strategies as some

from laihua.kernel.texts import Text
from laihua.prechecks import remembered
from laihua.prechecks.document import Document, KindSeen, Page
from laihua.prechecks.kind import Found
from laihua.prechecks.words import Box, Leaf, Line, Reading

share = some.integers(0, 100_000).map(lambda n: n / 100_000)
box = some.builds(Box, share, share, share, share)
boxes = some.lists(box, max_size=3).map(tuple)
sure = some.integers(0, 1000).map(lambda n: n / 1000)
words = some.text(max_size=12)
ends = some.lists(some.integers(0, 10_000).map(lambda n: n / 10_000), max_size=4).map(tuple)
by = some.sampled_from(["text", "ocr", "nothing"])
turned = some.sampled_from([0, 90, 180, 270])
skew = some.integers(-9000, 9000).map(lambda n: n / 1000)
leaf = some.builds(
    Leaf, some.integers(1, 100), share, some.lists(some.builds(Line, words, box, sure, ends), max_size=3).map(tuple),
    by, turned, skew, boxes, boxes,
)
reading = some.builds(Reading, some.integers(1, 100), some.lists(leaf, max_size=3).map(tuple), some.lists(words).map(tuple))
found = some.builds(
    Found, words, words, some.integers(1, 100), box, sure, some.sampled_from(["printed", "zone", "code"]),
    some.none() | some.builds(Text, words, words),
)
page = some.builds(
    Page, some.integers(1, 100), by, some.integers(0, 900), sure, turned, boxes, boxes,
    some.none() | some.tuples(some.integers(1, 99), some.integers(1, 99)),
)
document = some.builds(
    Document, some.integers(1, 100),
    some.lists(some.builds(KindSeen, words, sure, some.lists(some.integers(1, 9), max_size=3).map(tuple)), max_size=2).map(tuple),
    some.dictionaries(words, some.dictionaries(words, some.lists(found, max_size=2).map(tuple), max_size=2), max_size=2),
    some.lists(page, max_size=3).map(tuple), some.lists(words, max_size=2).map(tuple),
)


@given(document)
def test_a_document(one: Document) -> None:
    assert remembered.document_of(json.loads(json.dumps(remembered.document_to_json(one)))) == one


@given(reading)
def test_a_reading_that_is_not_finished(one: Reading) -> None:
    assert remembered.reading_of(json.loads(json.dumps(remembered.reading_to_json(one)))) == one


def test_places_lose_less_than_a_hundredth_of_a_percent() -> None:
    exact = Line("E1234567", Box(1 / 3, 1 / 7, 2 / 3, 2 / 7), 0.98765, (1 / 8, 2 / 8, 1 / 3, 1.0))
    kept = remembered.leaf_of(remembered.leaf_to_json(Leaf(1, 1 / 3, (exact,), "ocr", 90, 1.23456))).lines[0]
    assert kept.text == exact.text
    for was, now in zip(_numbers(exact), _numbers(kept), strict=True):
        assert abs(was - now) <= 1e-4


def _numbers(line: Line) -> list[float]:
    return [line.box.left, line.box.top, line.box.right, line.box.bottom, *line.ends]
