"""S0 §4 and its object: made by the code of the principal's handler, for one case; seen and revoked by the principal."""

from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from laihua.accounts.models import SignInEntry
from laihua.cases import actions as cases
from laihua.cases import queries as case_queries
from laihua.cases.models import Case
from laihua.cases.queries import NotYours
from laihua.kernel import clock, jobs
from laihua.kernel.models import AuditEntry
from laihua.kernel.texts import Refused
from laihua.notifications.models import InboxMessage, OutboxMessage
from laihua.units import actions as units
from laihua.units.models import Delegation
from tests import agencies
from tests import world as building
from tests.agencies import Agencies
from tests.captchas import answer_of
from tests.world import WORK_PERMIT, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("SES-4")]


@pytest.fixture
def them(world: World, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Agencies:
    monkeypatch.setattr(clock, "now", lambda: at)
    return agencies.build(world, at)


@pytest.fixture
def made(them: Agencies, at: datetime) -> Delegation:
    return them.delegate(at)


def begin(them: Agencies, made: Delegation, at: datetime, service: str = WORK_PERMIT) -> Case:
    return cases.start_case(service_id=service, actor=them.under(made), at=at)


def code_of_refusal(them: Agencies, made: Delegation, at: datetime, service: str = WORK_PERMIT) -> str:
    with pytest.raises(Refused) as refused:
        begin(them, made, at, service)
    return refused.value.reasons[0].code


# How it is made

def named(them: Agencies, **more: str) -> dict[str, str]:
    return {"unit_code": them.world.unit.credit_code, "unit_name": them.world.unit.name_zh, **more}


def filled(them: Agencies, at: datetime, **changes: str) -> dict[str, str]:
    until = (at.date() + timedelta(days=20)).isoformat()
    handler = str(them.world.handler.account_id)
    return named(them, check="1", handler=handler, matter=WORK_PERMIT, until=until, phone="13800006000", **changes)


def with_captcha(client: Client, form: dict[str, str]) -> Any:
    page = client.post("/delegations/new/", {k: v for k, v in form.items() if k in ("unit_code", "unit_name")})
    captcha_id = str(page.context["captcha"])
    return client.post("/delegations/new/", {
        **form, "captcha_id": captcha_id, "captcha": answer_of(captcha_id), "send_code": "1"})


def test_the_principal_s_handler_agrees_by_a_code_that_says_to_what(them: Agencies, at: datetime) -> None:
    client = them.client()
    form = filled(them, at)
    assert with_captcha(client, form).status_code == 200
    sms = OutboxMessage.objects.get(channel="sms", key__startswith="code:")
    assert agencies.AGENCY in sms.text
    assert "工作许可（新办）" in sms.text
    assert form["until"] in sms.text
    code = sms.text.split("验证码")[1][:6]
    answer = client.post("/delegations/new/", {**form, "code": code})
    assert answer["Location"] == f"/start/{WORK_PERMIT}/"
    made = Delegation.objects.get()
    assert (made.principal_id, made.agency_id) == (them.world.unit.id, them.agency.id)
    assert (made.handler_id, made.agent_id, made.matter) == (them.world.handler.account_id, them.agent.id, WORK_PERMIT)
    assert made.valid_to == at.date() + timedelta(days=20)
    assert made.evidence["by"] == "sms_code"
    entry = SignInEntry.objects.get(delegation_id=made.id)
    assert (entry.way, entry.account_id, entry.handler_id) == ("delegation", them.agent.id, them.world.handler.account_id)
    assert AuditEntry.objects.filter(chain=f"delegation:{made.id}", action="delegate").exists()
    assert "代" + them.world.unit.name_zh in client.get("/my/").content.decode()


def test_it_lasts_thirty_days_unless_asked(them: Agencies, at: datetime) -> None:
    page = them.client().post("/delegations/new/", named(them))
    assert page.context["typed"]["until"] == (at.date() + timedelta(days=30)).isoformat()


def test_the_agency_sees_handlers_masked(them: Agencies) -> None:
    page = them.client().post("/delegations/new/", named(them)).content.decode()
    assert "沈**" in page
    assert "沈知遥" not in page


@pytest.mark.parametrize("changed", [
    {"matter": "work_permit.other"}, {"until": "2026-12-30"}, {"phone": "13800006001"}, {"handler": "second_handler"},
])
def test_a_code_agrees_to_what_its_sms_said_and_to_nothing_else(them: Agencies, at: datetime, changed: dict[str, str]) -> None:
    client = them.client()
    form = filled(them, at)
    with_captcha(client, form)
    code = OutboxMessage.objects.get(channel="sms", key__startswith="code:").text.split("验证码")[1][:6]
    if changed.get("handler"):
        changed = {"handler": str(them.world.accounts[changed["handler"]].id), "phone": "13800006001"}
    assert client.post("/delegations/new/", {**form, **changed, "code": code}).status_code == 422
    assert not Delegation.objects.exists()


def test_no_code_goes_to_a_number_that_is_not_the_handler_s(them: Agencies, at: datetime) -> None:
    answer = with_captcha(them.client(), filled(them, at) | {"phone": "13800008001"})
    assert answer.status_code == 200
    assert not OutboxMessage.objects.filter(channel="sms").exists()


def test_an_unknown_unit_is_led_to_registration(them: Agencies) -> None:
    answer = them.client().post("/delegations/new/", {"unit_code": "X-1", "unit_name": "没有的单位"})
    assert answer.status_code == 200
    assert "我要注册" in answer.content.decode()


def test_an_agency_does_not_delegate_to_itself(them: Agencies) -> None:
    form = {"unit_code": them.agency.credit_code, "unit_name": them.agency.name_zh}
    assert them.client().post("/delegations/new/", form).status_code == 422


def test_others_than_agencies_have_no_such_page(them: Agencies) -> None:
    assert them.world.client("handler").get("/delegations/new/").status_code == 404
    assert them.world.client("subject").get("/delegations/new/").status_code == 403


# What it is for

def test_what_is_filed_is_filed_for_the_principal_by_the_agency(them: Agencies, made: Delegation, at: datetime) -> None:
    case = begin(them, made, at)
    assert (case.unit_id, case.agency_id, case.delegation_id) == (them.world.unit.id, them.agency.id, made.id)
    made.refresh_from_db()
    assert made.case_id == case.id
    line = case_queries.history(case_queries.dossier(case.id, actor=them.world.handler, at=at))[0]
    assert str(line.who) == f"{agencies.AGENCY}代{them.world.unit.name_zh}，陆清和"


def test_a_second_matter_is_refused_with_what_to_do(them: Agencies, made: Delegation, at: datetime) -> None:
    begin(them, made, at)
    assert code_of_refusal(them, made, at) == "delegation_used"
    answer = them.client(made).post(f"/start/{WORK_PERMIT}/")
    assert answer.status_code == 403
    assert "一事一委托" in answer.content.decode()
    assert Case.objects.filter(delegation=made).count() == 1


def test_another_matter_is_refused(them: Agencies, at: datetime) -> None:
    made = them.delegate(at, matter="work_permit.change")
    assert code_of_refusal(them, made, at) == "delegation_other_matter"
    assert not Case.objects.exists()


def test_the_agency_sees_the_case_of_its_delegation_and_no_other(them: Agencies, made: Delegation, at: datetime) -> None:
    own, other = building.draft(them.world, at), begin(them, made, at)
    client = them.client(made)
    assert [row.number for row in client.get("/my/").context["rows"]] == [other.number]
    assert client.get(f"/cases/{other.id}/form/").status_code == 200
    for path in ("", "form/", "materials/", "check/"):
        assert client.get(f"/cases/{own.id}/{path}").status_code == 404
    assert client.post(f"/cases/{own.id}/moves/withdraw/", {"text": "x"}).status_code == 404
    with pytest.raises(NotYours):
        case_queries.dossier(own.id, actor=them.under(made), at=at)
    assert them.client().get(f"/cases/{other.id}/").status_code == 404, "for itself the agency has no part in it"
    assert them.world.client("handler").get(f"/cases/{other.id}/form/").status_code == 200, "it is the principal's case"


def test_two_delegations_of_one_principal_stay_apart(them: Agencies, made: Delegation, at: datetime) -> None:
    case, second = begin(them, made, at), them.delegate(at)
    assert them.client(second).get(f"/cases/{case.id}/form/").status_code == 404


def test_a_delegation_of_others_is_nobody_s_session(them: Agencies, made: Delegation, at: datetime) -> None:
    """The id alone opens nothing, in a session that somebody else holds."""
    case = begin(them, made, at)
    for who in ("stranger", "subject", "handler"):
        client = them.world.client(who)
        session = client.session
        session["delegation"] = str(made.id)
        session.save()
        assert client.get(f"/cases/{case.id}/form/").status_code == 403, who
        assert "不能继续办理" in client.get("/my/").content.decode()


def test_pages_of_a_delegation_are_found_by_its_two_units_alone(them: Agencies, made: Delegation) -> None:
    path = f"/delegations/{made.id}/"
    assert them.world.client("handler").get(path).status_code == 200
    assert them.client().get(path).status_code == 200
    for page in (path, f"{path}revoke/"):
        assert them.world.client("stranger").get(page).status_code == 404
    assert them.client().get(f"{path}revoke/").status_code == 404, "the agency cannot revoke"
    assert them.world.client("handler").post(f"{path}enter/").status_code == 404
    assert them.world.client("subject").get(path).status_code == 403
    assert them.client(made).get("/delegations/").status_code == 403, "an agent has no part in the principal's other affairs"


def test_the_agent_s_role_is_never_granted(them: Agencies, at: datetime) -> None:
    from laihua.accounts.actions import grant_role
    from laihua.accounts.permissions import SYSTEM

    with pytest.raises(Refused) as refused:
        grant_role(account_id=them.agent.id, organisation_id=them.world.unit.id, role="agent", actor=SYSTEM, at=at)
    assert refused.value.reasons[0].code == "role_by_delegation"


# How it ends

def test_revoked_in_an_open_tab(them: Agencies, made: Delegation, at: datetime) -> None:
    case = begin(them, made, at)
    tab = them.client(made)
    assert tab.get(f"/cases/{case.id}/form/").status_code == 200
    principal = them.world.client("handler")
    assert "撤销委托" in principal.get(f"/delegations/{made.id}/revoke/").content.decode()
    assert principal.post(f"/delegations/{made.id}/revoke/").status_code == 302

    answer = tab.get(f"/cases/{case.id}/form/")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "委托单位已于2026-11-12 10:00撤销委托" in page
    assert tab.post(f"/cases/{case.id}/form/save/", "{}", content_type="application/json",
                    headers={"accept": "application/json"}).json()["code"] == "delegation_revoked"
    assert tab.post(f"/cases/{case.id}/moves/submit/").status_code == 403
    assert tab.get("/").status_code == 200
    assert tab.post("/delegations/leave/").status_code == 302
    assert tab.get("/delegations/?tab=held").status_code == 200
    assert InboxMessage.objects.filter(account_id=them.agent.id, key__endswith=":revoked").exists()
    assert principal.get(f"/cases/{case.id}/form/").status_code == 200, "the case stays with the principal"


def test_its_last_day_and_the_day_after(them: Agencies, made: Delegation, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(them, made, at)
    tab = them.client(made)
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=30))
    assert tab.get("/my/").status_code == 200
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=31))
    answer = tab.get("/my/")
    assert answer.status_code == 403
    assert "有效期已于2026-12-12届满" in answer.content.decode()


