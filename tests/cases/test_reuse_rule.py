"""沿用, decided of plain values: what was given, whose it is, whether it still holds."""

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from laihua.cases.reuse import Given, Owner, Wanted, choice, fits, is_of_same, was_given
from laihua.catalog.definitions import MaterialSlot, Window
from laihua.catalog.documents import Kind, kinds
from laihua.kernel.texts import Text

TODAY = date(2026, 11, 12)
NAME = Text("护照", "Passport")
UNIT, OTHER, ANNA, BEN, ROW = uuid4(), uuid4(), uuid4(), uuid4(), uuid4()
PASSPORT = Kind("passport", NAME, "person", "passport_number")
CONTRACT, LICENCE = Kind("labour_contract", NAME, "both"), Kind("business_licence", NAME, "unit")


def slot(**changes):
    return MaterialSlot(**{"key": "passport", "title": NAME, "reads": "passport", "colour": True, "max_bytes": 2000} | changes)


def given(**changes):
    basis = Given(
        file_id=uuid4(), case_id=uuid4(), number="WP-20260301-0001", slot=slot(min_left=Window(6, "passport_expiry")),
        owner=Owner(UNIT, ANNA), status="uploaded", outcome="", submitted=True, sha256="a" * 64, size=1000,
        content_type="application/pdf", pages=1, uploaded_at=datetime(2026, 3, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai")),
    )
    return replace(basis, **changes)


def wanted(kind=PASSPORT, **changes):
    own_slot = changes.pop("slot", slot(min_left=Window(6, "passport_expiry")))
    return Wanted(**{"slot": own_slot, "kind": kind, "owner": Owner(UNIT, ANNA), "answers": {}, "today": TODAY} | changes)


@pytest.mark.parametrize(("changes", "is_offered"), [
    ({}, True), ({"status": "accepted"}, True), ({"outcome": "approved"}, True), ({"outcome": "withdrawn", "status": "accepted"}, True),
    ({"outcome": "withdrawn"}, False), ({"outcome": "refused", "status": "accepted"}, False), ({"status": "returned"}, False),
    ({"submitted": False}, False), ({"differs": True}, False), ({"slot": slot(form="application_form")}, False),
])
def test_only_what_was_given_and_not_turned_down_is_offered(changes, is_offered):
    assert was_given(given(**changes)) is is_offered


@pytest.mark.parametrize(("kind", "owner", "mine", "by_person", "same"), [
    (PASSPORT, Owner(UNIT, ANNA), Owner(UNIT, ANNA), False, True),
    (PASSPORT, Owner(UNIT, BEN), Owner(UNIT, ANNA), False, False),
    (PASSPORT, Owner(OTHER, ANNA), Owner(UNIT, ANNA), False, False),        # what he gave another employer is none of this one's
    (PASSPORT, Owner(OTHER, ANNA), Owner(UNIT, ANNA), True, True),          # he himself may take it along
    (PASSPORT, Owner(None, ANNA), Owner(None, ANNA), True, True),
    (PASSPORT, Owner(UNIT, None, ROW), Owner(UNIT, None, ROW), False, True),
    (PASSPORT, Owner(UNIT, None, None, "p1"), Owner(UNIT, None, None, "p1"), False, True),
    (PASSPORT, Owner(UNIT, BEN, None, "p1"), Owner(UNIT, ANNA, None, "p1"), False, False),
    (PASSPORT, Owner(UNIT), Owner(UNIT), False, False),
    (CONTRACT, Owner(OTHER, ANNA), Owner(UNIT, ANNA), True, False),
    (CONTRACT, Owner(UNIT, ANNA), Owner(UNIT, ANNA), True, True),
    (LICENCE, Owner(UNIT, BEN), Owner(UNIT, ANNA), False, True),
    (LICENCE, Owner(OTHER, ANNA), Owner(UNIT, ANNA), False, False),
    (PASSPORT, Owner(UNIT, ANNA), Owner(UNIT, ANNA, delegation_id=ROW), False, False),
    (PASSPORT, Owner(UNIT, ANNA, delegation_id=ROW), Owner(UNIT, ANNA, delegation_id=ROW), False, True),
])
def test_whose_a_document_is(kind, owner, mine, by_person, same):
    assert is_of_same(owner, wanted(kind, owner=mine, by_person=by_person)) is same


@pytest.mark.parametrize(("until", "will_do"), [(date(2027, 5, 12), True), (date(2027, 5, 11), False)])
def test_what_is_left_is_counted_from_today(until, will_do):
    assert (fits(given(), wanted(), {"passport_expiry": until}) is None) is will_do


def test_another_number_or_another_day_is_another_document():
    one = given()
    said = {"passport_number": "EM1", "passport_expiry": date(2030, 1, 1)}
    assert fits(one, wanted(answers={"passport_number": "EM1", "passport_expiry": date(2030, 1, 1)}), said) is None
    assert "另一份证件" in fits(one, wanted(answers={"passport_number": "EM2"}), said).zh
    assert "有效期" in fits(one, wanted(answers={"passport_expiry": date(2031, 1, 1)}), said).zh


@pytest.mark.parametrize(("day", "will_do"), [(date(2026, 5, 12), True), (date(2026, 5, 11), False)])
def test_what_was_uploaded_before_the_months_began_is_too_old_whenever_it_was_issued(day, will_do):
    record = slot(reads="police_record", issued_within=Window(6), colour=False)
    one = given(slot=record, uploaded_at=datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Shanghai")))
    assert (fits(one, wanted(slot=record), {}) is None) is will_do


def test_it_fits_the_slot_as_an_upload_would_have_to():
    assert "上限" in fits(given(size=2001), wanted(), {}).zh
    assert "格式" in fits(given(content_type="image/png"), wanted(), {}).zh
    assert "彩色" in fits(given(slot=slot(colour=False)), wanted(), {}).zh


def test_content_that_was_returned_anywhere_is_offered_from_nowhere_and_the_newest_comes_first():
    old, new = given(), given(uploaded_at=datetime(2026, 9, 1, tzinfo=ZoneInfo("Asia/Shanghai")), sha256="b" * 64)
    assert choice([old, new], wanted()) == [new, old]
    assert choice([old, new, given(sha256="b" * 64, status="returned")], wanted()) == [old]
    assert choice([given(slot=slot(reads="visa"))], wanted()) == []


def test_every_kind_says_whose_it_is_in_both_languages():
    assert all(k.title.zh and k.title.en and k.of in ("person", "unit", "both") for k in kinds().values())
