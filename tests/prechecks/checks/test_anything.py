"""Whatever a document carries and a form says, the checks say something about it and never fail."""

from datetime import date

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from laihua.kernel.texts import Text
from laihua.prechecks.checks import examine
from laihua.prechecks.document import Document, KindSeen, Page
from laihua.prechecks.findings import Agrees, Asks, Compares, Given
from laihua.prechecks.kind import Found, kinds
from laihua.prechecks.words import Box

BOX = Box(0, 0, 1, 1)
WORDS = st.one_of(
    st.text(max_size=14), st.text(alphabet="0123456789-/.年月日元 CNY万", max_size=14),
    st.sampled_from([
        "2026-11-20", "9999-12-31", "2026-13-40", "40000.00 CNY/month", "SWE", "M", "吕佳萱", "LYU JIAXUAN", "长期", "<<<", "1/2",
        "Ünïcode",
    ]),
)
FOUND = st.builds(
    Found, WORDS, WORDS, st.integers(1, 3), st.just(BOX), st.floats(0, 1), st.sampled_from(["printed", "zone", "code"]),
    st.sampled_from([None, Text("可能有误", "perhaps")]),
)
PAGES = st.lists(
    st.builds(
        Page, st.integers(1, 3), st.sampled_from(["text", "ocr", "nothing"]), st.integers(0, 50), st.floats(0, 1), st.just(0),
        st.just(()), st.just(()),
        st.one_of(st.none(), st.tuples(st.integers(0, 4), st.integers(0, 4))), st.floats(0, 1),
    ), max_size=3,
)
ANSWERS = st.one_of(st.none(), WORDS, st.integers(-10, 10**6), st.booleans(), st.lists(WORDS, max_size=2))


@st.composite
def givens(draw: st.DrawFn) -> Given:
    kind = kinds()[draw(st.sampled_from(sorted(kinds())))]
    seen = draw(st.lists(st.sampled_from(sorted(kinds())), max_size=2, unique=True))
    fields = {c.key: tuple(draw(st.lists(FOUND, max_size=3))) for c in kind.carries}
    pages = draw(PAGES)
    read = Document(len(pages), tuple(KindSeen(id, 0.9, (1,)) for id in seen), {kind.id: fields}, tuple(pages))
    compares = tuple(Compares((c.key, "more") if draw(st.booleans()) else (c.key,), c.key) for c in kind.carries)
    answers = {c.key: draw(ANSWERS) for c in kind.carries} | {"more": draw(ANSWERS)}
    types = {c.key: draw(st.sampled_from(["text", "latin_name", "choice", "money", "date", "passport_number"])) for c in kind.carries}
    asks = Asks(
        kind.id, kind.title, kind.id, compares, tuple(Agrees(c.key, "passport", "number") for c in kind.carries),
        draw(st.sampled_from([None, 0, 6])),
        draw(st.sampled_from([None, 6])), frozenset(draw(st.sets(st.sampled_from(["seal", "signature"])))), draw(st.booleans()),
    )
    codes = {"sex": {"1": Text("男", "Male")}, "degree": {"master": Text("硕士", "Master")}} if draw(st.booleans()) else {}
    return Given(asks, read, answers, {c.key: c.label for c in kind.carries}, types, date(2026, 11, 20), codes)


@settings(max_examples=30, deadline=None)
@for_all(givens(), givens())
def test_anything_can_be_examined(one: Given, other: Given) -> None:
    found = examine({one.asks.slot: one, other.asks.slot: other})
    for finding in found:
        assert finding.slot in {one.asks.slot, other.asks.slot}
        assert finding.level in {"pass", "doubt", "mismatch"}
        assert finding.text.zh
        assert finding.text.en
        assert isinstance(finding.given, str)
        assert isinstance(finding.read, str)
    keys = [finding.key for finding in found]
    assert len(keys) == len(set(keys))