def test_a_closed_case_ends_it(them: Agencies, made: Delegation, at: datetime) -> None:
    case = begin(them, made, at)
    tab = them.client(made)
    cases.save_answers(case_id=case.id, changes=building.complete_answers(), base=0, actor=them.under(made), at=at)
    building.fill_slots(them.world, case, at)
    cases.move(case_id=case.id, move="submit", actor=them.under(made), at=at)
    Case.objects.filter(id=case.id).update(subject_id=them.world.subject.account_id)
    case.refresh_from_db()
    declared = dict.fromkeys(("declare_truth", "declare_no_crime", "consent_health"), True)
    cases.save_answers(case_id=case.id, changes=declared, base=case.revision, actor=them.world.subject, at=at)
    cases.move(case_id=case.id, move="confirm", actor=them.world.subject, at=at)
    made.refresh_from_db()
    assert made.state == "active"
    cases.move(case_id=case.id, move="withdraw", actor=them.under(made), at=at, text="不再需要")
    made.refresh_from_db()
    assert made.state == "ended"
    assert made.ended_at == at
    answer = tab.get(f"/cases/{case.id}/")
    assert answer.status_code == 403
    assert "已经办结" in answer.content.decode()
    with pytest.raises(Refused):
        units.revoke_delegation(delegation_id=made.id, actor=them.world.handler, at=at)


