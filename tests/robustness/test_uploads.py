"""Files that are not what they should be, through the page and the real gate: said in words, and nothing is lost."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from laihua.cases.models import Material
from tests.access.people import Hall, undone
from tests.prechecks import samples

pytestmark = [pytest.mark.django_db, pytest.mark.req("PRE-1")]

FILES: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    # what                    code               name            content
    "over 2 MB": ("too_big", "护照.pdf", lambda: samples.scan() + b"\n%" + b"0" * 2_200_000),
    "an image called PDF": ("not_a_pdf", "护照.pdf", samples.photo),
    "an image": ("wrong_ending", "护照.jpg", samples.photo),
    "cut off": ("damaged", "护照.pdf", lambda: samples.scan()[:2000]),
    "with a password": ("encrypted", "护照.pdf", lambda: samples.encrypted(user="secret", owner="secret")),
    "with a script": ("scripts", "护照.pdf", samples.with_open_action),
    "empty": ("empty", "护照.pdf", lambda: b""),
    "a page of the web": ("not_a_pdf", "x.pdf", lambda: b"<html><script>alert(1)</script></html>"),
}


@pytest.mark.parametrize(("code", "name", "content"), FILES.values(), ids=FILES.keys())
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_file_that_cannot_be_taken(hall: Hall, code: str, name: str, content: Callable[[], bytes], language: str) -> None:
    client, case = hall.clients["handler"], hall.draft
    before = list(Material.objects.filter(case=case).order_by("key").values_list("key", "current_id"))
    with undone(client):
        client.cookies["django_language"] = language
        url, sent = f"/cases/{case.id}/materials/passport/upload/", content()
        told = client.post(url, {"file": SimpleUploadedFile(name, sent)}, headers={"accept": "application/json"})
        assert told.status_code == 422
        reasons = told.json()["reasons"]
        assert code in {reason["code"] for reason in reasons}
        assert any("\u4e00" <= c <= "\u9fff" for c in reasons[0]["text"]) == (language == "zh-hans")
        page = client.post(url, {"file": SimpleUploadedFile(name, sent)})
        assert page.status_code == 422
        assert reasons[0]["text"].split("“")[0][:40] in page.content.decode().replace("&#x27;", "'")
        after = list(Material.objects.filter(case=case).order_by("key").values_list("key", "current_id"))
        assert after == before, "what was uploaded before stands"


@pytest.mark.parametrize("name", [
    "../../etc/passwd.pdf", "a\0.pdf", "x" * 300 + ".pdf", "<script>alert(1)</script>.pdf", "\u202efdp.exe.pdf",
])
def test_names_that_are_no_names(hall: Hall, name: str) -> None:
    client = hall.clients["handler"]
    with undone(client):
        url = f"/cases/{hall.draft.id}/materials/passport/upload/"
        answer = client.post(url, {"file": SimpleUploadedFile(name, samples.scan())})
        assert answer.status_code in (302, 400, 422)
        page = client.get(f"/cases/{hall.draft.id}/materials/")
        assert page.status_code == 200
        assert b"<script>alert(1)" not in page.content
        assert client.get(f"/cases/{hall.draft.id}/materials/passport/file/").status_code == 200


@pytest.mark.req("WP-3")
def test_slots_that_are_not_there_not_his_or_closed(hall: Hall) -> None:
    file = SimpleUploadedFile("a.pdf", samples.scan())
    for role, case, key, code in (
        ("handler", hall.draft, "no_such_slot", "unknown_material"), ("handler", hall.own, "passport", "not_editable"),
        ("subject", hall.own, "application_form", "not_editable"), ("handler", hall.draft, "passport", "no_file"),
    ):
        client = hall.clients[role]
        with undone(client):
            file.seek(0)
            sent = {} if code == "no_file" else {"file": file}
            answer = client.post(f"/cases/{case.id}/materials/{key}/upload/", sent, headers={"accept": "application/json"})
            assert answer.status_code == 422, (role, key)
            assert [r["code"] for r in answer.json()["reasons"]] == [code]


def test_a_second_file_takes_the_place_of_the_first_and_loses_nothing(hall: Hall) -> None:
    client, case = hall.clients["handler"], hall.draft
    with undone(client):
        for n in range(2):
            client.post(f"/cases/{case.id}/materials/passport/upload/", {"file": SimpleUploadedFile(f"{n}.pdf", samples.scan())})
        material = Material.objects.get(case=case, key="passport")
        assert list(material.files.order_by("version").values_list("version", flat=True)) == [1, 2, 3]
        assert material.current is not None
        assert material.current.name == "1.pdf"
