"""The same press twice, an old page, a move that is none, a filing that ended in between: said, and done at most once."""

from datetime import timedelta

import pytest

from laihua.cases.models import Case, CaseEvent
from laihua.kernel import clock
from laihua.units.models import Filing
from tests.access.people import Hall, undone

pytestmark = pytest.mark.django_db


def moves_of(case: Case, move: str) -> int:
    return CaseEvent.objects.filter(case=case, move=move).count()


def version(case: Case) -> int:
    return int(case.proceedings.get().version)


@pytest.mark.req("OPS-5")
def test_a_submission_sent_twice_happens_once(hall: Hall) -> None:
    client, case = hall.clients["handler"], hall.draft
    with undone(client):
        sent = {"page": "check", "version": version(case), "confirmed": "1"}
        answers = [client.post(f"/cases/{case.id}/moves/submit/", sent) for _ in range(3)]
        assert [a.status_code for a in answers] == [302, 302, 302]
        assert {a["Location"] for a in answers} == {f"/cases/{case.id}/"}
        assert moves_of(case, "submit") == 1


@pytest.mark.req("OPS-5")
@pytest.mark.parametrize(("language", "words"), [("zh-hans", "您打开页面之后"), ("en", "After you opened this page")])
def test_an_old_page_decides_nothing(hall: Hall, language: str, words: str) -> None:
    """The page was drawn before the case was taken."""
    client, case = hall.clients["reviewer"], hall.own
    with undone(client):
        client.cookies["django_language"] = language
        client.post(f"/desk/cases/{case.id}/verdict/", {"item": "field:work_address", "result": "returned", "reason": "WP-R07"})
        sent = {"expected": version(case) - 1, "text": "please correct"}
        answer = client.post(f"/desk/cases/{case.id}/moves/return_for_correction/", sent)
        assert answer.status_code == 409
        assert words in answer.content.decode()
        hall.clients["head"].post(f"/desk/cases/{case.id}/release/")
        assert client.post(f"/desk/cases/{case.id}/moves/return_for_correction/", sent).status_code == 409
        assert moves_of(case, "return_for_correction") == 0


@pytest.mark.parametrize("move", ["no_such_move", "approve", "issue", "__init__", "submit"])
def test_moves_that_are_none_or_another_s(hall: Hall, move: str) -> None:
    for role, url in (("handler", f"/cases/{hall.own.id}/moves/{move}/"), ("reviewer", f"/desk/cases/{hall.own.id}/moves/{move}/")):
        client = hall.clients[role]
        with undone(client):
            before = CaseEvent.objects.filter(case=hall.own).count()
            answer = client.post(url, {"text": "因为", "confirmed": "1"})
            assert answer.status_code in (404, 409, 422), role
            assert CaseEvent.objects.filter(case=hall.own).count() == before


@pytest.mark.req("UNI-6")
@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "企业备案已于2026-11-11过期"), ("en", "The enterprise filing expired on 2026-11-11")]
)
def test_a_filing_that_ended_between_draft_and_submission(hall: Hall, language: str, words: str) -> None:
    client, case = hall.clients["handler"], hall.draft
    with undone(client):
        client.cookies["django_language"] = language
        Filing.objects.filter(unit=case.unit).update(valid_to=clock.today() - timedelta(days=1))
        page = client.get(f"/cases/{case.id}/check/")
        assert words in page.content.decode()
        refused = client.post(f"/cases/{case.id}/moves/submit/", {"page": "check", "version": version(case), "confirmed": "1"})
        assert refused.status_code == 422
        assert words in refused.content.decode()
        assert "/help/" in refused.content.decode(), "what to do now"
        again = Case.objects.get(id=case.id)
        assert again.answers == case.answers
        assert again.proceedings.get().step == "draft"
        Filing.objects.filter(unit=case.unit).update(valid_to=clock.today() + timedelta(days=300))
        assert client.post(f"/cases/{case.id}/moves/submit/", {"version": version(case), "confirmed": "1"}).status_code == 302


@pytest.mark.req("WP-4")
def test_a_submission_with_gaps_names_them_all(hall: Hall) -> None:
    client, case = hall.clients["handler"], hall.draft
    with undone(client):
        client.post(f"/cases/{case.id}/form/save/", {"base": 0, "changes": {"surname": "", "passport_number": ""}, "force": True},
                    "application/json")
        refused = client.post(f"/cases/{case.id}/moves/submit/", {"page": "check", "version": version(case), "confirmed": "1"})
        assert refused.status_code == 422
        page = refused.content.decode()
        assert "#f-surname" in page
        assert "#f-passport_number" in page


def test_a_case_not_filed_cannot_be_claimed_in_bulk(hall: Hall) -> None:
    client = hall.clients["reviewer"]
    with undone(client):
        answer = client.post("/desk/claim/", {"case": [str(hall.draft.id), str(hall.foreign.id), "x"]})
        assert answer.status_code == 409
        assert "没有这件案件" in answer.content.decode()