def test_whoever_leaves_the_agency_leaves_its_delegations(them: Agencies, made: Delegation, at: datetime) -> None:
    from laihua.accounts.actions import revoke_grant
    from laihua.accounts.models import Grant
    from laihua.accounts.permissions import SYSTEM

    tab = them.client(made)
    assert tab.get("/my/").status_code == 200
    revoke_grant(grant_id=Grant.objects.get(account=them.agent).id, actor=SYSTEM, at=at)
    assert tab.get("/my/").status_code == 403


def test_only_the_principal_revokes(them: Agencies, made: Delegation, at: datetime) -> None:
    for actor in (them.for_itself, them.under(made), them.world.stranger, them.world.subject):
        with pytest.raises(Refused):
            units.revoke_delegation(delegation_id=made.id, actor=actor, at=at)


# What the principal sees

def test_the_principal_sees_what_was_done_and_hears_of_it(them: Agencies, made: Delegation, at: datetime) -> None:
    case = begin(them, made, at)
    page = them.world.client("handler").get(f"/delegations/{made.id}/").content.decode()
    for word in (agencies.AGENCY, case.number, "创建草稿", "经办人以短信验证码确认", made.number):
        assert word in page
    told = InboxMessage.objects.get(account_id=them.world.handler.person_id, key__contains=":made:")
    assert agencies.AGENCY in str(told.subject)
    assert made.number in them.world.client("handler").get("/delegations/").content.decode()
    assert made.number in them.client().get("/delegations/").content.decode()


