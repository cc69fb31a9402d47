"""The confirmed legal-person information: its rules and the part of the page that each message names (ACC-8)."""

from datetime import date
from typing import Any

import pytest

from laihua.units import legal_information as information

TODAY = date(2026, 11, 12)
BASIC = {"name": "上海砚桥精密仪器有限公司", "credit_code": "91310115MA1HEXAM5R", "place": "domestic", "kind": "enterprise",
         "address": "上海市浦东新区望江路88号"}
AUTHORISATION = {"handler_name": "沈知遥", "handler_document_type": "resident_id", "handler_document_number": "000101199003150016",
                 "handler_document_until": "long_term", "handler_phone": "13800006000", "until": "2026-11-12"}
REPRESENTATIVE = {"type": "mainland", "name": "沈怀瑾", "document_number": "00010119910412006X"}
FOREIGNER = {"type": "other", "continent": "europe", "country": "SWE", "name": "LINDQVIST SOEREN", "document_type": "passport",
             "document_number": "EX0000001"}


def complete(**parts: Any) -> dict[str, dict[str, str]]:
    return {"basic": BASIC | parts.get("basic", {}), "authorisation": AUTHORISATION | parts.get("authorisation", {}),
            "representative": parts.get("representative", REPRESENTATIVE)}


def wrong(**parts: Any) -> dict[str, str]:
    return {r.place: r.text.zh for r in information.problems(information.cleaned(complete(**parts)), TODAY)}


@pytest.mark.req("ACC-8")
def test_complete_information_is_not_objected_to() -> None:
    assert wrong() == {}
    assert wrong(representative=FOREIGNER) == {}


@pytest.mark.req("ACC-8")
def test_without_a_type_the_message_is_the_official_one() -> None:
    assert wrong(representative=REPRESENTATIVE | {"type": ""})["representative.type"] == "法定代表人信息：法定代表人类型不能为空"


@pytest.mark.req("ACC-8")
def test_the_mainland_is_asked_for_no_continent_and_keeps_none() -> None:
    assert wrong(representative=REPRESENTATIVE | {"continent": "asia", "country": "CHN"}) == {}
    kept = information.cleaned(complete(representative=REPRESENTATIVE | {"continent": "asia", "document_type": "passport"}))
    assert (kept["representative"]["continent"], kept["representative"]["document_type"]) == ("", "resident_id")


@pytest.mark.req("ACC-8")
@pytest.mark.parametrize("kind", ["hk_mo_tw", "other"])
def test_any_other_type_is_asked_for_its_continent(kind: str) -> None:
    said = wrong(representative=FOREIGNER | {"type": kind, "continent": ""})["representative.continent"]
    assert said.startswith("法定代表人信息：请选择所属大洲")
    assert "中华人民共和国大陆地区" in said


@pytest.mark.req("ACC-8")
def test_asia_does_not_hold_china() -> None:
    said = wrong(representative=FOREIGNER | {"continent": "asia", "country": "CHN"})["representative.country"]
    assert "“亚洲”中没有中国" in said


@pytest.mark.req("ACC-8")
@pytest.mark.parametrize(("kind", "number", "said"), [
    ("", "EX0000001", ""),                                      # an ordinary passport unless said otherwise
    ("passport", "EX0000001", ""),
    ("passport", "910001198001010081", "护照号码格式不正确"),
    ("permanent_residence", "910001198001010081", ""),
    ("permanent_residence", "ABC110000000001", ""),
    ("permanent_residence", "EX0000001", "永久居留证号码格式不正确"),
    ("resident_id", "000101199003150016", "请选择证件类型"),
])
def test_the_number_of_another_is_checked_as_the_document_it_is(kind: str, number: str, said: str) -> None:
    found = wrong(representative=FOREIGNER | {"document_type": kind, "document_number": number})
    assert bool(found) is bool(said)
    for text in found.values():
        assert text.startswith(f"法定代表人信息：{said}")


@pytest.mark.req("ACC-8")
@pytest.mark.parametrize(("part", "changes", "place"), [
    ("basic", {"name": ""}, "basic.name"),
    ("basic", {"credit_code": "91310115MA1HEXAM5X"}, "basic.credit_code"),
    ("basic", {"place": ""}, "basic.place"),
    ("basic", {"kind": ""}, "basic.kind"),
    ("basic", {"address": " "}, "basic.address"),
    ("basic", {"name": "名" * 201}, "basic.name"),
    ("authorisation", {"handler_name": ""}, "authorisation.handler_name"),
    ("authorisation", {"handler_document_type": ""}, "authorisation.handler_document_type"),
    ("authorisation", {"handler_document_number": "1"}, "authorisation.handler_document_number"),
    ("authorisation", {"handler_document_until": "2026-11-11"}, "authorisation.handler_document_until"),
    ("authorisation", {"handler_phone": "12800006000"}, "authorisation.handler_phone"),
    ("authorisation", {"handler_phone": "1380000600"}, "authorisation.handler_phone"),
    ("authorisation", {"handler_email": "shen@"}, "authorisation.handler_email"),
    ("authorisation", {"until": "2026-11-11"}, "authorisation.until"),
    ("authorisation", {"until": "tomorrow"}, "authorisation.until"),
])
def test_every_message_names_its_part(part: str, changes: dict[str, str], place: str) -> None:
    found = wrong(**{part: changes})
    assert list(found) == [place]
    assert found[place].startswith(f"{information.PARTS[part].zh}：")


@pytest.mark.parametrize(("place", "kind", "automatic"), [
    ("domestic", "enterprise", True), ("domestic", "social_organisation", True), ("domestic", "public_institution", True),
    ("domestic", "other", False), ("hk_mo_tw", "enterprise", False), ("overseas", "enterprise", False),
])
@pytest.mark.req("ACC-6")
def test_which_units_are_checked_automatically(place: str, kind: str, automatic: bool) -> None:
    assert information.is_automatic(complete(basic={"place": place, "kind": kind})) is automatic


def test_a_unit_abroad_may_have_no_credit_code() -> None:
    assert wrong(basic={"place": "overseas", "credit_code": ""}) == {}
    assert list(wrong(basic={"place": "overseas", "credit_code": "123"})) == ["basic.credit_code"]
    assert list(wrong(basic={"place": "domestic", "credit_code": ""})) == ["basic.credit_code"]
