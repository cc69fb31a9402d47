"""账号遇到问题: from what somebody remembers to the way that fits."""

import pytest
from django.test import Client

from laihua.portal.account.trouble import ways_out


@pytest.mark.req("ACC-2", "ACC-4", "ACC-5")
@pytest.mark.parametrize(("who", "knows", "ways"), [
    ("unit", ["login_name", "phone"], ["recover", "look_up", "appeal_unit"]),
    ("unit", ["login_name"], ["look_up", "appeal_unit"]),
    ("unit", ["unit"], ["look_up", "appeal_unit"]),
    ("unit", ["old_name", "phone"], ["old_name", "recover", "look_up", "appeal_unit"]),
    ("unit", [], ["look_up", "appeal_unit"]),
    ("person", ["old_name"], ["old_name", "appeal_person", "register_person"]),
    ("person", ["login_name", "phone"], ["recover", "appeal_person", "register_person"]),
    ("person", ["phone"], ["appeal_person", "register_person"]),
    ("person", ["cases"], ["earlier_cases"]),
])
def test_what_is_remembered_leads_to(who: str, knows: list[str], ways: list[str]) -> None:
    assert [way.key for way in ways_out(who=who, knows=knows)] == ways


@pytest.mark.django_db
def test_the_page_asks_for_no_name_and_no_number(client: Client) -> None:
    page = client.get("/trouble/").content.decode()
    assert 'type="text"' not in page
    answer = client.get("/trouble/?who=unit&knows=login_name&knows=phone").content.decode()
    assert "用预留手机重置密码" in answer
    assert "单位法人申诉找回账号密码" in answer
    assert client.get("/trouble/?who=nobody").status_code == 200
