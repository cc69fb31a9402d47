"""FX-3: nobody waits for an answer. The case is found by what the visitor shows, and accepted, refused or completed on the spot."""

from datetime import timedelta

import pytest
from django.urls import reverse

from laihua.cases import actions, queries
from laihua.cases.actions import materials as uploads
from laihua.cases.models import Print, Proceeding
from laihua.cases.prints import Code
from laihua.kernel.texts import Refused
from laihua.permits import jobs
from laihua.permits.models import Issued
from laihua.permits.queries import verify
from laihua.prechecks.gate import GateResult
from tests import fx
from tests import world as building

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world, at):
    return fx.submitted(world, at)


def step(case) -> str:
    return Proceeding.objects.get(case=case).step


def find(client, what: str):
    return client.post(reverse("officer:window"), {"q": what})


def page(client, case) -> str:
    return client.get(reverse("officer:originals", args=[case.id])).content.decode()


@pytest.mark.req("FX-3")
def test_a_visitor_s_case_is_found_by_number_code_permit_or_passport(world, at, case):
    client, kept = world.client("clerk"), Print.objects.get(case=case)
    code = Code(case.number, kept.version, kept.digest)
    for shown in (case.number, case.number.lower(), str(code), str(code.reverse), fx.RECORD["permit_number"], fx.RECORD["passport_number"]):
        answer = find(client, shown)
        assert (answer.status_code, answer.url) == (302, reverse("officer:originals", args=[case.id])), shown
    assert find(client, "EM0000000").status_code == 200
    assert find(world.client("clerk"), "LH1:FX-20200101-0001:1:0123456789ABCDEF").status_code == 200


@pytest.mark.req("FX-3")
def test_the_visitor_is_received_each_original_ticked_and_the_form_issued_with_a_signed_receipt(world, at, case):
    client = world.client("clerk")
    assert "来人到窗口，开始核对" in page(client, case)
    assert client.post(reverse("officer:receive", args=[case.id])).status_code == 302
    html = page(client, case)
    assert "EM*****38" in html
    seen = queries.dossier(case.id, actor=world.clerk, at=at)
    assert (step(case), seen.proceeding.holder_id) == ("window", world.clerk.account_id)
    assert "还有6份原件未核对一致" in html
    for key, _, _ in seen.originals:
        assert client.post(reverse("officer:tick", args=[case.id]), {"key": key, "agrees": "yes"}).status_code == 302
    answer = client.post(reverse("officer:move", args=[case.id, "accept"]))
    assert (answer.status_code, answer.url) == (302, reverse("officer:originals", args=[case.id]))
    event = Proceeding.objects.get(case=case).events.get(move="accept")
    jobs.make_all(event.id, at)
    assert step(case) == "issued"
    papers = {p.key: p for p in Issued.objects.filter(case=case)}
    assert set(papers) == {"acceptance_receipt", "issued_form"}
    assert papers["issued_form"].number.startswith("FXF")
    for paper in papers.values():
        assert verify(paper.code, at.date()).state == "valid"
    assert "受理回执" in page(client, case)


@pytest.mark.req("FX-3")
def test_more_is_asked_for_on_the_spot_uploaded_by_whoever_stands_there_and_the_clerk_goes_on(world, at):
    case = fx.at_window(world, at, visitor="applicant")
    clerk = world.client("clerk")
    html = page(clerk, case)
    assert "没有的材料，可以当场要求补充" in html
    asked = {"key": "other", "reason": "FX-R06", "note": "请补交10月完税证明"}
    assert clerk.post(reverse("officer:ask", args=[case.id]), asked).status_code == 302
    fx.tick_all(world, case, at)
    seen = queries.dossier(case.id, actor=world.clerk, at=at)
    assert "标记退回或补交" in seen.obstacles(seen.service.moves["accept"])[0].text.zh
    assert clerk.post(reverse("officer:move", args=[case.id, "ask"])).status_code == 302
    assert "正在等待上传" in page(clerk, case)
    person = world.client("subject")
    materials = person.get(reverse("applicant:materials", args=[case.id])).content.decode()
    assert "请补交10月完税证明" in materials
    mine = queries.dossier(case.id, actor=world.subject, at=at)
    assert [r.place for o in mine.offers() for r in o.reasons] == ["material:other"]
    building.put_file(case.id, mine.service.slots()["other"], world.subject, at)
    version = Proceeding.objects.get(case=case).version
    assert person.post(reverse("applicant:move", args=[case.id, "supply_in_person"]), {"version": version}).status_code == 302
    assert step(case) == "window"
    waiting = clerk.get(reverse("officer:standing", args=[case.id]), {"version": version, "making": "0"})
    assert waiting.headers["HX-Refresh"] == "true"
    actions.claim(case_id=case.id, actor=world.clerk, at=at)
    now = queries.dossier(case.id, actor=world.clerk, at=at)
    assert [key for key, _, matches in now.originals if matches is None] == ["other"], "what was ticked stays ticked"
    fx.tick_all(world, case, at)
    assert actions.move(case_id=case.id, move="accept", actor=world.clerk, at=at).to_step == "issuance"


def test_a_mark_is_taken_back_and_a_refusal_is_written_with_the_rights(world, at):
    case = fx.at_window(world, at)
    clerk = world.client("clerk")
    clerk.post(reverse("officer:ask", args=[case.id]), {"key": "other", "reason": "FX-R99"})
    assert clerk.post(reverse("officer:ask", args=[case.id]), {"key": "other", "back": "yes"}).status_code == 302
    assert not queries.dossier(case.id, actor=world.clerk, at=at).verdicts
    assert clerk.post(reverse("officer:ask", args=[case.id]), {"key": "other"}).status_code == 409
    refused = clerk.post(reverse("officer:move", args=[case.id, "refuse"]), {"text": "许可证已注销"})
    assert refused.status_code == 302
    jobs.make_all(Proceeding.objects.get(case=case).events.get(move="refuse").id, at)
    assert Issued.objects.get(case=case).key == "refusal_notice"


@pytest.mark.req("FX-2")
def test_a_scan_of_one_side_is_refused(world, at):
    case = fx.draft(world, at)
    seen = queries.dossier(case.id, actor=world.handler, at=at)
    kept = actions.keep_print(case_id=case.id, output="info_form", actor=world.handler, at=at)
    front = Code(case.number, kept.version, kept.digest)
    for code, side in ((front, "反面"), (front.reverse, "正面")):
        with pytest.raises(Refused) as refused:
            uploads.keep(case.id, seen.service.slots()["info_form"], "scan.pdf", b"%PDF",
                         GateResult(True, 1, "application/pdf", [], 0.0, (str(code),)), world.handler, at)
        assert f"没有读到{side}的二维码" in refused.value.reasons[0].text.zh


def test_a_permit_that_ended_between_submission_and_visit_stops_the_acceptance(world, at):
    case = fx.submitted(world, at, staff=fx.member(world, at, permit_to=(at + timedelta(days=5)).date().isoformat()))
    later = at + timedelta(days=12)
    actions.receive_visitor(case_id=case.id, actor=world.clerk, at=later)
    fx.tick_all(world, case, later)
    seen = queries.dossier(case.id, actor=world.clerk, at=later)
    assert [r.place for r in seen.obstacles(seen.service.moves["accept"])] == ["material:permit"]
