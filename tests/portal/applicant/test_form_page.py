"""The form as a page: without script it does everything, too."""

import pytest
from django.urls import reverse

from laihua.cases.models import Case
from tests import world as building

pytestmark = pytest.mark.django_db


def url(case: Case, name: str = "form") -> str:
    return reverse(f"applicant:{name}", args=[case.id])


def sent(client, case, **more):
    """The form as a browser without script sends it."""
    view = client.get(url(case)).context["form"]
    data: dict[str, object] = {"_keys": [], "_rows": [], "_row": [], "base": str(Case.objects.get(id=case.id).revision)}
    for section in view.sections:
        if section.may_edit_rows:
            data["_rows"].append(section.key)
        for row in section.rows:
            data["_row"].append(row.place)
            data[f"_of.{row.place}"] = [f.field.key for f in row.fields]
            data |= {f.place: f.value for f in row.fields}
        for f in section.fields:
            if f.state == "open":
                data["_keys"].append(f.place)
                data[f.place] = f.value
    return client.post(url(case), {**data, **more})


def test_the_form_sent_as_it_is_changes_nothing(world, at) -> None:
    case = building.draft(world, at, building.complete_answers())
    response = sent(world.client("handler"), case, do="save")
    assert response.status_code == 302
    again = Case.objects.get(id=case.id)
    assert (again.revision, again.answers) == (case.revision, case.answers)


def test_values_are_saved_and_the_next_page_opens_when_all_is_there(world, at) -> None:
    case = building.draft(world, at, building.complete_answers(position="旧职务"))
    response = sent(world.client("handler"), case, do="next", position="光学研发经理")
    assert response.url == url(case, "materials")
    assert Case.objects.get(id=case.id).answers["position"] == "光学研发经理"


@pytest.mark.req("WP-4")
def test_going_on_with_gaps_shows_all_of_them_at_once_and_keeps_what_was_typed(world, at) -> None:
    case, client = building.draft(world, at, building.complete_answers(surname=None, marital=None)), world.client("handler")
    response = sent(client, case, do="next", work_address="上海市浦东新区望江路")
    assert response.url == f"{url(case)}?check=1"
    page = client.get(response.url)
    text = page.content.decode()
    assert "有3处需要更正" in text
    for place in ("surname", "marital", "work_address"):
        assert f'href="#f-{place}"' in text
        assert f'id="f-{place}-error"' in text
    assert "上海市浦东新区望江路" in text


def test_rows_are_added_and_removed_by_buttons(world, at) -> None:
    case, client = building.draft(world, at, building.complete_answers()), world.client("handler")
    assert sent(client, case, do="add:education").url.endswith("#f-education")
    assert len(Case.objects.get(id=case.id).answers["education"]) == 4
    sent(client, case, do="remove:education.0")
    left = Case.objects.get(id=case.id).answers["education"]
    assert [row.get("level") for row in left] == ["undergraduate", "postgraduate", None]


def test_a_conflict_shows_both_values_and_keeps_mine_in_the_form(world, at) -> None:
    case = building.draft(world, at, building.complete_answers())
    client = world.client("handler")
    from laihua.cases import actions

    actions.save_answers(
        case_id=case.id, changes={"position": "光学总监"}, base=case.revision, actor=world.second_handler, at=at
    )
    response = client.post(url(case), {"base": str(case.revision), "_keys": ["position"], "position": "我的职务", "do": "save"})
    text = response.content.decode()
    assert response.status_code == 409
    assert "何望舒" in text
    assert "光学总监" in text
    assert 'value="我的职务"' in text
    assert Case.objects.get(id=case.id).answers["position"] == "光学总监"
    client.post(url(case), {
        "base": str(case.revision), "_keys": ["position"], "position": "我的职务", "do": "save", "force": "1",
    })
    assert Case.objects.get(id=case.id).answers["position"] == "我的职务"


@pytest.mark.parametrize("name", ["form", "materials", "check", "form-save"])
def test_a_foreign_case_is_not_found(world, at, name) -> None:
    case = building.draft(world, at)
    assert world.client("stranger").get(url(case, name)).status_code == 404
    assert world.client("other_person").get(url(case, name)).status_code == 404


@pytest.mark.parametrize("who", ["pre_reviewer", "operator"])
def test_officers_have_their_own_pages(world, at, who) -> None:
    case = building.submitted_case(world, at)
    response = world.client(who).get(url(case))
    assert response.status_code in (403, 404)


def test_after_submission_the_form_is_for_reading(world, at) -> None:
    case = building.submitted_case(world, at)
    text = world.client("handler").get(url(case)).content.decode()
    assert "不能修改填报内容" in text
    assert 'name="surname"' not in text
    assert "LINDQVIST" in text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_is_in_one_language(world, at, language) -> None:
    case = building.draft(world, at)
    text = world.client("handler", language).get(url(case)).content.decode()
    assert ("Next: documents" in text) is (language == "en")
    assert ("下一步：上传材料" in text) is (language != "en")


@pytest.mark.req("WP-3")
def test_an_individual_cannot_start(world) -> None:
    client, address = world.client("subject"), reverse("applicant:start", args=[building.WORK_PERMIT])
    assert "由用人单位发起" in client.get(address).content.decode()
    refused = client.post(address)
    assert refused.status_code == 403
    assert "个人不能单独发起申请" in refused.content.decode()
    assert not Case.objects.exists()


@pytest.mark.req("UNI-6")
def test_the_start_page_says_how_the_filing_stands(world, at) -> None:
    from laihua.units.models import Filing

    client, address = world.client("handler"), reverse("applicant:start", args=[building.WORK_PERMIT])
    assert "企业备案有效，至2027-12-31" in client.get(address).content.decode()
    Filing.objects.filter(unit=world.unit).update(valid_to="2025-06-30")
    assert "企业备案已于2025-06-30过期" in client.get(address).content.decode()
    response = client.post(address)
    assert response.url == url(Case.objects.get())


def test_an_unknown_service_is_not_found(world) -> None:
    assert world.client("handler").get("/start/nothing.here/").status_code == 404


def test_the_form_page_costs_a_constant_number_of_statements(world, at, django_assert_max_num_queries) -> None:
    small, large = building.draft(world, at), building.draft(world, at, building.complete_answers())
    client = world.client("handler")
    client.get(url(small))
    for case in (small, large):
        with django_assert_max_num_queries(18):
            client.get(url(case))
