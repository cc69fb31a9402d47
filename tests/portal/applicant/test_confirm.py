"""The individual end: everything in words, consents one by one, confirming, sending back; the ends do not cross."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from laihua.cases import actions as cases
from laihua.cases.models import Case
from laihua.kernel import clock
from tests import world as building
from tests.portal.language import chinese_left

pytestmark = pytest.mark.django_db
TICKED = {"declare_truth": "true", "declare_no_crime": "true", "consent_health": "true"}


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch, at) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)


def url(case) -> str:
    return reverse("applicant:confirm", args=[case.id])


def send(world, case, who="subject", move="confirm", **values):
    version = building.proceeding_of(case).version
    return world.client(who).post(url(case), {"move": move, "version": version, **values})


@pytest.mark.req("WP-3")
def test_confirming_with_every_consent_files_the_application(world, at) -> None:
    case = building.confirmation_case(world, at)
    assert send(world, case, **TICKED).status_code == 302
    assert building.proceeding_of(case).step == "pre_review"
    kept = Case.objects.get(id=case.id).answers
    assert all(kept[key] is True for key in TICKED)


@pytest.mark.parametrize("left_out", sorted(TICKED))
def test_a_consent_that_is_missing_is_named_at_its_place_and_nothing_is_kept(world, at, left_out) -> None:
    case = building.confirmation_case(world, at)
    answer = send(world, case, **{k: v for k, v in TICKED.items() if k != left_out})
    assert answer.status_code == 422
    assert left_out in answer.context["errors"]
    html = answer.content.decode()
    assert f'href="#f-{left_out}"' in html
    assert [ticked for field, ticked in answer.context["declarations"] if field.key != left_out] == [True, True]
    assert building.proceeding_of(case).step == "confirmation"
    assert not any(key in Case.objects.get(id=case.id).answers for key in TICKED)


def test_nothing_is_ticked_beforehand(world, at) -> None:
    answer = world.client("subject").get(url(building.confirmation_case(world, at)))
    assert [ticked for _, ticked in answer.context["declarations"]] == [False, False, False]
    assert "checked" not in answer.content.decode()


@pytest.mark.req("WP-3")
def test_the_unit_reads_whose_step_it_is_and_cannot_confirm(world, at) -> None:
    case = building.confirmation_case(world, at)
    page = world.client("handler").get(url(case)).content.decode()
    reason = "这一步由申请人本人（个人端）办理，您现在的身份不能代办。"
    assert reason in page
    assert "aria-disabled" in page
    answer = send(world, case, who="handler", **TICKED)
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert building.proceeding_of(case).step == "confirmation"
    assert "declare_truth" not in Case.objects.get(id=case.id).answers


@pytest.mark.req("WP-3")
def test_the_applicant_cannot_submit_for_the_unit(world, at) -> None:
    case = building.complete_draft(world, at)
    Case.objects.filter(id=case.id).update(subject_id=world.subject.account_id)
    answer = world.client("subject").post(reverse("applicant:move", args=[case.id, "submit"]), {"version": 0})
    assert answer.status_code == 422
    assert "这一步由用人单位办理，您现在的身份不能代办。" in answer.content.decode()
    assert building.proceeding_of(case).step == "draft"


def test_sending_back_needs_words_and_reaches_the_unit(world, at) -> None:
    case = building.confirmation_case(world, at)
    refused = send(world, case, move="object", text="  ")
    assert refused.status_code == 422
    assert "请写明理由。" in refused.content.decode()
    assert send(world, case, move="object", text="My passport number is wrong").status_code == 302
    assert building.proceeding_of(case).step == "draft"
    page = world.client("handler").get(reverse("applicant:case", args=[case.id])).content.decode()
    assert "My passport number is wrong" in page


def test_a_recalled_application_is_not_confirmed_by_an_open_page(world, at) -> None:
    case = building.confirmation_case(world, at)
    cases.move(case_id=case.id, move="recall", actor=world.handler, at=at)
    answer = send(world, case, **TICKED)
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("applicant:case", args=[case.id])
    assert building.proceeding_of(case).step == "draft"


def test_a_made_up_move_is_refused(world, at) -> None:
    case = building.confirmation_case(world, at)
    assert send(world, case, move="approve", **TICKED).status_code == 422
    assert send(world, case, move="nothing", **TICKED).status_code == 422
    assert building.proceeding_of(case).step == "confirmation"


def test_everything_that_the_unit_filled_in_stands_there_personal_things_first(world, at) -> None:
    answer = world.client("subject", "en").get(url(building.confirmation_case(world, at)))
    html = answer.content.decode()
    for words in ("EM7204138", "1985-03-14", "Sweden", "40,000", "Passport data page"):
        assert words in html, words
    personal = [one.section.personal for one in answer.context["sections"]]
    assert personal == sorted(personal, reverse=True)
    assert any(personal)


def test_a_personal_document_is_uploaded_from_here_and_leads_back(world, at) -> None:
    case = building.confirmation_case(world, at)
    client = world.client("subject")
    upload = reverse("applicant:upload", args=[case.id, "passport"])
    assert upload in client.get(url(case)).content.decode()
    assert reverse("applicant:upload", args=[case.id, "contract"]) not in client.get(url(case)).content.decode()
    file = SimpleUploadedFile("mine.pdf", building.pdf(2), "application/pdf")
    answer = client.post(upload, {"file": file, "next": url(case)})
    assert answer.headers["Location"] == f"{url(case)}#material-passport"
    assert "mine.pdf" in client.get(url(case)).content.decode()


def test_somebody_elses_case_is_not_found(world, at) -> None:
    case = building.confirmation_case(world, at)
    for who in ("other_person", "stranger"):
        assert world.client(who).get(url(case)).status_code == 404
        assert send(world, case, who=who, **TICKED).status_code == 404


def test_other_steps_have_nothing_to_confirm(world, at) -> None:
    case = building.submitted_case(world, at)
    assert world.client("subject").get(url(case)).headers["Location"] == reverse("applicant:case", args=[case.id])


def test_the_number_of_statements_is_bounded(world, at, django_assert_max_num_queries) -> None:
    case = building.confirmation_case(world, at)
    client = world.client("subject")
    client.get(url(case))
    with django_assert_max_num_queries(18):
        client.get(url(case))


@pytest.mark.parametrize("who", ["handler", "subject"])
def test_no_chinese_is_left(world, at, who) -> None:
    case = building.confirmation_case(world, at, chinese_name=None, position="Manager", duties="Develops lenses")
    names = {
        "上海砚桥精密仪器有限公司", "沈知遥", "上海市浦东新区望江路88号3幢502室", "上海市浦东新区望江路88号", "中文",
        "光学工程", "测试工程师", "光学研发工程师",
    }
    page = world.client(who, "en")
    assert chinese_left(page.get(url(case)).content.decode(), allowed=names) == []
    refused = page.post(url(case), {"move": "confirm"})
    assert chinese_left(refused.content.decode(), allowed=names) == []
