"""The list of client units at the desk of the office that handles a system for them; nobody else has such a page."""

from datetime import date

import pytest

from laihua.accounts.permissions import SYSTEM
from laihua.units import actions as units
from laihua.units import queries

pytestmark = pytest.mark.django_db
NUMBER = "110101199003070011"
UNIT = {"name_zh": "示例客户有限公司", "credit_code": "91310115MA1HDEM025", "contract_from": "2024-01-01", "contact_name": "苏禾"}


@pytest.fixture
def desk(world, at):
    units.assign_office(system="residence_points", region="", office_id=world.office.id, actor=SYSTEM, at=at)
    return world


def employment(name, on=date(2026, 11, 12)):
    return queries.employment_of(document_number=NUMBER, name=name, system="residence_points", on=on)


@pytest.mark.req("RP-1", "OPS-7")
def test_a_unit_and_its_people_are_entered_all_or_none(desk):
    officer = desk.client("pre_reviewer")
    assert officer.get("/desk/clients/").status_code == 200
    wrong = officer.post("/desk/clients/", UNIT | {"credit_code": "91310115MA1HDEM026"})
    assert wrong.status_code == 422
    assert "lh-error" in wrong.content.decode()
    page = officer.post("/desk/clients/", UNIT)["Location"]

    faulty = officer.post(page, {"do": "people", "lines": f"顾清和,{NUMBER},2021-03-01,\n无名,110101199003070012,2021-3-1,"})
    assert faulty.status_code == 422
    assert "第2行" in faulty.content.decode()
    assert employment("顾清和").reason.code == "not_listed", "nothing is half entered"

    lines = f"姓名，身份证号码，入职日期，离职日期\n顾清和，{NUMBER}，2021-03-01，"
    assert officer.post(page, {"do": "people", "lines": lines}).status_code == 302
    found = employment("顾清和")
    assert (found.unit_name, found.reason) == ("示例客户有限公司", None)
    assert NUMBER not in officer.get(page).content.decode(), "numbers are masked on the page"

    assert officer.post(page, {"do": "people", "lines": f"顾清和,{NUMBER},2021-03-01,2026-11-12"}).status_code == 302
    assert employment("顾清和").reason.code == "left_client"
    assert employment("顾清和", on=date(2026, 11, 11)).reason is None


def test_other_offices_and_other_people_have_no_such_page(desk, world):
    assert desk.client("national_registrar").get("/desk/clients/").status_code == 403
    assert desk.client("handler").get("/desk/clients/").status_code == 403
    from laihua.units.models import Jurisdiction

    Jurisdiction.objects.filter(system="residence_points").update(office=world.national)
    assert desk.client("pre_reviewer").get("/desk/clients/").status_code == 404
