"""An approved registration makes the unit, its handlers and agencies what the form says; an approved filing opens submission."""

from datetime import date, timedelta

import pytest

from laihua.accounts import actions as accounts
from laihua.accounts import queries as people
from laihua.accounts.events import IdentityAnswered
from laihua.accounts.models import Organisation
from laihua.accounts.permissions import SYSTEM
from laihua.cases import actions, queries, reminders
from laihua.kernel import events
from laihua.kernel.texts import Refused
from laihua.notifications.models import InboxMessage, OutboxMessage
from laihua.permits.actions import issue
from laihua.units import actions as units
from laihua.units import queries as unit_queries
from laihua.units.models import Filing, NamedHandler, Unit
from laihua.units.queries import START_FILING
from tests import unit_files as files
from tests import world as building
from tests.unit_files import FILING, REGISTRATION

pytestmark = pytest.mark.django_db
SHEN = "000101199003150016"


def passes_real_name(account, number, at, *, kind="resident_id", status="passed"):
    account.document_type, account.document_number, account.document_index = kind, number, number
    account.real_name_status = status
    account.save()


def roles(unit_id):
    return {(g.account_id, g.role, g.system) for g in people.grants_in(unit_id)}


# 单位注册

@pytest.mark.req("UNI-1")
def test_approval_updates_the_unit_and_enrols_it(world, at):
    case = files.approved(REGISTRATION, world, world.handler, at)
    unit = Unit.objects.select_related("organisation").get(organisation_id=world.unit.id)
    answers = files.answers_of(REGISTRATION)
    assert (unit.name_en, unit.registered_address) == (answers["unit_name_en"], answers["registered_address"])
    assert (unit.contact_name, unit.contact_phone) == ("沈知遥", "+8613800006000")
    assert unit.name_zh == world.unit.name_zh, "name and code rest on the real name"
    assert unit.organisation.kind == "employer"
    assert unit_queries.enrolment_of_unit("work_system", unit.id).state == "approved"
    assert case.closed_at == at


def test_a_handler_with_a_passed_account_is_authorised_at_once_and_the_others_are_told(world, at):
    account = world.accounts["other_person"]
    passes_real_name(account, SHEN, at)
    files.approved(REGISTRATION, world, world.handler, at)
    assert (account.id, "handler", "work_system") in roles(world.unit.id)
    waiting = NamedHandler.objects.get(unit_id=world.unit.id, account=None)
    assert (waiting.name, waiting.phone) == ("何望舒", "+8613800006001")
    told = {(m.channel, m.recipient) for m in OutboxMessage.objects.filter(key=f"named_handler:{waiting.id}")}
    assert told == {("email", "he@example.com"), ("sms", "+8613800006001")}
    sms = OutboxMessage.objects.get(key=f"named_handler:{waiting.id}", channel="sms")
    assert "何望舒" not in sms.text
    assert "/" not in sms.text


@pytest.mark.parametrize(("kind", "status"), [("resident_id", "failed"), ("resident_id", "pending"), ("passport", "passed")])
def test_another_kind_of_document_or_an_unproved_one_authorises_nobody(world, at, kind, status):
    passes_real_name(world.accounts["other_person"], SHEN, at, kind=kind, status=status)
    files.approved(REGISTRATION, world, world.handler, at)
    assert world.other_person.account_id not in {account for account, _, _ in roles(world.unit.id)}


def test_who_passes_later_is_authorised_then(world, at):
    files.approved(REGISTRATION, world, world.handler, at)
    account = world.accounts["other_person"]
    passes_real_name(account, SHEN, at)
    events.publish(IdentityAnswered(check_id=account.id, target="person", account_id=account.id, organisation_id=None, passed=True, at=at))
    assert (account.id, "handler", "work_system") in roles(world.unit.id)
    assert units.match_handlers(at=at) == 0, "once"


def test_who_passed_by_an_officers_decision_is_found_by_the_job(world, at):
    files.approved(REGISTRATION, world, world.handler, at)
    passes_real_name(world.accounts["other_person"], SHEN, at)
    assert units.match_handlers(at=at) == 1
    assert (world.other_person.account_id, "handler", "work_system") in roles(world.unit.id)


def test_a_second_registration_begins_with_the_first_and_ends_roles_that_it_no_longer_names(world, at):
    account = world.accounts["other_person"]
    passes_real_name(account, SHEN, at)
    files.approved(REGISTRATION, world, world.handler, at)
    later = at + timedelta(days=30)
    second = actions.start_case(service_id=REGISTRATION, actor=world.handler, at=later)
    assert second.answers["employees"] == 86
    assert len(second.answers["handlers"]) == 2
    assert "declare_truth" not in second.answers, "a declaration is given anew"
    actions.move(case_id=second.id, move="discard", actor=world.handler, at=later)
    rows = files.answers_of(REGISTRATION)["handlers"][1:]
    files.approved(REGISTRATION, world, world.handler, later, handlers=rows)
    assert account.id not in {a for a, _, system in roles(world.unit.id) if system}
    assert [row.name for row in NamedHandler.objects.filter(unit_id=world.unit.id, ended_at=None)] == ["何望舒"]


def test_a_role_that_an_administrator_gave_stays(world, at):
    account = world.accounts["other_person"]
    passes_real_name(account, SHEN, at)
    accounts.grant_role(account_id=account.id, organisation_id=world.unit.id, role="handler", actor=SYSTEM, at=at)
    files.approved(REGISTRATION, world, world.handler, at)
    files.approved(REGISTRATION, world, world.handler, at, handlers=files.answers_of(REGISTRATION)["handlers"][1:])
    assert (account.id, "handler", "") in roles(world.unit.id)


