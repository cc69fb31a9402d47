"""Autosave: what is typed is kept, and what was changed elsewhere is never overwritten unseen."""

import pytest
from django.urls import reverse

from laihua.cases.models import Case
from tests import world as building

pytestmark = pytest.mark.django_db


def answers_of(case: Case) -> dict[str, object]:
    return Case.objects.get(id=case.id).answers


def test_a_save_answers_with_what_the_page_must_draw_anew(world, at, save) -> None:
    case = building.draft(world, at)
    answer = save(world.client("handler"), case, {"location": "inside"}, shapes={}).json()
    assert answer["revision"] == 1
    assert "inside_reason" in answer["sections"]["category"]
    assert "visa_number" in answer["sections"]["entry"]
    assert answer["heads"]["category"]["summary"].startswith("境内")
    assert "积分估算" in answer["panel_html"]
    again = save(
        world.client("handler"), case, {"duration": "long"}, base=1,
        shapes={"applicant": "another shape"},
    ).json()
    assert "applicant" in again["sections"], "a section whose shape the page does not have is sent"


def test_sections_that_the_page_already_has_are_not_sent(world, at, save) -> None:
    case = building.draft(world, at, {"location": "outside", "duration": "long"})
    page = world.client("handler").get(reverse("applicant:form", args=[case.id])).context["form"]
    shapes = {s.key: s.shape for s in page.sections}
    answer = save(world.client("handler"), case, {"surname": "LINDQVIST"}, base=1, shapes=shapes).json()
    assert answer["sections"] == {}


@pytest.mark.req("WP-4")
def test_problems_come_only_once_one_has_tried_to_go_on(world, at, save) -> None:
    case, client = building.draft(world, at), world.client("handler")
    assert save(client, case, {"birth_date": "2026-13-40"}).json()["problems"] == {}
    problems = save(client, case, {"email": "not an address"}, base=1, tried=True).json()["problems"]
    assert problems["birth_date"] == "请填写真实日期，如2026-11-20"
    assert "email" in problems
    assert "passport_number" in problems
    assert answers_of(case)["birth_date"] == "2026-13-40", "a draft keeps even a wrong value as it was typed"


@pytest.mark.req("OPS-1")
def test_two_tabs_do_not_overwrite_each_other(world, at, save) -> None:
    case = building.draft(world, at)
    first, second = world.client("handler"), world.client("second_handler")
    assert save(second, case, {"position": "光学总监"}).status_code == 200
    refused = save(first, case, {"position": "光学经理", "position_en": "Manager"})
    assert refused.status_code == 409
    told = refused.json()
    assert told["name"] == "何望舒", "the one who saved last, not the one who began the case"
    assert told["fields"] == [
        {"key": "position", "label": "职务", "section": "employment", "mine": "光学经理", "theirs": "光学总监"}
    ]
    assert "position_en" not in answers_of(case), "nothing of a save that clashes is written"
    assert save(first, case, {"position": "光学经理"}, force=True).status_code == 200
    assert answers_of(case)["position"] == "光学经理"


def test_the_same_value_typed_in_two_ways_is_no_conflict(world, at, save) -> None:
    case = building.draft(world, at)
    save(world.client("second_handler"), case, {"salary_monthly": "40000"})
    assert save(world.client("handler"), case, {"salary_monthly": "40,000.00"}).status_code == 200


def test_fields_that_others_changed_come_with_the_next_save(world, at, save) -> None:
    case = building.draft(world, at)
    save(world.client("second_handler"), case, {"position": "光学总监"})
    answer = save(world.client("handler"), case, {"surname": "LINDQVIST"}).json()
    assert answer["newer"] == ["position"]
    assert "光学总监" in answer["sections"]["employment"]


def test_an_expired_session_is_told_and_the_same_save_works_after_signing_in(world, at, save) -> None:
    case, client = building.draft(world, at), world.client("handler")
    client.logout()
    refused = save(client, case, {"surname": "LINDQVIST"})
    assert refused.status_code == 401
    assert refused.json()["sign_in"].startswith("/sign-in/")
    assert refused.json()["text"]["zh"].startswith("登录已过期")
    assert "surname" not in answers_of(case)
    again = world.client("handler")
    token = again.get(reverse("applicant:form-save", args=[case.id]), headers={"accept": "application/json"}).json()["token"]
    assert token
    assert save(again, case, {"surname": "LINDQVIST"}).status_code == 200
    assert answers_of(case)["surname"] == "LINDQVIST"


@pytest.mark.req("WP-7")
def test_what_was_accepted_is_locked(world, at, save) -> None:
    case = building.returned_case(world, at, fields=("work_address",))
    client = world.client("handler")
    refused = save(client, case, {"position": "另一职务", "work_address": "上海市浦东新区望江路99号"}, base=case.revision)
    assert refused.status_code == 422
    assert [(r["place"], r["text"]) for r in refused.json()["reasons"]] == [("position", "这一项已审核通过，不能修改。")]
    assert answers_of(case)["position"] == "光学研发经理"
    page = client.get(reverse("applicant:form", args=[case.id])).content.decode()
    assert 'name="position"' not in page
    assert 'name="work_address"' in page
    assert "WP-R07" in page
    assert "填写上海的具体地址" in page


@pytest.mark.req("WP-3")
def test_the_unit_cannot_tick_for_the_applicant(world, at, save) -> None:
    case = building.draft(world, at)
    refused = save(world.client("handler"), case, {"declare_truth": "true"})
    assert refused.status_code == 422
    assert refused.json()["reasons"][0]["place"] == "declare_truth"


@pytest.mark.parametrize("body", [b"", b"[]", b'{"changes": 3}', b'{"base": "x"}', b"\xff"])
def test_an_unreadable_save_is_refused_with_words(world, at, body) -> None:
    case = building.draft(world, at)
    response = world.client("handler").post(
        reverse("applicant:form-save", args=[case.id]), body, content_type="application/json",
        headers={"accept": "application/json"},
    )
    assert response.status_code == 400
    assert response.json()["reasons"][0]["text"]


def test_rows_keep_what_their_form_does_not_show(world, at, save) -> None:
    """A row says which it was, so what is hidden in it for now is not lost, nor given to its neighbour."""
    case = building.draft(world, at, building.complete_answers())
    client = world.client("handler")
    first, second = answers_of(case)["work"]
    save(client, case, {"work": [{**first, "kind": "none", "_was": 0}, {**second, "_was": 1}]}, base=case.revision)
    shown = {"kind": "work", "_was": 1}
    save(client, case, {"work": [shown]}, base=Case.objects.get(id=case.id).revision)
    assert answers_of(case)["work"] == [second]


def test_a_save_costs_the_same_whatever_was_typed(world, at, save, django_assert_max_num_queries) -> None:
    case, client = building.draft(world, at, building.complete_answers()), world.client("handler")
    save(client, case, {"surname": "WARM"}, base=case.revision)
    with django_assert_max_num_queries(32):
        save(client, case, {"surname": "LINDQVIST", "position": "经理", "work": []}, base=case.revision + 1)
