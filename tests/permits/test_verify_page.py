"""What anyone may learn of a permit at /verify/, in both languages, and how often."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from laihua.kernel import clock
from laihua.permits import actions, jobs, queries
from laihua.permits.actions.look_ups import PER_MINUTE
from laihua.permits.models import Issued, LookUps
from laihua.permits.rules import code_in_groups
from tests.permits.test_issue import approve
from tests.permits.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at: datetime) -> World:
    return make_world(at)


@pytest.fixture
def permit(world: World, at: datetime) -> Issued:
    jobs.make_all(approve(world, at), at)
    return Issued.objects.get(kind="permit")


@pytest.fixture(autouse=True)
def _in_december(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    stand_at(monkeypatch, at + timedelta(days=26))


def stand_at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)
    monkeypatch.setattr(clock, "today", lambda: moment.date())


def page_of(client: Client, permit: Issued) -> str:
    return client.get(f"/verify/{code_in_groups(permit.code or '')}/").content.decode()


@pytest.mark.req("WP-8")
def test_the_qr_code_leads_to_a_valid_permit_with_its_holder_masked(client: Client, permit: Issued) -> None:
    page = page_of(client, permit)
    for part in (
        "许可有效", "WPX 2026 1112 0001", "LINDQVIST S", "上海砚桥精密仪器有限公司", "光学研发经理", "示例签发机关",
        "2026-12-01至2028-11-30",
    ):
        assert part in page, part
    for hidden in ("SOEREN", "EM7204138", "1985-03-14", "望江路", "林索伦"):
        assert hidden not in page, hidden


def test_in_english_too(client: Client, permit: Issued) -> None:
    client.cookies["django_language"] = "en"
    page = page_of(client, permit)
    for part in (
        "Permit valid", "Sweden", "Shanghai Yanqiao Precision", "Optical R&amp;D Manager", "Example Issuing Authority",
        "2026-12-01 to 2028-11-30",
    ):
        assert part in page, part
    body = re.sub(r"<[^>]+>", " ", page[page.index("<main"):page.index("</main>")])
    assert "许可有效" not in body


@pytest.mark.req("WP-8")
def test_states(client: Client, world: World, permit: Issued, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_at(monkeypatch, at)
    assert "尚未生效" in heading(page_of(client, permit))
    stand_at(monkeypatch, at + timedelta(days=1000))
    assert "已过期" in heading(page_of(client, permit))
    actions.revoke(issued_id=permit.id, reason="申请人离职", actor=world.decider, at=at)
    revoked = page_of(client, permit)
    assert "已注销" in heading(revoked)
    assert "申请人离职" not in revoked


def heading(page: str) -> str:
    found = re.search(r'id="verify-outcome">(.*?)<', page)
    return found.group(1) if found else ""


@pytest.mark.req("WP-8")
def test_a_number_alone_says_nothing_of_the_person(client: Client, permit: Issued) -> None:
    page = client.post("/verify/", {"number": permit.number.lower()}).content.decode()
    assert "许可有效" in heading(page)
    assert "LINDQVIST" not in page
    assert "砚桥" not in page
    assert "光学研发经理" not in page


def test_number_and_code_must_belong_together(client: Client, permit: Issued, at: datetime) -> None:
    other = make_world(at, number="WP-20261112-0999")
    jobs.make_all(approve(other, at), at)
    foreign = Issued.objects.get(kind="permit", case=other.case)
    right = client.post("/verify/", {"number": permit.number, "code": permit.code or ""}).content.decode()
    wrong = client.post("/verify/", {"number": permit.number, "code": foreign.code or ""}).content.decode()
    assert "LINDQVIST" in right
    assert heading(wrong) == "未查到"


@pytest.mark.parametrize("typed", ["7F3K9-2QDXA", "WPX9999999999999", "'; DROP TABLE permits_issued; --", "<script>", "%00", "许可"])
def test_unknown_looks_the_same_whatever_was_typed(client: Client, permit: Issued, typed: str) -> None:
    for data in ({"number": typed}, {"code": typed}, {"number": typed, "code": typed}):
        answer = client.post("/verify/", data)
        assert answer.status_code == 200
        assert heading(answer.content.decode()) == "未查到"


def test_known_and_unknown_ask_the_database_equally_often(permit: Issued, at: datetime, django_assert_num_queries: object) -> None:
    for typed in (permit.code or "", permit.number, "7F3K92QDXA", "WPX2099010100017"):
        with django_assert_num_queries(1):  # type: ignore[operator]
            queries.verify(typed, at.date())


def test_other_papers_and_their_case_numbers_are_not_found(client: Client, world: World, permit: Issued) -> None:
    assert heading(client.post("/verify/", {"number": world.case.number}).content.decode()) == "未查到"


def test_a_mistyped_code_in_the_address_leads_to_its_one_spelling(client: Client, permit: Issued) -> None:
    code = permit.code or ""
    answer = client.get(f"/verify/{code.lower()}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/verify/{code_in_groups(code)}/")


def test_nothing_typed_says_what_to_do(client: Client) -> None:
    answer = client.post("/verify/", {"number": " ", "code": ""})
    assert answer.status_code == 422
    assert "请填写许可编号或验证码" in answer.content.decode()


class TestFile:
    def upload(self, client: Client, content: bytes) -> str:
        from django.core.files.uploadedfile import SimpleUploadedFile

        return client.post("/verify/file/", {"file": SimpleUploadedFile("x.pdf", content)}).content.decode()

    @pytest.mark.req("WP-8")
    def test_the_very_file_is_confirmed(self, client: Client, permit: Issued) -> None:
        page = self.upload(client, queries.content_of(permit))
        assert "许可有效" in heading(page)
        assert "未被改动" in page

    @pytest.mark.req("WP-8")
    def test_one_changed_byte_is_not(self, client: Client, permit: Issued) -> None:
        content = bytearray(queries.content_of(permit))
        content[5000] ^= 1
        assert "文件未通过验证" in heading(self.upload(client, bytes(content)))

    def test_nothing_and_too_much_are_told(self, client: Client) -> None:
        assert "请选择PDF文件" in client.post("/verify/file/", {}).content.decode()
        assert "5 MB" in self.upload(client, b"x" * (5 * 1024 * 1024 + 1))


class TestLimit:
    def test_after_so_many_a_page_says_when_to_try_again(
        self, client: Client, permit: Issued, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for _ in range(PER_MINUTE):
            assert client.get("/verify/7F3K9-2QDXA/").status_code == 200
        refused = client.get("/verify/7F3K9-2QDXA/")
        assert (refused.status_code, refused["Retry-After"]) == (429, "60")
        assert "60秒后（10:01:00）" in refused.content.decode()
        assert client.get("/verify/7F3K9-2QDXA/", REMOTE_ADDR="192.0.2.7").status_code == 200
        stand_at(monkeypatch, at + timedelta(days=26, minutes=1))
        assert client.get("/verify/7F3K9-2QDXA/").status_code == 200

    def test_the_empty_form_is_not_counted(self, client: Client) -> None:
        client.get("/verify/")
        assert not LookUps.objects.exists()

    def test_a_header_counts_only_from_a_proxy_of_ours(self, client: Client, settings: object) -> None:
        for n in range(3):
            client.get("/verify/7F3K9-2QDXA/", headers={"X-Forwarded-For": f"192.0.2.{n}"})
        assert LookUps.objects.count() == 1
        settings.TRUSTED_PROXIES = ("127.0.0.1",)  # type: ignore[attr-defined]
        for n in range(3):
            client.get("/verify/7F3K9-2QDXA/", headers={"X-Forwarded-For": f"203.0.113.9, 192.0.2.{n}"})
        assert LookUps.objects.count() == 4

    def test_counts_are_forgotten(self, at: datetime) -> None:
        actions.count_look_up(address="192.0.2.1", at=at)
        assert actions.forget_look_ups(before=at + timedelta(hours=1)) == 1


def test_no_trace_is_left_in_address_cache_or_search_engine(client: Client, permit: Issued) -> None:
    answer = client.get(f"/verify/{code_in_groups(permit.code or '')}/")
    assert "no-store" in answer["Cache-Control"]
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex", "no-referrer")
