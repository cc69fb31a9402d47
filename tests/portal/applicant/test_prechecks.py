"""The page of what pre-review found: what it says to whom, what its answers do, and what it costs."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from laihua.cases import queries
from laihua.cases.models import Case, DocumentRead, FindingReply
from tests import world as building
from tests.cases.prechecks import ON_FORM, ON_PAPER, compared, document, finding, remembered, seen
from tests.portal.language import chinese_left
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.req("PRE-6")]
SCRIPT = {"headers": {"accept": "application/json"}}


@pytest.fixture(autouse=True)
def _one_plain_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laihua.cases.queries.prechecking.examine", compared)


@pytest.fixture
def case(world: World, at: datetime) -> Case:
    """The passport was read, its number is another one; three more documents wait."""
    case = building.draft(world, at, building.complete_answers(passport_number=ON_FORM))
    slots = queries.dossier(case.id, actor=world.handler, at=at).service.slots()
    for key in ("passport", "degree", "police_record", "contract"):
        building.put_file(case.id, slots[key], world.handler, at)
    remembered(case, "passport", document("passport", number=ON_PAPER, surname="LINDQVIST"))
    return case


def page(client: Client, case: Case, query: str = "") -> str:
    response = client.get(f"/cases/{case.id}/prechecks/{query}")
    assert response.status_code == 200
    return str(response.content.decode())


def answer(client: Client, case: Case, world: World, at: datetime, do: str, **changes: Any) -> Any:
    one = finding(seen(case, "handler", world, at))
    sent = {"do": do, "key": one.key, "digest": one.digest} | changes
    options = SCRIPT if sent.pop("script", False) else {}
    return client.post(f"/cases/{case.id}/prechecks/answer/", sent, **options)


def test_it_shows_both_values_the_place_and_who_decides(world: World, case: Case) -> None:
    html = page(world.client("handler"), case)
    assert "改为" in html
    assert '<span class="lh-mono">EM7204188</span>' in html
    assert "EM72041<mark" in html
    assert 'data-pf-mark="finding-fields-passport-passport-number" style="--x:0.0980;--y:0.1980' in html
    assert "是否通过由审核人员决定" in html
    assert "LINDQVIST" in html


def test_a_slip_that_several_documents_show_stands_once_beside_the_form(world: World, case: Case) -> None:
    remembered(case, "contract", document("labour_contract", passport_number=ON_PAPER))
    client = world.client("handler")
    beside = client.get(f"/cases/{case.id}/prechecks/standing/?of=form", **SCRIPT).json()["parts"]["prechecks-beside"]
    assert beside.count("改为") == 1
    assert "《聘用合同、任职证明或派遣函》也是这样" in beside
    assert page(client, case).count("改为") == 2


def test_it_is_whole_in_english(world: World, case: Case, at: datetime) -> None:
    DocumentRead.objects.filter(case=case, file__material__key="degree").update(
        state="failed", problem={"zh": "这份材料读了两次都没有读完。", "en": "It could not be read to its end, twice."})
    client = world.client("handler", "en")
    known = ["沈知遥", *(str(v) for v in building.complete_answers().values())]
    for path in ("prechecks/", "prechecks/?show=pass", "materials/"):
        assert chinese_left(client.get(f"/cases/{case.id}/{path}").content.decode(), allowed=known) == [], path
    beside = client.get(f"/cases/{case.id}/prechecks/standing/?of=form", **SCRIPT).json()["parts"]["prechecks-beside"]
    assert "Change to" in beside
    assert chinese_left(beside, allowed=[]) == []


def test_a_filter_shows_one_level_alone(world: World, case: Case) -> None:
    client = world.client("handler")
    assert "<article" in page(client, case, "?show=mismatch")
    assert "<article" not in page(client, case, "?show=doubt")
    assert "没有这一类结果" in page(client, case, "?show=doubt")
    assert "<article" in page(client, case, "?show=nonsense")


def test_one_click_sets_the_field(world: World, case: Case, at: datetime) -> None:
    response = answer(world.client("handler"), case, world, at, "adopt")
    assert response.status_code == 302
    assert response.url.endswith("/prechecks/#finding-fields-passport-passport-number")
    case.refresh_from_db()
    assert case.answers["passport_number"] == ON_PAPER


def test_the_script_gets_the_changed_parts(world: World, case: Case, at: datetime) -> None:
    told = answer(world.client("handler"), case, world, at, "adopt", script=True, of="form").json()
    assert set(told["parts"]) == {"prechecks-beside"}
    assert "没有需要更正的内容" in told["parts"]["prechecks-beside"] or told["running"]
    assert "改为" not in told["parts"]["prechecks-beside"]
    assert told["text"] == "已按材料更改"


def test_an_explanation_stands_on_the_page(world: World, case: Case, at: datetime) -> None:
    client = world.client("handler")
    assert answer(client, case, world, at, "explain", text="新护照在办理中").status_code == 302
    assert "新护照在办理中" in page(client, case)
    assert "您的说明，审核人员可以看到" in page(client, case)
    assert answer(client, case, world, at, "take_back").status_code == 302
    assert "新护照在办理中" not in page(client, case)


def test_what_could_not_be_read_is_read_again_when_asked(world: World, case: Case) -> None:
    failed = DocumentRead.objects.filter(case=case, file__material__key="degree")
    failed.update(state="failed", problem={"zh": "这份材料读了两次都没有读完。", "en": "It could not be read to its end, twice."})
    client = world.client("handler")
    assert "再读一次" in page(client, case)
    again = {"do": "read_again", "key": "degree"}
    assert client.post(f"/cases/{case.id}/prechecks/answer/", again).status_code == 302
    assert failed.get().state == "waiting"
    assert client.post(f"/cases/{case.id}/prechecks/answer/", again).status_code == 422


@pytest.mark.parametrize("changes", [{"do": "explain", "text": "  "}, {"do": "nonsense"}, {"do": "adopt", "digest": "of yesterday"}])
def test_what_cannot_be_is_refused_with_a_reason(world: World, case: Case, at: datetime, changes: dict[str, str]) -> None:
    client = world.client("handler")
    response = answer(client, case, world, at, **changes)
    assert response.status_code == 422
    assert 'lh-callout-red" role="alert"' in response.content.decode()
    told = answer(client, case, world, at, **changes, script=True)
    assert told.status_code == 422
    assert told.json()["reasons"][0]["text"]
    case.refresh_from_db()
    assert case.answers["passport_number"] == ON_FORM
    assert not FindingReply.objects.exists()


def test_the_form_saves_what_was_typed_before_it_answers(world: World, case: Case, at: datetime) -> None:
    """Without script the button sends the form: nothing that was typed is lost by it."""
    one = finding(seen(case, "handler", world, at))
    sent = {"_keys": ["passport_number", "position"], "passport_number": ON_FORM, "position": "光学总监", "base": case.revision,
            "do": f"adopt:{one.key}:{one.digest}"}
    response = world.client("handler").post(f"/cases/{case.id}/form/", sent)
    assert response.status_code == 302
    case.refresh_from_db()
    assert (case.answers["passport_number"], case.answers["position"]) == (ON_PAPER, "光学总监")


def test_the_page_asks_for_what_is_new_and_gets_nothing_otherwise(world: World, case: Case) -> None:
    client, address = world.client("handler"), f"/cases/{case.id}/prechecks/standing/"
    first = client.get(address, {"of": "materials", "digest": ""}, **SCRIPT).json()
    assert first["running"] is True
    assert "护照号与填写的不一致" in first["parts"]["read-passport"]
    assert "等待读取" in first["parts"]["read-contract"]
    assert client.get(address, {"of": "materials", "digest": first["digest"]}, **SCRIPT).status_code == 204
    DocumentRead.objects.filter(case=case, file__material__key="contract").update(state="reading")
    again = client.get(address, {"of": "materials", "digest": first["digest"]}, **SCRIPT)
    assert again.status_code == 200
    assert again.json()["digest"] != first["digest"]


def test_it_is_nobody_elses(world: World, case: Case) -> None:
    for who in ("stranger", "other_person", "pre_reviewer"):
        assert world.client(who).get(f"/cases/{case.id}/prechecks/").status_code == 404
        assert world.client(who).post(f"/cases/{case.id}/prechecks/answer/", {"do": "adopt"}).status_code == 404


def test_its_statements_do_not_grow_with_the_documents(
    world: World, case: Case, at: datetime, django_assert_max_num_queries: Any
) -> None:
    client = world.client("handler")
    page(client, case)
    with django_assert_max_num_queries(1000) as one:
        page(client, case)
    for key, kind in (("degree", "degree"), ("contract", "labour_contract"), ("police_record", "police_record")):
        remembered(case, key, document(kind, name="SOMEBODY ELSE", employee="SOMEBODY ELSE"))
    with django_assert_max_num_queries(len(one)):
        page(client, case)
