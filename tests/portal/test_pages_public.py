"""The home page, the guide of a service, the pages that explain, and the errors."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from laihua.cases.models import ServiceFigure
from laihua.catalog import actions as catalog
from laihua.catalog import queries
from laihua.portal import views
from laihua.portal.public.prose import prose
from tests.portal.language import chinese_left

WORK_PERMIT = "work_permit.new"
PAGES = ["/", f"/services/{WORK_PERMIT}/", "/help/", "/about/pdf/", "/about/privacy/", "/about/accessibility/", "/components/"]


@pytest.fixture
def hall(db: None, at: datetime) -> Iterator[None]:
    catalog.sync(at=at)
    return


def page(path: str, language: str = "zh-hans", client: Client | None = None) -> str:
    response = (client or Client()).get(path, headers={"accept-language": language})
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_in_both_languages(hall: None, path: str) -> None:
    chinese, english = page(path), page(path, "en")
    assert '<html lang="zh-Hans"' in chinese
    assert '<html lang="en"' in english
    assert chinese_left(english) == []
    assert len(chinese_left(chinese.replace('<html lang="zh-Hans"', "<html"))) > 20
    for html in (chinese, english):
        assert len(re.findall(r"<h1\b", html)) == 1
        assert 'href="#main"' in html
        assert 'id="main"' in html


def test_the_helper_finds_what_is_left_and_only_that() -> None:
    left = '<p>Hall <b>大厅</b></p><i lang="zh-Hans">中文<br><b>里</b></i><input placeholder="姓名"><script>"字"</script>'
    assert chinese_left(left) == ["大厅", "姓名"]
    assert chinese_left("<p>Zhang（上海）</p>", allowed={"（上海）"}) == []


def test_home_lists_every_service_with_guide_promise_and_starter(hall: None) -> None:
    html = page("/")
    for definition in queries.services():
        about = definition.service
        if about.shown_when:
            continue
        assert str(about.title) in html
        assert reverse("public:service", args=[about.id]) in html
        assert f"{about.promise.days}个" in html
    assert "用人单位" in html


def test_search_looks_in_both_languages_and_says_when_nothing_matches(hall: None) -> None:
    assert "lh-service-actions" in page("/?q=work+permit")
    nothing = page("/?q=zzz")
    assert "没有符合条件的事项" in nothing
    assert "lh-service-actions" not in nothing
    assert "&lt;script&gt;" in page("/?q=<script>")


def test_the_audience_filters_and_stays_in_the_address(hall: None) -> None:
    shown = page("/?for=unit&q=work")
    guide = reverse("public:service", args=[WORK_PERMIT])
    assert guide in shown
    assert "for=person" in shown
    assert "q=work" in shown
    assert f'<h4><a href="{guide}"' not in page("/?for=person"), "an employer files it"
    assert guide in page("/?for=agency")
    assert guide in page("/?for=nobody")


@pytest.mark.req("ACC-13")
def test_an_occasion_filters_and_a_slip_is_told(hall: None) -> None:
    guide = reverse("public:service", args=[WORK_PERMIT])
    assert f'<h4><a href="{guide}"' in page("/?event=arriving")
    assert f'<h4><a href="{guide}"' not in page("/?event=account_trouble")
    assert "按情形" in page("/")
    near = page("/?q=工做许可")
    assert guide in near
    assert "相近的事项" in near
    assert "材料：" in page("/?q=体检")


@pytest.mark.req("ACC-13")
def test_a_service_says_how_it_has_gone(hall: None, at: datetime) -> None:
    guide = reverse("public:service", args=[WORK_PERMIT])
    assert "实际办理情况" not in page(guide), "nothing was decided yet"
    ServiceFigure.objects.create(
        service=WORK_PERMIT, first=at.date(), last=at.date(), ended=12, returned=3, median=4.5, reasons=[["WP-R02", 6]], counted_at=at)
    shown, english = page(guide), page(guide, "en")
    for word in ("实际办理情况", "办结12件", "4.5个工作日", "25%", "最常见的退回原因", "6件"):
        assert word in shown, word
    assert "4.5 working days" in english
    assert "实际4.5个工作日" in page("/")
    ServiceFigure.objects.update(ended=4)
    assert "实际办理情况" not in page(guide), "four cases say nothing"


def test_the_guide_page_names_every_material_and_step(hall: None) -> None:
    html = page(f"/services/{WORK_PERMIT}/")
    about = queries.current(WORK_PERMIT).service
    for item in about.slots().values():
        assert item.title.zh in html
    for step in about.line():
        assert step.title.zh in html
    assert all(str(basis.zh) in html for basis in about.legal_basis)


def test_samples_are_given_and_nothing_else(hall: None) -> None:
    about = queries.current(WORK_PERMIT).service
    slots = about.slots().values()
    with_sample = next(s for s in slots if s.sample)
    given = Client().get(reverse("public:sample", args=[WORK_PERMIT, with_sample.key]))
    assert given.status_code == 200
    assert given.content
    assert "attachment" in given.headers["Content-Disposition"]
    without = next(s for s in slots if not s.sample)
    assert Client().get(reverse("public:sample", args=[WORK_PERMIT, without.key])).status_code == 404
    assert Client().get(reverse("public:sample", args=["nothing", "passport"])).status_code == 404


def test_home_costs_a_fixed_number_of_statements(hall: None) -> None:
    page("/")
    with CaptureQueriesContext(connection) as asked:
        page("/")
    assert len(asked) <= 3, [q["sql"] for q in asked]  # the list of services, how they have gone, and the clock of the demo


def test_the_language_switch_keeps_the_page(hall: None) -> None:
    client = Client()
    response = client.post("/language/", {"language": "en", "next": "/help/?a=1"})
    assert response.status_code == 302
    assert response.headers["Location"] == "/help/?a=1"
    assert '<html lang="en"' in client.get("/", headers={"accept-language": "zh-CN"}).content.decode()
    for foreign in ("https://example.com/", "//example.com", "javascript:alert(1)"):
        assert client.post("/language/", {"language": "zh-hans", "next": foreign}).headers["Location"] == "/"
    before = client.cookies[settings.LANGUAGE_COOKIE_NAME].value
    client.post("/language/", {"language": "xx", "next": "/"})
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == before
    assert client.get("/language/").status_code == 405


def test_raw_html_in_a_guide_stays_text() -> None:
    html = prose("# Title\n\n<script>x</script> [a](javascript:alert(1)) **b**")
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<strong>b</strong>" in html
    assert "<h1" not in html


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "没有这个页面"), ("en", "This page does not exist")])
def test_a_missing_page_says_what_to_do(db: None, language: str, words: str) -> None:
    response = Client().get("/nothing/", headers={"accept-language": language})
    html = response.content.decode()
    assert response.status_code == 404
    assert words in html
    assert "021-" in html
    assert reverse("public:home") in html
    assert language != "en" or chinese_left(html) == []


def test_a_form_without_its_token_is_explained(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"}, headers={"accept-language": "en"})
    assert response.status_code == 403
    assert "open too long" in response.content.decode()


def test_a_fault_gives_a_number_and_shows_nothing_of_the_inside(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr(queries, "services", broken)
    client = Client(raise_request_exception=False)
    for language in ("zh-hans", "en"):
        response = client.get("/", headers={"accept-language": language})
        html = response.content.decode()
        assert response.status_code == 500
        assert re.search(r"E-[2-9A-Z]{8}", html)
        assert "021-" in html
        assert "secret inside" not in html
        assert "Traceback" not in html
        assert language != "en" or chinese_left(html) == []


def test_the_page_of_a_fault_needs_no_database() -> None:
    """Runs without the database fixture: any statement would fail the test."""
    assert views.failed(RequestFactory().get("/")).status_code == 500


def test_health_answers(db: None) -> None:
    response = Client().get("/health/")
    assert response.json() == {"status": "ok"}
    assert "no-store" in response.headers["Cache-Control"]


@override_settings(DEMO=False)
def test_the_component_page_and_the_amber_strip_are_for_demos(db: None) -> None:
    response = Client().get("/components/", secure=True)
    assert response.status_code == 404
    assert "lh-demo" not in response.content.decode()


def test_the_demo_says_that_it_is_one(db: None) -> None:
    assert "演示环境 · 人物与单位均为虚构" in page("/help/")
