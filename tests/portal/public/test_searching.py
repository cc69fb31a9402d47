"""What the catalogue finds, by which words, in which order; and what it says of how a service has gone. Pure."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laihua.catalog import reference
from laihua.catalog.actions import SERVICES
from laihua.catalog.checks import load_all
from laihua.catalog.definitions import Service
from laihua.kernel.texts import Text
from laihua.portal.public.directory import directory, in_order, often_used
from laihua.portal.public.experience import experience
from laihua.portal.public.searching import MATERIAL, initials, is_near, search, slips

pytestmark = pytest.mark.req("ACC-13")
EVENTS = {choice.code: choice.label for choice in reference.lists()["life_events"]}
WORK_PERMIT = "work_permit.new"


@pytest.fixture(scope="module")
def services() -> list[Service]:
    return [one.service for one in load_all(SERVICES / "work_permit" / "new") if one.service] + [
        one.service for one in load_all(SERVICES / "account") if one.service]


@pytest.mark.parametrize("typed", [
    "工作许可", "work permit", "WORK  Permit", "gzxk", "工做许可", "wrok permti", "初次来华", "体检", "新办",
])
def test_a_service_is_found_by(services: list[Service], typed: str) -> None:
    assert WORK_PERMIT in search(services, typed, EVENTS).hits


@pytest.mark.parametrize("typed", ["zzz", "护照贴纸打印机", "qqqqqq", "<script>", "工作许可 zzz"])
def test_nothing_is_found_by(services: list[Service], typed: str) -> None:
    assert not search(services, typed, EVENTS).hits


def test_exact_words_keep_near_ones_away(services: list[Service]) -> None:
    assert not search(services, "work permit", EVENTS).near
    assert search(services, "wrok permti", EVENTS).near


def test_a_title_counts_more_than_a_document_and_a_document_is_named(services: list[Service]) -> None:
    hits = search(services, "工作许可", EVENTS).hits
    assert hits[WORK_PERMIT].score == max(hit.score for hit in hits.values())
    passport = search(services, "体检", EVENTS).hits[WORK_PERMIT]
    assert passport.because is not None
    assert passport.because.zh.startswith(MATERIAL.zh[:3])


@given(st.text(alphabet="abc", max_size=6), st.text(alphabet="abc", max_size=6))
def test_slips_are_counted_alike_both_ways(a: str, b: str) -> None:
    assert slips(a, b, 9) == slips(b, a, 9)
    assert (slips(a, b, 9) == 0) == (a == b)


def test_one_slip() -> None:
    assert [slips("permit", one, 2) for one in ("permit", "permti", "permt", "permits", "pormit")] == [0, 1, 1, 1, 1]
    assert slips("permit", "employer", 2) == 3
    assert not is_near("cat", "a car")
    assert initials("工作许可 A延期").replace(" ", "") == "gzxkyq"


def test_an_audience_and_an_occasion_narrow_the_list(services: list[Service]) -> None:
    units = directory(services, audience="unit", events=EVENTS)
    people = directory(services, audience="person", events=EVENTS)
    assert units.total > 0
    assert people.total > 0
    assert {s.id for f in people.families for s in f.services if "natural" not in s.audience} == set()
    arriving = directory(services, event="arriving", events=EVENTS)
    assert WORK_PERMIT in {s.id for f in arriving.families for s in f.services}
    trouble = directory(services, event="account_trouble", events=EVENTS)
    assert WORK_PERMIT not in {s.id for f in trouble.families for s in f.services}
    assert all(count for _, _, count in trouble.events), "an occasion that leads nowhere is not offered"


def test_the_list_follows_the_hall_s_systems_and_what_is_used_stands_first(services: list[Service]) -> None:
    ordered = in_order(services, ["one_network"])
    assert ordered[0].id == WORK_PERMIT
    assert {s.system for s in ordered[-4:]} == {"account"}
    assert often_used(ordered, {}, 1) == [ordered[0]]
    assert [s.id for s in often_used(ordered, {ordered[2].id: 9, ordered[1].id: 5}, 3)] == [ordered[2].id, ordered[1].id, ordered[0].id]


def figure(**changes: Any) -> Any:
    return SimpleNamespace(**{
        "first": date(2025, 11, 13), "last": date(2026, 11, 12), "ended": 20, "returned": 5, "median": 4.5,
        "reasons": [["WP-R02", 9], ["gone", 7], ["WP-R07", 5], ["WP-R01", 4]], **changes,
    })


def test_how_a_service_has_gone(services: list[Service]) -> None:
    service = next(s for s in services if s.id == WORK_PERMIT)
    told = experience(service, figure())
    assert told is not None
    assert told.median == Text("4.5个工作日", "4.5 working days")
    assert told.returned_share == 25
    assert [(reason.code, n) for reason, n in told.reasons] == [("WP-R02", 9), ("WP-R07", 5)], "four cases are too few; a reason is gone"
    assert experience(service, None) is None
    assert experience(service, figure(median=None)) is None
