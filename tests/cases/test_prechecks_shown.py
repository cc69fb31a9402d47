"""What pre-review says of a case, to whom, and at what cost."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laihua.accounts.permissions import Actor
from laihua.cases import actions, hiding, queries, rows
from laihua.cases.models import Case, DocumentRead, FindingReply, Proceeding
from laihua.cases.queries import NotYours, prechecking
from laihua.kernel.texts import Text
from tests import world as building
from tests.cases.prechecks import ON_FORM, ON_PAPER, compared, document, finding, remembered, seen
from tests.world import World

pytestmark = pytest.mark.django_db
WRONG = {"number": ON_PAPER, "surname": "LINDQVIST", "expires_on": "2031-06-21"}


@pytest.fixture(autouse=True)
def one_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prechecking, "examine", compared)


@pytest.fixture
def case(world: World, at: datetime) -> Case:
    made = building.complete_draft(world, at)
    remembered(made, "passport", document(**WRONG))
    return made


@pytest.mark.req("PRE-6", "WP-5")
def test_a_finding_names_field_document_page_and_both_values(world: World, case: Case, at: datetime) -> None:
    found = seen(case, "handler", world, at)
    assert found.applies
    one = finding(found)
    assert (one.level, one.given, one.read) == ("mismatch", ON_FORM, ON_PAPER)
    assert one.material == Text("护照资料页", "Passport data page")
    assert one.finding.places[0].page == 1
    assert [(a.field, a.before.zh, a.after.zh) for a in one.adopts] == [("passport_number", ON_FORM, ON_PAPER)]
    assert [n.key for n in found.by_field["passport_number"]] == [one.key]
    assert [n.level for n in found.findings] == ["mismatch", "pass", "pass"], "the worst first"
    assert (found.count("mismatch"), found.count("pass"), found.open) == (1, 2, (one,))
    passport = found.slot("passport")
    assert passport is not None
    assert (passport.state, passport.level, passport.kind) == ("done", "mismatch", "passport")


def test_it_follows_the_form_as_it_is_typed(world: World, case: Case, at: datetime) -> None:
    before = seen(case, "handler", world, at)
    actions.save_answers(case_id=case.id, changes={"passport_number": ON_PAPER}, base=case.revision, actor=world.handler, at=at)
    after = seen(case, "handler", world, at)
    assert finding(after).level == "pass"
    assert before.version != after.version, "the open page learns of it"
    assert after.version == seen(case, "handler", world, at).version


def test_what_does_not_apply_is_not_compared(world: World, case: Case, at: datetime) -> None:
    """Of a case outside China no visa is asked for, whatever the form still holds."""
    actions.save_answers(case_id=case.id, changes={"location": "inside", "visa_number": "X1234567"}, base=case.revision,
                         actor=world.handler, at=at)
    case.refresh_from_db()
    slot = queries.dossier(case.id, actor=world.handler, at=at).service.slots()["visa"]
    building.put_file(case.id, slot, world.handler, at)
    remembered(case, "visa", document("residence_permit", number="Y7654321"))
    assert finding(seen(case, "handler", world, at), "fields:visa:visa_number").level == "mismatch"
    actions.save_answers(case_id=case.id, changes={"location": "outside"}, base=case.revision, actor=world.handler, at=at)
    assert seen(case, "handler", world, at).slot("visa") is None


@pytest.mark.parametrize(("state", "file", "says"), [
    ("waiting", True, "等待读取"), ("reading", True, "正在读取"), ("failed", True, "未能自动读取"), ("missing", False, "未上传"),
])
def test_each_material_says_how_far_it_is(world: World, case: Case, at: datetime, state: str, file: bool, says: str) -> None:
    read = DocumentRead.objects.get(case=case, file__material__key="passport")
    if file:
        DocumentRead.objects.filter(pk=read.pk).update(state=state, pages_read=1, problem=Text("无法打开", "Cannot be opened").as_data())
    else:
        actions.remove_material(case_id=case.id, key="passport", actor=world.handler, at=at)
    found = seen(case, "handler", world, at)
    passport = found.slot("passport")
    assert passport is not None
    assert (passport.state, passport.says.zh, passport.findings) == (state, says, ())
    assert passport.is_running is (state in ("waiting", "reading"))
    if file:
        assert (passport.pages, passport.pages_read, str(passport.problem)) == (1, 1, "无法打开")


def test_a_file_from_before_pre_review_is_told_as_such(world: World, case: Case, at: datetime) -> None:
    DocumentRead.objects.filter(case=case).delete()
    passport = seen(case, "handler", world, at).slot("passport")
    assert passport is not None
    assert passport.state == "unread"


def test_a_check_that_breaks_takes_no_page_with_it(
    world: World, case: Case, at: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(prechecking, "examine", lambda given: int(given["passport"].document.found("passport", "number")[0].value))
    found = seen(case, "handler", world, at)
    assert "ValueError at" in caplog.text
    assert ON_PAPER not in caplog.text, "what a document says is not logged"
    assert found.broken
    assert found.findings == ()
    assert found.slot("passport") is not None


def test_a_document_that_no_longer_opens_costs_itself_alone(world: World, case: Case, at: datetime) -> None:
    """What was kept by an earlier version of the hall may lack something."""
    remembered(case, "contract", document("labour_contract", passport_number="ZZ9999999"))
    read = DocumentRead.objects.get(case=case, file__material__key="contract")
    read.found = {"pages": 1}
    read.save()
    found = seen(case, "handler", world, at)
    assert found.broken
    assert finding(found).level == "mismatch"


# Who

def office(actor: Actor, world: World) -> Actor:
    """The same officer, in another office."""
    return replace(actor, organisation_id=world.platform.id)


@pytest.mark.req("PRE-6")
def test_the_officer_sees_the_same_findings(world: World, at: datetime) -> None:
    case = building.submitted_case(world, at)
    remembered(case, "passport", document(**WRONG))
    applicant, officer = seen(case, "handler", world, at), seen(case, "pre_reviewer", world, at)
    assert [(n.key, n.level, n.digest) for n in officer.findings] == [(n.key, n.level, n.digest) for n in applicant.findings]
    assert not officer.answers
    assert not any(n.adopts for n in officer.findings)


def test_nobody_else_is_told_anything(world: World, at: datetime) -> None:
    case = building.submitted_case(world, at)
    remembered(case, "passport", document(**WRONG))
    for actor in (world.stranger, world.other_person, world.operator, world.auditor, world.registrar, office(world.pre_reviewer, world)):
        with pytest.raises(NotYours):
            queries.dossier(case.id, actor=actor, at=at)
        own = queries.Dossier(*in_hand(case), actor, at)
        assert queries.findings_of(own) == queries.Precheck(), "not even with the case in hand, as experts have it"


def in_hand(case: Case) -> tuple[Case, Proceeding]:
    found = rows.case(case.id, "main")
    assert found is not None
    return found


def test_an_officer_sees_nothing_before_it_is_filed(world: World, case: Case, at: datetime) -> None:
    with pytest.raises(NotYours):
        queries.desk_dossier(case.id, actor=world.pre_reviewer, at=at)


@pytest.mark.req("PRE-6")
def test_an_officer_reads_hidden_numbers_as_in_the_review(world: World, at: datetime) -> None:
    case = building.submitted_case(world, at)
    remembered(case, "passport", document(**WRONG))
    remembered(case, "contract", document("labour_contract", passport_number="ZZ9999999"))
    found = seen(case, "pre_reviewer", world, at)
    one = finding(found)
    assert (one.given, one.read) == ("EM*****38", "EM*****88"), "of a difference of one character that one is shown"
    assert ON_FORM not in str(one.text) + one.text.en
    assert ON_PAPER not in str(one.text) + one.text.en
    other = finding(found, "fields:contract:passport_number")
    assert (other.given, other.read) == ("EM*****38", "ZZ*****99")
    assert finding(found, "fields:passport:surname").given == "LINDQVIST", "names stand in every list of the desk"
    asked = finding(seen(case, "pre_reviewer", world, at, revealed=frozenset({"passport_number"})))
    assert (asked.given, asked.read) == (ON_FORM, ON_PAPER)
    assert one.digest == asked.digest


@pytest.mark.parametrize(("given", "read", "shown"), [
    ("EM7204138", "EM7204188", ("EM*****38", "EM*****88")),
    ("EM7204138", "EM7284138", ("EM**0**38", "EM**8**38")),
    ("EM7204138", "EM7284738", ("EM**0*138", "EM**8*738")),
    ("EM7204138", "EM1111138", ("EM*****38", "EM*****38")),
    ("EM7204138", "EM720413", ("EM*****38", "EM****13")),
    ("EM7204138", "EM7204138", ("EM*****38", "EM*****38")),
    ("EM 7204138", "EM7204138", ("EM*****38", "EM*****38")),
])
def test_two_hidden_numbers_show_no_more_than_what_differs(given: str, read: str, shown: tuple[str, str]) -> None:
    assert hiding.hidden("passport", given, read) == shown


# What is kept, and the cost

def test_nothing_that_was_read_stands_in_the_open(world: World, case: Case, at: datetime) -> None:
    one = finding(seen(case, "handler", world, at))
    actions.answer_finding(
        case_id=case.id, key=one.key, digest=one.digest, how="explain", text="护照已换发，旧号作废", actor=world.handler, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(r)::text FROM cases_documentread r"
                       " UNION ALL SELECT row_to_json(f)::text FROM cases_findingreply f")
        rows = " ".join(row for row, in cursor.fetchall())
    assert FindingReply.objects.get().text == "护照已换发，旧号作废"
    for secret in (ON_PAPER, "LINDQVIST", "旧号作废", ON_PAPER.encode().hex(), "旧号".encode().hex()):
        assert secret not in rows


def test_its_cost_does_not_grow_with_what_was_read(world: World, at: datetime) -> None:
    case = building.submitted_case(world, at)
    remembered(case, "passport", document(**WRONG))
    first = {who: statements(case, who, world, at) for who in ("handler", "pre_reviewer")}
    remembered(case, "contract", document("labour_contract", passport_number="ZZ9999999"))
    remembered(case, "degree", document("degree", name="SOMEBODY ELSE"))
    reply_to_all(case, world, at)
    for who, before in first.items():
        assert statements(case, who, world, at) == before
        assert before <= 3, "what was read, replies, and for an officer verdicts"


def reply_to_all(case: Case, world: World, at: datetime) -> None:
    for one in seen(case, "handler", world, at).findings:
        FindingReply.objects.create(case=case, key=one.key, digest=one.digest, seen=True, by_id=world.handler.account_id, at=at)


def statements(case: Case, who: str, world: World, at: datetime) -> int:
    """Beside those that the page of the case asks anyway."""
    dossier = queries.dossier(case.id, actor=getattr(world, who), at=at)
    assert dossier.slots, dossier.locked_fields
    with CaptureQueriesContext(connection) as asked:
        assert queries.findings_of(dossier).findings
    return len(asked)


def test_days_are_counted_to_the_filing(world: World, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(prechecking, "examine", lambda given: asked.append(given["passport"].until) or [])
    draft = building.complete_draft(world, at)
    remembered(draft, "passport", document(**WRONG))
    seen(draft, "handler", world, at + timedelta(days=3))
    filed = building.submitted_case(world, at)
    remembered(filed, "passport", document(**WRONG))
    seen(filed, "handler", world, at + timedelta(days=30))
    assert asked == [(at + timedelta(days=3)).date(), at.date()]
