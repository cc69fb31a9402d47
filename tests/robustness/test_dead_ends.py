"""Where it does not go on: each page says what to do now and whom to ask, in the reader's language (OPS-7)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from laihua.accounts import rules
from laihua.cases.invitations import invite
from laihua.cases.models import Invitation
from laihua.kernel import clock
from laihua.permits.actions.look_ups import PER_MINUTE
from laihua.portal.help_lines import help_line
from laihua.units.models import Filing, Jurisdiction
from tests import people
from tests.access.people import Hall, undone
from tests.captchas import solved

pytestmark = [pytest.mark.django_db, pytest.mark.req("OPS-7")]
Way = Callable[[Hall, Client], HttpResponse]
WAYS: dict[str, tuple[int, str, str, str, Way]] = {}


def dead_end(status: int, role: str, zh: str, en: str) -> Callable[[Way], Way]:
    """How one comes there as `role`, and the words that say what to do now."""

    def keep(way: Way) -> Way:
        WAYS[way.__name__] = (status, role, zh, en, way)
        return way

    return keep


@dead_end(404, "handler", "地址可能输错了", "may be mistyped")
def a_page_that_is_none(hall: Hall, client: Client) -> HttpResponse:
    return client.get(f"/cases/{uuid4()}/form/")


@dead_end(403, "handler", "请联系单位或部门管理员授权", "ask the administrator")
def a_page_for_others(hall: Hall, client: Client) -> HttpResponse:
    return client.get("/desk/")


@dead_end(403, "stranger", "刷新后再提交一次", "reload the page and submit again")
def a_form_that_lay_too_long(hall: Hall, client: Client) -> HttpResponse:
    client.handler.enforce_csrf_checks = True
    try:
        return client.post("/language/", {"language": "en"})
    finally:
        client.handler.enforce_csrf_checks = False


@dead_end(429, "visitor", "后再查|再试|重新查询|稍后", "again")
def too_many_look_ups(hall: Hall, client: Client) -> HttpResponse:
    for _ in range(PER_MINUTE):
        client.post("/verify/", {"code": "ABCD-EFGH-JKLM"})
    return client.post("/verify/", {"code": "ABCD-EFGH-JKLM"})


@dead_end(422, "visitor", "登录名或密码错误", "Wrong login name or password")
def a_sign_in_that_is_refused(hall: Hall, client: Client) -> HttpResponse:
    return client.post("/sign-in/", {"kind": "natural", "login_name": "nobody", "password": "wrong", **solved()})


@dead_end(429, "visitor", "后再试", "try again after")
def a_name_that_is_locked(hall: Hall, client: Client) -> HttpResponse:
    for _ in range(rules.NAME_AND_ADDRESS.failures):
        client.post("/sign-in/", {"kind": "natural", "login_name": "nobody", "password": "wrong", **solved()})
    return client.post("/sign-in/", {"kind": "natural", "login_name": "nobody", "password": "wrong", **solved()})


@dead_end(404, "visitor", "经办人", "handler|employer")
def an_invitation_that_ended(hall: Hall, client: Client) -> HttpResponse:
    token = invite(hall.own, uuid4(), clock.now() - timedelta(days=60))
    assert Invitation.objects.filter(case=hall.own, revoked_at=None).exists()
    return client.get(f"/invitation/{token}/")


@dead_end(200, "visitor", "请联系签发机关", "contact the issuing authority")
def a_permit_that_is_unknown(hall: Hall, client: Client) -> HttpResponse:
    return client.post("/verify/", {"number": "WPX2026999999999"})


@dead_end(200, "handler", "备案通过后可以提交", "once it is approved")
def a_unit_without_filing(hall: Hall, client: Client) -> HttpResponse:
    Filing.objects.filter(unit=hall.draft.unit).delete()
    return client.get("/start/work_permit.new/")


@dead_end(403, "handler", "请拨打咨询电话", "call the help line")
def a_region_that_nobody_handles(hall: Hall, client: Client) -> HttpResponse:
    Jurisdiction.objects.all().delete()
    return client.post("/start/work_permit.new/")


@dead_end(403, "other", "请联系用人单位的经办人", "Ask your employer")
def a_person_who_cannot_start_it(hall: Hall, client: Client) -> HttpResponse:
    return client.post("/start/work_permit.new/")


@dead_end(200, "other", "单位为您发起申请后", "employer")
def a_list_without_cases(hall: Hall, client: Client) -> HttpResponse:
    return client.get("/my/")


@dead_end(200, "stranger", "办理|开始|发起", "start|Start|service")
def a_unit_s_list_without_cases(hall: Hall, client: Client) -> HttpResponse:
    return client.get("/my/")


@dead_end(200, "clerk", "请核对号码", "Check the number")
def a_search_without_result(hall: Hall, client: Client) -> HttpResponse:
    return client.post("/desk/find/", {"q": "WP-20200101-0001"})


@dead_end(200, "other", "没有|暂无", "No |no ")
def an_inbox_without_messages(hall: Hall, client: Client) -> HttpResponse:
    return client.get("/inbox/")


@dead_end(500, "visitor", "过几分钟再试一次", "try once more in a few minutes")
def a_failure_of_ours(hall: Hall, client: Client) -> HttpResponse:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("laihua.portal.public.views.directory", fail)
        return client.get("/")


def fail(*_: Any, **__: Any) -> None:
    secret = "LINDQVIST SOEREN"
    raise RuntimeError(f"the directory is away {len(secret)}")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_says_what_to_do_and_whom_to_ask(hall: Hall, way: str, language: str) -> None:
    status, role, zh, en, go = WAYS[way]
    client = hall.clients[role]
    with undone(client):
        client.cookies["django_language"] = language
        answer = go(hall, client)
        assert answer.status_code == status
        page = answer.content.decode()
        main = page[page.index("<main"):]
        plain = re.sub(r"<[^>]+>", " ", main)
        assert re.search(zh if language == "zh-hans" else en, plain), plain[-1500:]
        assert help_line().phone in main, "whom to ask"
        assert str(help_line().hours.in_language(language)) in main
        assert re.search(r"<(a|button)\b", main), "a way on"


def test_a_failure_is_logged_with_its_number_and_without_what_it_held(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    import structlog

    from laihua.kernel.logs import drop_personal

    client = hall.clients["visitor"]
    with undone(client):
        page = a_failure_of_ours(hall, client).content.decode()
    number = re.search(r"E-[0-9A-Z]{8}", page)
    assert number is not None
    assert number.group() in caplog.text
    assert "LINDQVIST" not in caplog.text, "a traceback shows no local values"
    assert drop_personal in structlog.get_config()["processors"], "the hall's own logging is in force"


def test_an_officer_whose_only_grant_ended_is_told(hall: Hall) -> None:
    person = people.natural("just_left")
    client = people.signed_in(person)
    answer = client.get("/desk/")
    assert answer.status_code == 403
    assert "没有办理任何操作" in answer.content.decode()