def test_notices_of_the_case_reach_both_until_it_is_revoked(them: Agencies, made: Delegation, at: datetime) -> None:
    from laihua.cases.telling import filers_of

    case = begin(them, made, at)
    assert filers_of(case) == [them.agent.id, them.world.handler.account_id]
    units.revoke_delegation(delegation_id=made.id, actor=them.world.handler, at=at)
    assert filers_of(case) == [them.world.handler.account_id]
    jobs.run_waiting()


def test_the_list_costs_the_same_however_long(them: Agencies, at: datetime, django_assert_max_num_queries: Any) -> None:
    client = them.world.client("handler")
    client.get("/delegations/")
    for _ in range(23):
        them.delegate(at)
    with django_assert_max_num_queries(12):
        page = client.get("/delegations/")
    assert len(page.context["rows"]) == 20
    rest = client.get("/delegations/" + page.context["next"])
    assert len(rest.context["rows"]) == 3


def test_taking_a_delegation_up_again_is_a_step_up(them: Agencies, made: Delegation, at: datetime) -> None:
    client = them.client()
    before = client.session.session_key
    with patch("laihua.portal.account.delegating.timezone.now", return_value=timezone.now()):
        answer = client.post(f"/delegations/{made.id}/enter/")
    assert answer["Location"] == f"/start/{WORK_PERMIT}/"
    assert client.session.session_key != before
    assert SignInEntry.objects.filter(delegation_id=made.id, way="delegation").count() == 1