def test_an_agency_becomes_one_and_an_employer_again(world, at):
    agency = {"is_agency": "yes", "agency_licence": "EX-HR-0001", "agency_licence_until": "2030-06-30"}
    files.approved(REGISTRATION, world, world.handler, at, **agency)
    assert Organisation.objects.get(id=world.unit.id).kind == "agency"
    files.approved(REGISTRATION, world, world.handler, at)
    assert Organisation.objects.get(id=world.unit.id).kind == "employer"


def test_nothing_changes_before_approval_and_by_refusal(world, at):
    case = files.submitted(REGISTRATION, world, world.handler, at, unit_name_en="Another Name Ltd.")
    actions.claim(case_id=case.id, actor=world.local_registrar, at=at)
    actions.move(case_id=case.id, move="refuse", text="示例理由", actor=world.local_registrar, at=at)
    assert Unit.objects.get(organisation_id=world.unit.id).name_en == world.unit.name_en
    assert not NamedHandler.objects.exists()
    place = unit_queries.enrolment_of_unit("work_system", world.unit.id)
    assert place is None or place.state == "refused"


def test_only_a_registrar_of_the_office_decides(world, at):
    case = files.submitted(REGISTRATION, world, world.handler, at)
    for who in (world.registrar, world.national_registrar):
        with pytest.raises(queries.NotYours):
            actions.claim(case_id=case.id, actor=who, at=at)
    with pytest.raises(Refused):
        actions.claim(case_id=case.id, actor=world.pre_reviewer, at=at)
    assert case.proceedings.get().promised_on == date(2026, 11, 17)


# 企业备案

@pytest.fixture
def unfiled(world):
    Filing.objects.filter(unit=world.unit).delete()
    return world


@pytest.mark.req("UNI-6")
def test_a_filing_is_valid_for_a_year_from_its_approval(unfiled, at):
    case = files.approved(FILING, unfiled, unfiled.handler, at)
    filing = Filing.objects.get(unit=unfiled.unit)
    today = at.date()
    assert (filing.number, filing.valid_from) == (case.number, today)
    assert filing.valid_to == today.replace(year=today.year + 1) - timedelta(days=1)
    assert unit_queries.filing_state(unfiled.unit.id, on=filing.valid_to).valid
    assert not unit_queries.filing_state(unfiled.unit.id, on=filing.valid_to + timedelta(days=1)).valid


def test_a_renewal_begins_with_what_was_filed_and_goes_on_from_the_day_after(unfiled, at):
    files.approved(FILING, unfiled, unfiled.handler, at)
    first = Filing.objects.get(unit=unfiled.unit)
    later = at + timedelta(days=340)
    renewal = actions.start_case(service_id=FILING, actor=unfiled.handler, at=later)
    assert renewal.answers["business"] == files.answers_of(FILING)["business"]
    seen = queries.dossier(renewal.id, actor=unfiled.handler, at=later)
    assert seen.answers["filed_until"] == first.valid_to.isoformat()
    missing = {g.place for g in seen.open_gaps}
    assert missing == {"declare_law", "material:filing_form", "material:licence", "material:premises"}
    actions.move(case_id=renewal.id, move="discard", actor=unfiled.handler, at=later)
    files.approved(FILING, unfiled, unfiled.handler, later)
    second = Filing.objects.filter(unit=unfiled.unit).latest("valid_from")
    assert second.valid_from == first.valid_to + timedelta(days=1)
    assert second.valid_to == first.valid_to.replace(year=first.valid_to.year + 1)


@pytest.mark.req("UNI-6")
def test_a_draft_waits_for_the_renewal_and_can_be_submitted_after_it(world, at):
    Filing.objects.filter(unit=world.unit).update(valid_to=at.date() - timedelta(days=1))
    draft = building.complete_draft(world, at)
    with pytest.raises(Refused) as refused:
        actions.move(case_id=draft.id, move="submit", actor=world.handler, at=at)
    (reason,) = refused.value.reasons
    assert (reason.code, reason.link, reason.link_text.zh) == ("filing_expired", START_FILING, "办理续备")
    files.approved(FILING, world, world.handler, at)
    assert actions.move(case_id=draft.id, move="submit", actor=world.handler, at=at).to_step == "confirmation"


def test_a_unit_that_never_filed_is_led_to_its_first_filing(unfiled, at):
    reason = unit_queries.filing_state(unfiled.unit.id, on=at.date()).reason
    assert (reason.code, reason.link, reason.link_text.en) == ("filing_missing", START_FILING, "File now")


def test_one_filing_at_a_time(unfiled, at):
    files.draft(FILING, unfiled.handler, at)
    with pytest.raises(Refused) as refused:
        actions.start_case(service_id=FILING, actor=unfiled.second_handler, at=at)
    assert refused.value.reasons[0].code == "under_way"


@pytest.mark.req("UNI-6")
def test_the_reminder_leads_to_the_renewal(world, at):
    Filing.objects.filter(unit=world.unit).update(valid_to=at.date() + timedelta(days=30))
    assert reminders.remind_of_filings(at=at) >= 2
    told = InboxMessage.objects.filter(account_id=world.handler.account_id).latest("created_at")
    assert told.link == START_FILING


def test_the_notice_states_the_days(unfiled, at):
    case = files.approved(FILING, unfiled, unfiled.handler, at)
    event = case.events.get(move="approve")
    paper = issue(
        case_id=case.id, proceeding_id=case.proceedings.get().id, output="filing_notice", event_id=event.id, at=at
    )
    filing = Filing.objects.get(unit=unfiled.unit)
    assert (paper.number, paper.valid_from, paper.valid_to) == (case.number, filing.valid_from, filing.valid_to)
