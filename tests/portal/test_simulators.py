"""The public simulators: open to anyone, without script, with nothing kept, each row with its rule."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from laihua.catalog import queries as catalog
from laihua.catalog.compiled import Definition
from laihua.catalog.loader import load
from tests.portal.language import chinese_left

SERVICES = Path(__file__).parents[2] / "services"
POINTS, PERMIT = "/simulators/residence_points.pre_review/", "/simulators/work_permit.new/"
ONE_SHORT = {"sim_age": "44", "bonus": ["education"], "edu_level": "bachelor"}


@pytest.fixture(scope="module")
def read() -> list[Definition]:
    found = [load(SERVICES / path).definition for path in ("residence_points/pre_review", "work_permit/new", "unit/filing")]
    return [definition for definition in found if definition is not None]


@pytest.fixture
def hall(db: None, read: list[Definition], monkeypatch: pytest.MonkeyPatch) -> None:
    """The services as they stand in their folders; what is stored of them is not what is asked here."""
    monkeypatch.setattr(catalog, "services", lambda: read)


def total(html: str) -> str:
    found = re.search(r'id="lp-total">([^<]*)<', html)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("path", [POINTS, PERMIT])
def test_the_page_is_open_to_anyone_in_both_languages(hall: None, path: str) -> None:
    chinese = Client().get(path, headers={"accept-language": "zh-hans"}).content.decode()
    english = Client().get(path, headers={"accept-language": "en"}).content.decode()
    assert chinese_left(english) == []
    assert total(chinese) == total(english) == "0"
    assert "再提供一份" not in chinese      # nothing is offered before anything is known
    assert chinese.count("<div><b>") >= 9


def test_without_script_the_button_brings_total_rules_and_what_a_document_would_add(hall: None) -> None:
    html = Client().post(POINTS, ONE_SHORT, headers={"accept-language": "zh-hans"}).content.decode()
    assert total(html) == "119"
    assert "还差1分达到标准分值120分" in html
    assert "再提供一份全日制应届高校毕业证书，可加10分" in html
    assert "达到标准分值" in html
    assert "年龄在56周岁以下的，每减少1岁，积分增加2分，最高30分" in html
    assert "依据：《上海市居住证积分管理办法》" in html
    assert re.search(r'name="bonus" value="education" checked', html)
    assert re.search(r'id="lp-edu_level" class="lp-item">', html)
    assert re.search(r'id="lp-title_level" class="lp-item lp-full" hidden', html)
    reached = Client().post(POINTS, {**ONE_SHORT, "sim_age": "43"}, headers={"accept-language": "zh-hans"}).content.decode()
    assert (total(reached), "已达到标准分值" in reached) == ("120", True)


def test_with_script_only_the_figures_and_what_changed_come_back(hall: None) -> None:
    client = Client(headers={"accept-language": "zh-hans", "HX-Request": "true"})
    shown = re.findall(r'name="_shown" value="([^"]*)"', Client().get(POINTS).content.decode())
    html = client.post(POINTS, {**ONE_SHORT, "sim_married_years": "x", "_shown": shown}).content.decode()
    assert "<h1" not in html
    assert total(html) == "119"
    assert set(re.findall(r'<div id="lp-(\w+)" class="lp-item[^>]*hx-swap-oob', html)) == {"edu_level", "sim_married_years"}
    assert "请填写数字" in html


def test_the_work_permit_has_its_own(hall: None) -> None:
    typed = {"sim_age": "30", "sim_degree": "bachelor", "sim_work_years": "4", "sim_pay": "300000", "months_per_year": "12"}
    html = Client().post(PERMIT, typed, headers={"accept-language": "zh-hans"}).content.decode()
    assert total(html) == "61"
    assert "B类" in html
    assert "再提供一份博士学位证书，可加10分" in html
    assert 'href="/simulators/work_permit.new/"' in Client().get("/services/work_permit.new/").content.decode()


def test_nothing_is_kept(hall: None) -> None:
    client = Client()
    with CaptureQueriesContext(connection) as asked:
        response = client.post(POINTS, {**ONE_SHORT, "sim_crimes": "1"})
    assert response.status_code == 200
    assert not [q for q in asked.captured_queries if not q["sql"].lstrip().upper().startswith("SELECT")]
    assert set(client.cookies) <= {"laihua_csrf", "csrftoken", "__Host-csrftoken"}
    assert "no-store" in response["Cache-Control"]
    assert "44" not in client.get(POINTS).content.decode().partition('id="simulator"')[2].partition("</form>")[0]


@pytest.mark.parametrize("typed", [
    {"sim_age": "9" * 5000}, {"bonus": ["x" * 5000] * 50}, {"edu_level": "none", "bonus": "education"},
    {"tax_average": "-1", "further": "tax"}, {"_shown": ["z" * 5000]}, {"unknown": "1"}, {"id_number": "110101198211130012"},
    {"sim_local_spouse": "perhaps"},
])
def test_what_nobody_can_mean_is_borne(hall: None, typed: dict[str, str]) -> None:
    response = Client().post(POINTS, typed)
    assert response.status_code == 200
    assert total(response.content.decode()) == "0"


def test_a_service_without_one_has_no_page(hall: None) -> None:
    assert Client().get("/simulators/unit.filing/").status_code == 404
    assert Client().get("/simulators/nothing/").status_code == 404
