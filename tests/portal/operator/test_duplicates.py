"""Suspected duplicates: found, held, compared by an operator, kept apart, merged or rejected (ENT-3)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from laihua.accounts import actions as accounts
from laihua.accounts import queries
from laihua.accounts.models import Account, Duplicate, Grant
from laihua.accounts.permissions import SYSTEM
from laihua.cases.models import Case, CaseEvent
from laihua.kernel.models import AuditEntry
from laihua.notifications.models import OutboxMessage
from laihua.units.models import Enrolment
from tests import people
from tests import world as building

pytestmark = [pytest.mark.django_db, pytest.mark.req("ENT-3")]
DOOR = "/enter/one_network/"
PASSWORD = "opens-the-hall-2026"


def person(login_name: str, at: datetime, *, phone: str = "+8613800001111", document: str = "EM7204138", days: int = 0) -> Account:
    return accounts.create_account(
        kind="natural", login_name=login_name, password=PASSWORD, name_zh="林索伦", phone=phone, document_number=document,
        actor=SYSTEM, at=at - timedelta(days=days),
    )


@pytest.fixture
def pair(world: Any, at: datetime) -> Duplicate:
    """The older account has a case and a role; the newer one with the same data knocks at the door."""
    old, new = person("old_one", at, days=300), person("new_one", at, phone="138 0000 1111", document="em 7204138")
    case = building.submitted_case(world, at)
    Case.objects.filter(id=case.id).update(subject=old)
    accounts.grant_role(account_id=old.id, organisation_id=world.other_unit.id, role="handler", actor=SYSTEM, at=at)
    Enrolment.objects.create(system="expert_projects", account=old, state="approved", changed_at=at)
    assert b"lh-state-official" in people.signed_in(new).get(DOOR).content
    return Duplicate.objects.get(account=new, other=old)


def test_a_held_account_begins_nothing_by_another_door(world: Any, at: datetime) -> None:
    accounts.create_account(kind="natural", login_name="older_one", password=None, name_zh="沈知遥", phone="+8613800006000",
                            actor=SYSTEM, at=at - timedelta(days=9))
    client = world.client("handler")
    client.get(DOOR)
    answer = client.post(f"/start/{building.WORK_PERMIT}/")
    assert answer.status_code == 403
    assert "疑似重复被挂起" in answer.content.decode()


def decide(world: Any, pair: Duplicate, decision: str, note: str = "电话核对，出示证件") -> Any:
    return world.client("operator").post(f"/operator/duplicates/{pair.id}/", {"decision": decision, "note": note})


def test_other_notations_of_the_same_number_find_each_other_and_the_newer_one_is_held(world: Any, at: datetime, pair: Duplicate) -> None:
    assert pair.same == ["document", "phone"]
    assert people.signed_in(pair.other).get(DOOR).status_code == 302, "the older account goes on"
    people.signed_in(pair.account).get(DOOR)
    assert Duplicate.objects.count() == 1


def test_a_unit_s_account_may_have_its_handler_s_telephone(world: Any, at: datetime) -> None:
    firm = accounts.create_account(
        kind="legal", login_name="firm", password=None, name_zh="样例", phone="+8613800006000", actor=SYSTEM, at=at)
    accounts.find_duplicates(account_id=firm.id, system="one_network", at=at)
    visitor = accounts.create_account(
        kind="visitor", login_name="guest", password=None, name_zh="访客", phone="+8613800006000", actor=SYSTEM, at=at)
    accounts.find_duplicates(account_id=visitor.id, system="one_network", at=at)
    assert not Duplicate.objects.filter(account__in=[firm, visitor]).exists()


def test_the_desk_shows_both_masked_and_records_every_look(world: Any, at: datetime, pair: Duplicate) -> None:
    client = world.client("operator")
    assert "林**" in client.get("/operator/duplicates/").content.decode()
    page = client.get(f"/operator/duplicates/{pair.id}/").content.decode()
    assert "EM*****38" in page
    assert "EM7204138" not in page
    assert "138****1111" in page
    shown = client.post(f"/operator/duplicates/{pair.id}/unmask/{pair.other_id}/document_number/").content.decode()
    assert "EM7204138" in shown
    look = AuditEntry.objects.get(action="look_at", subject=str(pair.other_id))
    assert look.actor == str(world.operator.account_id)
    assert look.data["what"] == "document_number"
    assert client.post(f"/operator/duplicates/{pair.id}/unmask/{pair.other_id}/password/").status_code == 404
    stranger = world.accounts["handler"].id
    assert client.post(f"/operator/duplicates/{pair.id}/unmask/{stranger}/phone/").status_code == 404


@pytest.mark.parametrize(("decision", "note"), [("", "x"), ("keep", " "), ("keep", "x" * 501), ("merge_held", "")])
def test_a_decision_needs_its_kind_and_its_grounds(world: Any, pair: Duplicate, decision: str, note: str) -> None:
    assert decide(world, pair, decision, note).status_code == 422
    pair.refresh_from_db()
    assert pair.state == "open"


def test_kept_apart_the_held_account_is_told_and_enters(world: Any, at: datetime, pair: Duplicate) -> None:
    assert decide(world, pair, "keep").status_code == 302
    sms = OutboxMessage.objects.get(channel="sms", account=pair.account)
    assert sms.recipient == "138 0000 1111"
    assert "处理完成" in sms.text
    assert people.signed_in(pair.account).get(DOOR)["Location"] == "/systems/one_network/"
    assert decide(world, pair, "merge_other").status_code == 422, "decided once"


@pytest.mark.parametrize("kept_side", ["other", "account"])
def test_merged_nothing_is_lost_and_the_other_account_signs_in_no_more(world: Any, at: datetime, pair: Duplicate, kept_side: str) -> None:
    kept = getattr(pair, kept_side)
    gone = pair.account if kept_side == "other" else pair.other
    open_page = people.signed_in(gone)
    case_ids = set(Case.objects.filter(subject__in=[pair.account, pair.other]).values_list("id", flat=True))
    assert decide(world, pair, "merge_other" if kept_side == "other" else "merge_held").status_code == 302
    assert set(Case.objects.filter(subject=kept).values_list("id", flat=True)) == case_ids
    assert Grant.objects.filter(account=kept, organisation_id=world.other_unit.id, revoked_at=None).count() == 1
    assert not Grant.objects.filter(account=gone, revoked_at=None).exists()
    assert Enrolment.objects.get(system="expert_projects").account_id == kept.id
    assert {e.action for e in AuditEntry.objects.filter(subject__in=[str(kept.id), str(gone.id)])} >= {"merged_into", "merged_with"}
    if kept_side == "account":
        assert CaseEvent.objects.filter(move="merge_subject", case_id__in=case_ids).count() == len(case_ids) == 1
    assert open_page.get("/inbox/").status_code == 302, "its open sessions have ended"
    sms = list(OutboxMessage.objects.filter(channel="sms"))
    assert sms
    assert all("已合并" in one.text for one in sms)
    assert people.signed_in(kept).get(DOOR)["Location"] in ("/systems/one_network/", "/sign-in/organisation/?next=%2Fenter%2Fone_network%2F")  # noqa: E501


def test_whoever_knows_the_password_of_a_merged_account_is_told_which_one_to_use(world: Any, at: datetime, pair: Duplicate) -> None:
    decide(world, pair, "merge_other")
    from django.test import RequestFactory

    from laihua.kernel.texts import Refused

    def refusal(password: str, name: str = "new_one") -> str:
        request = RequestFactory().post("/sign-in/")
        request.session = Client().session
        with pytest.raises(Refused) as refused:
            accounts.sign_in(request, login_name=name, password=password, kind="natural", address="192.0.2.1", at=at)
        return refused.value.reasons[0].text.zh

    assert "old****" in refusal(PASSWORD)
    assert refusal("another pass phrase") == "登录名或密码错误"


def test_rejected_the_account_stays_out_until_its_data_is_corrected(world: Any, at: datetime, pair: Duplicate) -> None:
    decide(world, pair, "reject", "证件号码与已有账号相同")
    client = people.signed_in(pair.account)
    page = client.get(DOOR).content.decode()
    assert "请使用原账号登录" in page
    assert "证件号码与已有账号相同" in page
    account = Account.objects.get(id=pair.account_id)
    account.document_number = account.document_index = "XK9911223"
    account.phone = account.phone_index = "+8613800002222"
    account.save()
    assert client.get(DOOR)["Location"] == "/systems/one_network/"


def test_a_pair_that_was_kept_apart_is_looked_at_again_when_more_becomes_the_same(world: Any, at: datetime) -> None:
    person("first", at, days=9, document="AA1111111")
    second = person("second", at, document="BB2222222")
    accounts.find_duplicates(account_id=second.id, system="one_network", at=at)
    row = Duplicate.objects.get()
    accounts.keep_both(duplicate_id=row.id, note="两人共用手机", actor=world.operator, at=at)
    accounts.find_duplicates(account_id=second.id, system="one_network", at=at)
    assert queries.hold_of(second.id) is None
    second.document_number = second.document_index = "AA1111111"
    second.save()
    accounts.find_duplicates(account_id=second.id, system="one_network", at=at)
    held = queries.hold_of(second.id)
    assert held
    assert set(held.same) == {"document", "phone"}


def test_two_units_are_never_merged(world: Any, at: datetime) -> None:
    from laihua.kernel.texts import Refused

    firms = [
        accounts.create_account(kind="legal", login_name=f"firm{n}", password=None, name_zh=f"样例{n}", phone="+8613800003333",
                                actor=SYSTEM, at=at + timedelta(minutes=n)) for n in range(2)
    ]
    for firm, unit in zip(firms, (world.unit, world.other_unit), strict=True):
        unit.account = firm
        unit.save()
    accounts.find_duplicates(account_id=firms[1].id, system="one_network", at=at)
    row = Duplicate.objects.get()
    with pytest.raises(Refused) as refused:
        accounts.merge_accounts(duplicate_id=row.id, keep_id=firms[0].id, note="同一手机", actor=world.operator, at=at)
    assert refused.value.reasons[0].code == "two_units"
    assert decide(world, row, "merge_other").status_code == 422
    row.refresh_from_db()
    assert row.state == "open", "all of it was undone"


def test_only_operators_decide(world: Any, pair: Duplicate) -> None:
    for who in ("handler", "pre_reviewer", "auditor"):
        assert world.client(who).post(f"/operator/duplicates/{pair.id}/", {"decision": "keep", "note": "x"}).status_code == 403
