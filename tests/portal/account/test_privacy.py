"""One's own data: separate consents, a copy of everything, and closing the account."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from laihua.accounts import actions as accounts
from laihua.accounts.models import Account, Consent, Grant
from laihua.accounts.permissions import SYSTEM
from laihua.cases.models import Case
from laihua.catalog.consents import asked_at, faults, purposes
from laihua.catalog.queries import current, services
from laihua.kernel.models import AuditEntry
from laihua.notifications.models import InboxMessage, OutboxMessage
from tests import people
from tests import world as building

pytestmark = pytest.mark.django_db
PASSWORD = "opens-the-hall-2026"


def give_password(account: Account) -> None:
    account.set_password(PASSWORD)
    account.save()


def test_every_purpose_is_named_by_documents_of_services(world: Any) -> None:
    """A document that names an unknown purpose is a fault of its service, with its line."""
    assert list(faults()) == []
    service = current(building.WORK_PERMIT).service
    assert {p.key for p in asked_at(service, service.slots())} == {"identity_document", "face_photograph", "health", "police_record"}
    assert [p.key for p in asked_at(service, ["photo"])] == ["face_photograph"]
    assert {slot.consent for d in services() for slot in d.service.slots().values()} - {""} == set(purposes())


def test_a_sensitive_document_is_taken_only_after_its_own_consent(world: Any, at: datetime) -> None:
    Consent.objects.all().delete()
    case, client = building.draft(world, at, building.complete_answers()), world.client("handler")
    address = f"/cases/{case.id}/materials/"
    page = client.get(address).content.decode()
    assert "请分别同意" in page
    assert "办结后满2年删除" in page
    assert 'name="purpose" value="police_record" checked' not in page

    def upload(key: str) -> Any:
        file = SimpleUploadedFile("paper.pdf", building.pdf(), content_type="application/pdf")
        return client.post(f"{address}{key}/upload/", {"file": file})

    refused = upload("police_record")
    assert refused.status_code == 422
    assert "无犯罪记录证明" in refused.content.decode()
    client.post("/privacy/consents/", {"purpose": ["police_record", "nonsense"], "next": address})
    assert upload("police_record").status_code == 302
    assert upload("passport").status_code == 422, "a consent is for its purpose alone"
    kept = Consent.objects.get(account=world.accounts["handler"])
    assert (kept.purpose, kept.version) == ("police_record", purposes()["police_record"].version)
    words = AuditEntry.objects.get(action="consent_text")
    assert words.subject == kept.version
    assert words.data["text_zh"] == purposes()["police_record"].text.zh
    client.post("/privacy/consents/police_record/withdraw/")
    kept.refresh_from_db()
    assert kept.withdrawn_at
    assert upload("police_record").status_code == 422
    assert "已撤回的同意（1项）" in client.get("/privacy/").content.decode()


def test_a_consent_to_an_older_text_is_asked_anew(world: Any, at: datetime) -> None:
    Consent.objects.update(version="0" * 16)
    page = world.client("handler").get("/privacy/").content.decode()
    assert "文本已更新，需重新同意" in page


def test_a_copy_holds_account_roles_cases_and_sign_ins_and_asks_for_the_password(world: Any, at: datetime) -> None:
    account = world.accounts["subject"]
    give_password(account)
    case = building.submitted_case(world, at)
    client = people.signed_in(account)
    assert client.post("/privacy/export/", {"password": "wrong", "format": "json"}).status_code == 422
    answer = client.post("/privacy/export/", {"password": PASSWORD, "format": "json"})
    copy = json.loads(answer.content)
    assert "attachment" in answer["Content-Disposition"]
    assert copy["account"]["phone"] == account.phone
    assert copy["account"]["name_latin"] == account.name_latin
    assert [one["number"] for one in copy["cases"]] == [case.number]
    assert any(value == case.answers["passport_number"] for _, value in copy["cases"][0]["answers"])
    assert set(copy) >= {"grants", "consents", "sign_ins", "messages", "enrolments", "earlier_cases"}
    readable = client.post("/privacy/export/", {"password": PASSWORD, "format": "html"}).content.decode()
    assert case.number in readable
    assert str(case.answers["passport_number"]) in readable
    assert AuditEntry.objects.filter(action="export_own_data", actor=str(account.id)).count() == 2


def test_a_stranger_at_an_open_session_cannot_guess_the_password(world: Any) -> None:
    account = world.accounts["subject"]
    give_password(account)
    client = people.signed_in(account)
    for _ in range(5):
        client.post("/privacy/export/", {"password": "wrong", "format": "json"})
    locked = client.post("/privacy/export/", {"password": PASSWORD, "format": "json"})
    assert locked.status_code == 422
    assert "尝试次数过多" in locked.content.decode()


def close(client: Any, **more: Any) -> Any:
    return client.post("/privacy/close/", {"password": PASSWORD, "sure": "true"} | more)


def test_an_open_case_keeps_the_account_and_is_named(world: Any, at: datetime) -> None:
    give_password(world.accounts["subject"])
    case = building.submitted_case(world, at)
    client = people.signed_in(world.accounts["subject"])
    page = client.get("/privacy/close/").content.decode()
    assert case.number in page
    assert 'name="password"' not in page
    assert close(client).status_code == 422
    assert Account.objects.get(login_name="demo_subject").erased_at is None


def test_closed_nothing_names_its_owner_any_more_and_closed_cases_stay(world: Any, at: datetime) -> None:
    account = world.accounts["subject"]
    give_password(account)
    case = building.submitted_case(world, at)
    Case.objects.filter(id=case.id).update(closed_at=at)
    case.proceedings.update(closed_at=at, clock="stopped", due_on=None)
    client = people.signed_in(account)
    assert "依法保留" in client.get("/privacy/close/").content.decode()
    assert close(client, sure="").status_code == 422
    assert close(client, password="wrong").status_code == 422
    assert close(client)["Location"] == "/"
    gone = Account.objects.get(id=account.id)
    assert (gone.name_latin, gone.phone, gone.email, gone.document_number, gone.phone_index) == ("", "", "", "", None)
    assert gone.erased_at
    assert not gone.is_active
    assert not gone.has_usable_password()
    assert "subject" not in gone.login_name
    assert client.get("/inbox/").status_code == 302
    assert not InboxMessage.objects.filter(account=account).exists()
    assert not OutboxMessage.objects.filter(account=account).exists()
    assert Case.objects.get(id=case.id).subject_id == account.id
    assert AuditEntry.objects.get(action="erase_account").subject == str(account.id)


@pytest.mark.parametrize(("who", "words"), [("pre_reviewer", "请先由管理员撤销"), ("handler", "")])
def test_posts_keep_an_account(world: Any, at: datetime, who: str, words: str) -> None:
    account = world.accounts[who]
    give_password(account)
    if not words:
        accounts.grant_role(account_id=account.id, organisation_id=world.unit.id, role="unit_admin", actor=SYSTEM, at=at)
        words = "唯一的管理员"
    page = close(people.signed_in(account)).content.decode()
    assert words in page
    assert Grant.objects.filter(account=account, revoked_at=None).exists()


@pytest.mark.req("OPS-5")
def test_every_look_of_an_officer_at_a_hidden_value_is_recorded_before_it_is_shown(world: Any, at: datetime) -> None:
    from laihua.cases import actions as cases
    from laihua.cases.models import CaseEvent

    case = building.submitted_case(world, at)
    cases.claim(case_id=case.id, actor=world.pre_reviewer, at=at)
    client = world.client("pre_reviewer")
    number = case.answers["passport_number"]
    for address in (f"/desk/cases/{case.id}/", f"/desk/cases/{case.id}/record/"):
        assert number not in client.get(address).content.decode(), address
    assert number in client.post(f"/desk/unmask/{case.id}/passport_number/").content.decode()
    look = CaseEvent.objects.get(case=case, move="look_at")
    assert look.actor_id == world.pre_reviewer.account_id
    assert look.details["place"] == "passport_number"
