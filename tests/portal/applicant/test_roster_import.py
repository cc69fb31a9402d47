"""A list becomes the roster as a whole or not at all; faults stand by row and column, differences before they are made."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from laihua.kernel import clock
from laihua.units import actions as units
from laihua.units.models import StaffImport, StaffMember
from tests.cases import roster_service as roster

pytestmark = pytest.mark.django_db
HEADING = ["姓（护照拼写）", "名（护照拼写）", "出生日期", "国籍", "护照号", "许可编号", "许可有效期止", "职务", "电子邮箱"]
WEBER = ["WEBER", "ANNA KATHARINA", "1988-04-02", "德国", "C01X00T47", "WPX0000000001", "2027-01-31", "光学工程师", "a.weber@example.com"]
OKORO = ["OKORO", "CHIDI", "1990-01-15", "NGA", "A0123456", "", "", "讲师", ""]


@pytest.fixture
def house(world, at, tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at)
    roster.sync(tmp_path, at)
    return world


def sheet(*rows, heading=HEADING):
    out = io.StringIO()
    csv.writer(out).writerows([heading, *rows])
    return SimpleUploadedFile("名单.csv", out.getvalue().encode("utf-8-sig"))


def upload(world, *rows, who="handler", heading=HEADING):
    return world.client(who).post("/roster/import/", {"file": sheet(*rows, heading=heading)})


def preview(world, *rows):
    sent = upload(world, *rows)
    assert sent.status_code == 302
    return sent.url, world.client("handler").get(sent.url).content.decode()


def test_a_list_is_shown_before_it_is_imported(house):
    address, page = preview(house, WEBER, OKORO)
    assert not StaffMember.objects.exists()
    for part in ("新增2人", "WEBER ANNA KATHARINA", "C0*****47", "2027-01-31", "OKORO CHIDI"):
        assert part in page, part
    assert "C01X00T47" not in page
    assert house.client("handler").post(f"{address}accept/").status_code == 302
    member = StaffMember.objects.get(permit_to="2027-01-31")
    assert (member.record["nationality"], member.record["position"], member.source) == ("DEU", "光学工程师", "imported")
    assert "WEBER" in house.client("handler").get("/roster/").content.decode()
    assert house.client("handler").post(f"{address}accept/").status_code == 409, "once"
    assert StaffImport.objects.get().rows == {}, "what was read is gone"


def test_one_fault_keeps_the_whole_list_out(house):
    address, page = preview(house, WEBER, [*OKORO[:2], "1990-02-30", *OKORO[3:]], ["", *OKORO[1:4], "A9", "=1+1", "", "", ""])
    for part in ("有问题2行", "出生日期", "1990-02-30", "姓（护照拼写）", "必填字段", "单元格里是公式", "=1+1"):
        assert part in page, part
    assert "确认导入" not in page
    refused = house.client("handler").post(f"{address}accept/")
    assert refused.status_code == 409
    assert not StaffMember.objects.exists()


def test_what_breaks_on_the_way_leaves_nothing(house, monkeypatch):
    address, _ = preview(house, WEBER, OKORO)
    from laihua.units.roster import importing

    real, calls = importing.enter_staff, []

    def second_fails(**how):
        calls.append(how)
        if len(calls) == 2:
            raise RuntimeError("the machine went away")
        return real(**how)

    monkeypatch.setattr(importing, "enter_staff", second_fails)
    with pytest.raises(RuntimeError):
        house.client("handler").post(f"{address}accept/")
    assert not StaffMember.objects.exists()


def test_known_people_are_changed_by_their_differences(house, at):
    roster.member(house, at)
    _, page = preview(house, WEBER)
    assert "名单与名册一致" in page
    changed = [*WEBER[:4], "C99NEW888", *WEBER[5:6], "2028-01-31", "研发总监", ""]
    address, page = preview(house, changed, OKORO)
    for part in (
        "新增1人", "更新1人", "光学工程师", "研发总监", "<del>2027-01-31</del>", "<ins>2028-01-31</ins>", "C0*****47", "C9*****88",
    ):
        assert part in page, part
    house.client("handler").post(f"{address}accept/")
    member = StaffMember.objects.get(permit_to="2028-01-31")
    assert member.record["passport_number"] == "C99NEW888"
    assert member.record["email"] == "a.weber@example.com", "an empty cell changes nothing"
    assert StaffMember.objects.count() == 2


def test_what_the_hall_has_decided_no_list_overwrites(house, at):
    units.enter_staff(unit_id=house.unit.id, record=roster.RECORD, source="hall", actor=house.handler, at=at)
    address, page = preview(house, [*WEBER[:6], "2035-01-31", "研发总监", ""])
    assert "以许可决定为准，不导入" in page
    house.client("handler").post(f"{address}accept/")
    member = StaffMember.objects.get()
    assert (member.record["position"], str(member.permit_to)) == ("研发总监", "2027-01-31")


def test_passport_of_one_and_permit_of_another_is_a_fault(house, at):
    roster.member(house, at)
    roster.member(house, at, passport_number="B7777777", permit_number="WPX7")
    _, page = preview(house, [*WEBER[:4], "B7777777", *WEBER[5:]])
    assert "属于名册中的两个人" in page


def test_a_file_that_is_no_list_is_refused_on_the_page(house):
    client = house.client("handler")
    for file, words in (
        (None, "请选择文件"), (SimpleUploadedFile("a.pdf", b"%PDF"), "XLSX或CSV"), (SimpleUploadedFile("a.xlsx", b"PK"), "不是可以读取的"),
        (SimpleUploadedFile("a.csv", "甲,乙\n1,2\n".encode()), "第一行缺少"),
    ):
        answer = client.post("/roster/import/", {"file": file} if file else {})
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_the_templates_have_the_columns_that_are_read(house):
    for language, wanted in (("zh-hans", "护照号*"), ("en", "Passport number*")):
        client = house.client("handler", language)
        book = load_workbook(io.BytesIO(client.get(reverse("roster:template", args=["xlsx"])).content))
        assert wanted in [cell.value for cell in book.worksheets[0][1]]
        assert len(book.worksheets) == 2
        plain = client.get(reverse("roster:template", args=["csv"])).content.decode("utf-8-sig")
        assert wanted in next(csv.reader(io.StringIO(plain)))
        filled = SimpleUploadedFile("a.csv", (plain.strip() + "\n").encode())
        assert "还没有人员" in client.post("/roster/import/", {"file": filled}).content.decode() or language == "en"
    assert house.client("handler").get("/roster/import/template.exe").status_code == 404


def test_somebody_else_s_list_is_not_there(house, at):
    address, _ = preview(house, WEBER)
    for path in (address, f"{address}accept/"):
        assert house.client("stranger").post(path).status_code in (404, 405)
    assert house.client("stranger").get(address).status_code == 404
    assert upload(house, WEBER, who="subject").status_code == 403


def test_lists_that_nobody_accepts_are_forgotten(house, at):
    preview(house, WEBER)
    preview(house, OKORO)
    assert StaffImport.objects.count() == 1, "a new upload takes the place of the one before"
    units.forget_imports(before=at + timedelta(hours=1))
    assert not StaffImport.objects.exists()
