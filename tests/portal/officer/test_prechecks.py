"""The findings on the review page: what the officer reads of them, what he says of them, and what he accepts with them."""

from datetime import datetime
from typing import Any

import pytest

from laihua.cases import actions
from laihua.cases.models import Case, FindingVerdict, Verdict
from tests import world as building
from tests.cases.prechecks import ON_FORM, ON_PAPER, compared, document, finding, remembered, seen
from tests.portal.language import chinese_left
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.req("PRE-6")]


@pytest.fixture(autouse=True)
def _one_plain_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laihua.cases.queries.prechecking.examine", compared)


@pytest.fixture
def case(world: World, at: datetime) -> Case:
    """At the pre-review, held by its officer: the number of the passport is another one, two names and a day agree."""
    case = building.submitted_case(world, at, passport_number=ON_FORM)
    found = document("passport", number=ON_PAPER, surname="LINDQVIST", given_names="SOEREN MIKAEL", birth_date=str(birth(case)))
    remembered(case, "passport", found)
    actions.claim(case_id=case.id, actor=world.pre_reviewer, at=at)
    return case


def birth(case: Case) -> Any:
    return case.answers["birth_date"]


def page(world: World, case: Case, language: str = "zh-hans", who: str = "pre_reviewer") -> str:
    return str(world.client(who, language).get(f"/desk/cases/{case.id}/?tab=findings").content.decode())


def test_he_reads_what_differs_and_no_whole_number(world: World, case: Case) -> None:
    html = page(world, case)
    assert "申请表填写的" in html
    assert "属实" in html
    assert ON_FORM not in html
    assert ON_PAPER not in html
    assert 'data-mark="finding-fields-passport-passport-number"' in html


def test_it_is_whole_in_english(world: World, case: Case) -> None:
    known = [str(v) for v in case.answers.values()] + ["韩静姝", "林索伦"]
    panel = page(world, case, "en").partition('id="findings"')[2].partition("</div></div>")[0]
    assert "False alarm" in panel
    assert chinese_left(panel, allowed=known) == []


def test_his_word_is_kept_and_taken_back(world: World, case: Case, at: datetime) -> None:
    client, one = world.client("pre_reviewer"), finding(seen(case, "pre_reviewer", world, at))
    sent = {"key": one.key, "digest": one.digest, "word": "wrong"}
    answer = client.post(f"/desk/cases/{case.id}/findings/verdict/", sent)
    assert (answer.status_code, answer.url) == (302, f"/desk/cases/{case.id}/?tab=findings")
    assert FindingVerdict.objects.get().word == "wrong"
    script = client.post(f"/desk/cases/{case.id}/findings/verdict/", sent | {"word": ""}, headers={"accept": "application/json"})
    assert 'aria-pressed="true"' not in script.json()["parts"]["findings"]
    assert not FindingVerdict.objects.exists()


def test_what_was_missed_is_reported_and_taken_back(world: World, case: Case) -> None:
    client, address = world.client("pre_reviewer"), f"/desk/cases/{case.id}/findings/missed/"
    sent = {"slot": "passport", "check": "seal", "note": "看不到印章", "do": "report"}
    assert client.post(address, sent).status_code == 302
    assert "已报漏报" in page(world, case)
    for wrong in ({"slot": "nothing"}, {"check": "nothing"}, {"field": "nothing"}):
        assert client.post(address, sent | wrong).status_code == 409, wrong
    assert client.post(address, {"slot": "passport", "do": "take_back"}).status_code == 302
    assert not FindingVerdict.objects.exists()


def test_who_does_not_hold_the_case_reads_and_says_nothing(world: World, case: Case, at: datetime) -> None:
    one = finding(seen(case, "pre_reviewer", world, at))
    assert "误报" not in page(world, case, who="second_pre_reviewer")
    sent = {"key": one.key, "digest": one.digest, "word": "right"}
    answer = world.client("second_pre_reviewer").post(f"/desk/cases/{case.id}/findings/verdict/", sent)
    assert answer.status_code == 409
    assert "领取本案后才能评价核对结果" in answer.content.decode()


@pytest.mark.req("OPS-1")
def test_with_one_click_he_accepts_what_agrees_and_nothing_else(world: World, case: Case) -> None:
    from html.parser import HTMLParser

    class Items(HTMLParser):
        """The items of the form whose button accepts what matches."""

        def __init__(self) -> None:
            super().__init__()
            self.form: list[str] = []
            self.found: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            if tag == "form":
                self.form = []
            if tag == "input" and given.get("name") == "item":
                self.form.append(str(given["value"]))

        def handle_data(self, data: str) -> None:
            if "与材料一致的" in data:
                self.found += self.form

    items = Items()
    items.feed(page(world, case))
    assert sorted(items.found) == ["field:birth_date", "field:given_names", "field:surname"]
    world.client("pre_reviewer").post(f"/desk/cases/{case.id}/verdict/", {"item": items.found, "result": "accepted"})
    assert sorted(Verdict.objects.values_list("key", "result")) == [
        ("birth_date", "accepted"), ("given_names", "accepted"), ("surname", "accepted")]
