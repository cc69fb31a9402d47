"""When a delegation is over, what it serves for, and how long it may last."""

from datetime import date, datetime, timedelta

import pytest

from laihua.kernel.calendar import ZONE
from laihua.kernel.texts import Text
from laihua.units import rules

pytestmark = pytest.mark.req("SES-4")
TODAY = date(2026, 11, 12)
AT = datetime(2026, 11, 12, 10, 0, tzinfo=ZONE)
TITLE = Text("外国人工作许可（新办）", "Work permit: new")


def ending(state: str = "active", valid_to: date = TODAY, ended_at: datetime | None = None) -> str:
    reason = rules.ending_of(number="WT-1", state=state, valid_to=valid_to, ended_at=ended_at, on=TODAY)
    return reason.code if reason else ""


def test_its_last_day_counts() -> None:
    assert ending(valid_to=TODAY) == ""
    assert ending(valid_to=TODAY - timedelta(days=1)) == "delegation_expired"


def test_revoked_says_when_and_comes_before_every_other_end() -> None:
    reason = rules.ending_of(number="WT-1", state="revoked", valid_to=TODAY - timedelta(days=9), ended_at=AT, on=TODAY)
    assert reason is not None
    assert reason.code == "delegation_revoked"
    assert "2026-11-12 10:00" in reason.text.zh
    assert "2026-11-12 10:00" in reason.text.en


def test_a_closed_case_ends_it() -> None:
    assert ending("ended", TODAY + timedelta(days=9), AT) == "delegation_done"


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (30, True), (180, True), (181, False)])
def test_how_long_it_may_last(days: int, fits: bool) -> None:
    assert (rules.refusal_of_period(TODAY + timedelta(days=days), TODAY) is None) is fits


def test_no_day_is_no_period() -> None:
    assert rules.refusal_of_period(None, TODAY) is rules.UNTIL_WRONG


@pytest.mark.parametrize(("asked", "case_id", "code"), [
    ("work_permit.new", None, ""), ("work_permit.change", None, "delegation_other_matter"),
    ("work_permit.new", "c1", "delegation_used"), ("work_permit.change", "c1", "delegation_used"),
])
def test_one_case_of_one_service(asked: str, case_id: str | None, code: str) -> None:
    reason = rules.refusal_of_matter(number="WT-1", matter="work_permit.new", asked=asked, case_id=case_id, title=TITLE)
    assert (reason.code if reason else "") == code
    if reason:
        assert reason.link == "/delegations/new/", "it says what to do"


@pytest.mark.parametrize(("one", "other", "same"), [
    ("上海砚桥（中国）有限公司", "上海砚桥(中国)有限公司", True), (" 上海砚桥 有限公司", "上海砚桥有限公司", True),
    ("上海砚桥有限公司", "上海砚桥", False), ("", "", False),
])
def test_names_in_any_width(one: str, other: str, same: bool) -> None:
    assert rules.same_name(one, other) is same
