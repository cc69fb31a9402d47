"""Every page of filing is whole in English."""

import pytest
from django.urls import reverse

from tests import world as building
from tests.portal.language import chinese_left

pytestmark = pytest.mark.django_db

# Invented names, and the example of a post, which is written as in the Chinese contract.
NAMES = {
    "上海砚桥精密仪器有限公司", "沈知遥", "上海市浦东新区望江路88号3幢502室", "上海市浦东新区望江路88号", "中文",
    "光学研发经理", "照顾家人",
}
TYPED = {"position": "Manager", "chinese_name": None, "duties": "Develops lenses"}
EDUCATION = [{"school": "Example Institute", "country": "SWE", "level": "senior_high", "from": "2001-09", "to": "2004-06"}]
WORK = [{"kind": "work", "employer": "Example AB", "country": "SWE", "title": "Engineer", "from": "2017-09", "current": True}]


@pytest.mark.parametrize("query", ["", "?check=1"])
@pytest.mark.parametrize("name", ["form", "materials", "check"])
def test_no_chinese_is_left(world, at, name, query) -> None:
    answers = building.complete_answers(**TYPED, education=EDUCATION, work=WORK)
    empty, full = building.draft(world, at), building.draft(world, at, answers)
    client = world.client("handler", "en")
    for case in (empty, full):
        page = client.get(reverse(f"applicant:{name}", args=[case.id]) + query).content.decode()
        assert chinese_left(page, allowed=NAMES) == []


def test_no_chinese_is_left_in_a_correction(world, at) -> None:
    case = building.returned_case(
        world, at, materials=("degree",), note="See page 2", **{**TYPED, "chinese_name": ""},
    )
    client = world.client("handler", "en")
    for name in ("form", "materials", "check"):
        page = client.get(reverse(f"applicant:{name}", args=[case.id])).content.decode()
        left = chinese_left(page, allowed=NAMES | {"光学工程", "测试工程师", "光学研发工程师"})
        assert left == [], name


def test_no_chinese_is_left_before_starting_or_after_refusal(world, at) -> None:
    client = world.client("handler", "en")
    start = client.get(reverse("applicant:start", args=[building.WORK_PERMIT])).content.decode()
    assert chinese_left(start, allowed=NAMES) == []
    case = building.draft(world, at)
    refused = client.post(reverse("applicant:move", args=[case.id, "submit"]), {"version": "0", "page": "check"})
    assert chinese_left(refused.content.decode(), allowed=NAMES) == []
    asked = client.post(reverse("applicant:move", args=[case.id, "discard"]), {"version": "0"})
    assert chinese_left(asked.content.decode(), allowed=NAMES) == []
