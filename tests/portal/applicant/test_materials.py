"""Uploads: what is wrong with a file is said at its row, and nothing else changes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from laihua.cases.models import Case, MaterialFile
from tests import world as building
from tests.prechecks import samples

pytestmark = pytest.mark.django_db
SCRIPT = {"accept": "application/json"}


def url(case: Case, name: str, key: str = "passport", *more: object) -> str:
    return reverse(f"applicant:{name}", args=[case.id, key, *more])


def page(client, case: Case, tab: str = "") -> str:
    return client.get(reverse("applicant:materials", args=[case.id]) + (f"?tab={tab}" if tab else "")).content.decode()


def upload(client, case: Case, content: bytes, *, key: str = "passport", name: str = "护照.pdf", **more):
    return client.post(url(case, "upload", key), {"file": SimpleUploadedFile(name, content)}, **more)


@pytest.fixture
def case(world, at) -> Case:
    return building.draft(world, at, building.complete_answers())


@pytest.mark.req("PRE-1")
@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("a.pdf", lambda: b"%PDF-1.7\n" + b"0" * (2 * 1024 * 1024), "超过上限2.0 MB"),
        ("a.pdf", lambda: b"<html>not a pdf</html>" * 20, "不是PDF"),
        ("a.docx", lambda: samples.scan(), "扩展名不符"),
        ("a.pdf", lambda: samples.scan()[:4000], "损坏"),
        ("a.pdf", lambda: samples.encrypted(user="secret", owner="secret"), "加密"),
        ("a.pdf", lambda: samples.with_open_action(), "脚本"),
        ("a.pdf", lambda: b"", "空的"),
    ],
)
def test_a_bad_file_is_refused_with_the_way_to_mend_it_and_the_rest_stays(world, at, case, name, make, said) -> None:
    client = world.client("handler")
    assert upload(client, case, samples.scan()).status_code == 302
    before = MaterialFile.objects.get()
    told = upload(client, case, make(), name=name, headers=SCRIPT)
    assert told.status_code == 422
    reason = told.json()["reasons"][0]
    assert said in reason["text"]
    assert reason["link"] == "/about/pdf/"
    plain = upload(client, case, make(), name=name)
    assert plain.status_code == 422
    assert said in plain.content.decode()
    assert "护照.pdf" in plain.content.decode(), "the file that was there is still there"
    assert MaterialFile.objects.get() == before


def test_the_refusal_is_in_the_language_of_the_reader(world, case) -> None:
    told = upload(world.client("handler", "en"), case, b"", headers=SCRIPT)
    assert told.json()["reasons"][0]["text"].startswith("The file is empty")


def test_nothing_chosen_is_said(world, case) -> None:
    told = world.client("handler").post(url(case, "upload"), {}, headers=SCRIPT)
    assert told.json()["reasons"][0]["code"] == "no_file"


def test_an_upload_shows_in_its_row_and_may_be_replaced_and_removed(world, case) -> None:
    client = world.client("handler")
    answer = upload(client, case, samples.scan(), headers=SCRIPT).json()
    assert "护照.pdf" in answer["row_html"]
    assert "已上传" in answer["counts_html"]
    upload(client, case, samples.scan(samples.page_image(), samples.page_image()), name="护照2.pdf")
    assert "2页" in page(client, case)
    assert [f.version for f in MaterialFile.objects.order_by("version")] == [1, 2]
    assert "删除这份材料" in client.get(url(case, "remove")).content.decode()
    assert client.post(url(case, "remove")).status_code == 302
    assert "护照2.pdf" not in page(client, case)
    assert MaterialFile.objects.count() == 2, "earlier versions stay in the history"


def test_a_file_is_shown_only_to_those_who_may_see_the_case(world, case) -> None:
    client, content = world.client("handler"), samples.scan()
    upload(client, case, content)
    shown = client.get(url(case, "file"))
    assert shown.content == content
    assert shown["Content-Type"] == "application/pdf"
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Cache-Control"].startswith("max-age=0")
    for who in ("stranger", "other_person", "pre_reviewer"):
        assert world.client(who).get(url(case, "file")).status_code == 404
        assert world.client(who).get(url(case, "page", "passport", 1)).status_code == 404
        assert upload(world.client(who), case, content).status_code in (404, 422)
    assert MaterialFile.objects.count() == 1


def test_pages_are_pictures_and_are_not_drawn_twice_for_one_browser(world, case) -> None:
    client = world.client("handler")
    upload(client, case, samples.scan())
    picture = client.get(url(case, "page", "passport", 1))
    assert picture.content.startswith(b"\x89PNG")
    assert client.get(url(case, "page", "passport", 1), headers={"if-none-match": picture["ETag"]}).status_code == 304
    assert client.get(url(case, "page", "passport", 9)).status_code == 404
    assert client.get(url(case, "page", "degree", 1)).status_code == 404


def test_samples_and_forms_to_sign(world, case) -> None:
    client = world.client("handler")
    assert client.get(url(case, "sample")).content.startswith(b"%PDF")
    assert client.get(url(case, "sample", "photo")).status_code == 404
    form = client.get(url(case, "form-pdf", "application_form"))
    assert form.content.startswith(b"%PDF")
    assert client.get(url(case, "form-pdf", "passport")).status_code == 404


def test_the_list_follows_the_answers(world, at, case) -> None:
    assert "有效签证或居留许可" not in page(world.client("handler"), case)
    inside = building.draft(world, at, building.complete_answers(location="inside", inside_reason="r_visa"))
    assert "有效签证或居留许可" in page(world.client("handler"), inside)


def test_what_is_not_asked_for_is_refused(world, case) -> None:
    told = upload(world.client("handler"), case, samples.scan(), key="visa", headers=SCRIPT)
    assert told.json()["reasons"][0]["code"] == "not_needed"
    assert upload(world.client("handler"), case, samples.scan(), key="nothing", headers=SCRIPT).status_code == 422


def test_tabs_count_and_filter(world, at, case) -> None:
    client = world.client("handler")
    shown = client.get(reverse("applicant:materials", args=[case.id]) + "?tab=todo").context
    before = {tab.key: tab.count for tab in shown["tabs"]}
    assert all(row.is_todo for group in shown["groups"] for row in group.rows)
    upload(client, case, samples.scan())
    after = {t.key: t.count for t in client.get(reverse("applicant:materials", args=[case.id])).context["tabs"]}
    assert after["todo"] == before["todo"] - 1
    assert after["all"] == before["all"]
    assert client.get(reverse("applicant:materials", args=[case.id]) + "?tab=nonsense").status_code == 302


@pytest.mark.req("WP-7")
def test_a_returned_material_carries_reason_and_correction_and_the_accepted_are_locked(world, at) -> None:
    case = building.returned_case(world, at, fields=(), materials=("degree",), note="第2页只有学校盖章")
    client = world.client("handler")
    text = page(client, case)
    for words in ("WP-R02 外籍材料未认证", "将海外学历证明", "第2页只有学校盖章", "更换1项材料"):
        assert words in text
    told = upload(client, case, samples.scan(), key="contract", headers=SCRIPT).json()
    assert told["reasons"][0]["code"] == "locked"
    assert upload(client, case, samples.scan(), key="degree").status_code == 302
    assert "待处理 0" in page(client, case)


def test_a_return_may_be_answered_in_words(world, at) -> None:
    case = building.returned_case(world, at, fields=("work_address",), materials=("degree",))
    client, address = world.client("handler"), reverse("applicant:reply", args=[case.id])
    client.post(address, {"kind": "material", "key": "degree", "text": "认证页在第3页。"})
    client.post(address, {"kind": "field", "key": "work_address", "text": "合同即如此。"})
    assert "认证页在第3页。" in page(client, case)
    assert "合同即如此。" in client.get(reverse("applicant:form", args=[case.id])).content.decode()
    wrong = client.post(address, {"kind": "field", "key": "position", "text": "?"})
    assert wrong.status_code == 422


def test_a_printed_form_is_told_to_be_out_of_date(world, at, case) -> None:
    from datetime import timedelta

    from laihua.cases import actions

    building.fill_slots(world, case, at)
    assert "表单内容在上传之后有修改" not in page(world.client("handler"), case)
    actions.save_answers(
        case_id=case.id, changes={"position": "新职务"}, base=case.revision, actor=world.handler, at=at + timedelta(hours=1)
    )
    assert "表单内容在上传之后有修改" in page(world.client("handler"), case)


def test_an_expired_session_on_upload_is_told_to_the_script(world, case) -> None:
    client = world.client("handler")
    client.logout()
    told = upload(client, case, samples.scan(), headers=SCRIPT)
    assert told.status_code == 401
    assert told.json()["sign_in"].startswith("/sign-in/")


def test_the_page_costs_a_constant_number_of_statements(world, at, case, django_assert_max_num_queries) -> None:
    client = world.client("handler")
    page(client, case)
    with django_assert_max_num_queries(18):
        page(client, case)
    building.fill_slots(world, case, at)
    with django_assert_max_num_queries(18):
        page(client, case)


def test_every_word_of_the_page_is_there_in_english(world, case) -> None:
    text = page(world.client("handler", "en"), case)
    for words in ("Passport data page", "Not uploaded", "Basic documents", "Next: check results"):
        assert words in text
    assert "未上传" not in text


def test_a_photograph_is_asked_for_as_a_picture(world, case) -> None:
    assert upload(world.client("handler"), case, samples.photo(), key="photo", name="photo.jpg").status_code == 302
    told = upload(world.client("handler"), case, samples.scan(), key="photo", name="p.pdf", headers=SCRIPT)
    assert "扩展名不符" in told.json()["reasons"][0]["text"]
