"""The last page before a case is handed in, and the address of its moves."""

import pytest
from django.urls import reverse

from laihua.cases.models import CaseEvent
from laihua.units.models import Filing
from tests import world as building

pytestmark = pytest.mark.django_db


def check(client, case):
    return client.get(reverse("applicant:check", args=[case.id]))


def press(client, case, move: str = "submit", **data):
    page = check(client, case).context
    version = page["version"] if page else 0
    address = reverse("applicant:move", args=[case.id, move])
    return client.post(address, {"version": version, "page": "check", **data})


def made(case, move: str) -> int:
    return CaseEvent.objects.filter(case=case, move=move).count()


@pytest.mark.req("WP-4")
def test_all_gaps_come_at_once_with_the_official_sentence_and_lead_to_their_places(world, at) -> None:
    answers = building.complete_answers(passport_number=None, education=None, work_address="上海市浦东新区望江路")
    case, client = building.draft(world, at, answers), world.client("handler")
    response = press(client, case)
    text = response.content.decode()
    assert response.status_code == 422
    assert "输入项错误或者必填项没有输入请先检查" in text
    form = reverse("applicant:form", args=[case.id])
    for place in ("passport_number", "education", "work_address"):
        assert f'href="{form}?check=1#f-{place}"' in text
    assert f'href="{reverse("applicant:materials", args=[case.id])}#material-passport"' in text
    assert building.proceeding_of(case).step == "draft"
    assert "输入项错误" not in check(client, case).content.decode(), "before one tries, the list alone stands there"


def test_a_complete_case_is_handed_in(world, at) -> None:
    case = building.complete_draft(world, at)
    response = press(world.client("handler"), case)
    assert response.status_code == 302
    assert building.proceeding_of(case).step == "confirmation"


def test_a_doubled_press_makes_one_move_and_goes_on_twice(world, at) -> None:
    case, client = building.complete_draft(world, at), world.client("handler")
    address, data = reverse("applicant:move", args=[case.id, "submit"]), {"version": "0", "page": "check"}
    first, second = client.post(address, data), client.post(address, data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert made(case, "submit") == 1


def test_a_page_that_is_behind_says_who_went_on(world, at) -> None:
    case, client = building.complete_draft(world, at), world.client("handler")
    world.client("second_handler").post(reverse("applicant:move", args=[case.id, "submit"]), {"version": "0", "page": "check"})
    refused = client.post(reverse("applicant:move", args=[case.id, "submit"]), {"version": "0", "page": "check"})
    assert refused.status_code == 422
    assert "何望舒" in refused.content.decode()
    assert made(case, "submit") == 1


@pytest.mark.req("UNI-6")
def test_an_expired_filing_closes_the_button_with_its_reason_and_the_way_out(world, at) -> None:
    case, client = building.complete_draft(world, at), world.client("handler")
    Filing.objects.filter(unit=world.unit).update(valid_to="2025-06-30")
    text = check(client, case).content.decode()
    assert "企业备案已于2025-06-30过期，续备后可以提交" in text
    assert 'aria-disabled="true"' in text
    assert "办理续备" in text
    assert "/start/for/filing/" in text
    response = client.post(reverse("applicant:move", args=[case.id, "submit"]), {"version": "0", "page": "check"})
    assert response.status_code == 422
    assert "企业备案已于2025-06-30过期" in response.content.decode()
    assert building.proceeding_of(case).step == "draft"


@pytest.mark.req("WP-3")
def test_the_unit_cannot_confirm_for_the_applicant(world, at) -> None:
    case = building.confirmation_case(world, at)
    response = world.client("handler").post(
        reverse("applicant:move", args=[case.id, "confirm"]), {"version": "1", "page": "check", "confirmed": "1"}
    )
    assert response.status_code == 422
    assert "申请人本人（个人端）办理" in response.content.decode()
    assert building.proceeding_of(case).step == "confirmation"


def test_what_cannot_be_undone_is_asked_first(world, at) -> None:
    case, client = building.draft(world, at), world.client("handler")
    asked = press(client, case, "discard")
    assert asked.status_code == 200
    assert "放弃后草稿和已上传的材料不能恢复" in asked.content.decode()
    assert building.proceeding_of(case).step == "draft"
    assert press(client, case, "discard", confirmed="1").status_code == 302
    assert building.proceeding_of(case).step == "discarded"


@pytest.mark.req("WP-7")
def test_a_correction_goes_back_once_every_return_is_answered(world, at) -> None:
    case = building.returned_case(world, at, fields=("work_address",), materials=("degree",))
    client = world.client("handler")
    text = press(client, case, "resubmit").content.decode()
    assert "“工作地点”还没有更正" in text
    assert "“最高学位（学历）证书”还没有更正" in text
    client.post(reverse("applicant:reply", args=[case.id]), {"kind": "field", "key": "work_address", "text": "合同即如此"})
    client.post(reverse("applicant:reply", args=[case.id]), {"kind": "material", "key": "degree", "text": "见第3页"})
    assert press(client, case, "resubmit").status_code == 302
    assert building.proceeding_of(case).step == "pre_review"


def test_answers_stand_in_words(world, at) -> None:
    case = building.complete_draft(world, at)
    chinese, english = (check(world.client("handler", language), case).content.decode() for language in ("zh-hans", "en"))
    assert "瑞典" in chinese
    assert "Sweden" in english
    assert "40,000.00元/月" in chinese
    assert "Example Optics AB" in english


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("other_person", 404), ("pre_reviewer", 404)])
def test_a_foreign_case_is_not_found(world, at, who, status) -> None:
    case = building.complete_draft(world, at)
    client = world.client(who)
    assert check(client, case).status_code == status
    assert client.post(reverse("applicant:move", args=[case.id, "submit"]), {"version": "0"}).status_code == status
    assert building.proceeding_of(case).step == "draft"


def test_an_unknown_move_is_not_found(world, at) -> None:
    assert press(world.client("handler"), building.draft(world, at), "fly").status_code == 404


def test_a_form_of_another_site_is_refused(world, at) -> None:
    from django.test import Client

    case = building.complete_draft(world, at)
    signed_in = world.client("handler")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in.cookies
    response = strict.post(reverse("applicant:move", args=[case.id, "submit"]), {"version": "0"})
    assert response.status_code == 403
    assert building.proceeding_of(case).step == "draft"


def test_the_page_costs_a_constant_number_of_statements(world, at, django_assert_max_num_queries) -> None:
    small, large = building.draft(world, at), building.complete_draft(world, at)
    client = world.client("handler")
    check(client, small)
    for case in (small, large):
        with django_assert_max_num_queries(20):
            check(client, case)
