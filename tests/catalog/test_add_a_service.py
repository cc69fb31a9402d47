"""docs/how-to/add-a-service.md, followed to the letter: its files in an empty folder, checked, and a case run through to its paper."""

import argparse
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from laihua.cases import actions as cases
from laihua.cases import queries as case_queries
from laihua.cases.models import Case
from laihua.catalog import actions as catalog
from laihua.catalog import docs, examples, queries
from laihua.catalog.loader import load
from laihua.commands import checks
from laihua.kernel.calendar import WorkingCalendar
from laihua.kernel.rules import calendar_of, read_notices
from laihua.permits import jobs
from laihua.permits import queries as permits
from laihua.permits.models import Issued
from laihua.permits.queries import State
from laihua.permits.sign import signature_state
from tests import world as building
from tests.permits.papers import words_of

PAGE = settings.BASE_DIR / "docs" / "how-to" / "add-a-service.md"
FENCED = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SERVICE = "letters.employment"
ANSWERS = {
    "surname": "LINDQVIST", "given_names": "SOEREN MIKAEL", "passport_number": "EM7204138", "position": "光学研发经理",
    "employed_from": "2026-03-01",
}


@pytest.fixture
def services(tmp_path: Path) -> Path:
    """Nothing but what stands in the document."""
    for name, content in FENCED.findall(PAGE.read_text(encoding="utf-8")):
        path = tmp_path / "letters" / "employment" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


@pytest.mark.req("OPS-4")
def test_the_folder_of_the_document_is_in_order(services: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checks.run_check(argparse.Namespace(what="services", folder=services)) == 0, capsys.readouterr().out
    days = yaml.safe_load((settings.BASE_DIR / "reference/calendar.yaml").read_text("utf-8"))
    calendar: WorkingCalendar = calendar_of(read_notices(days))
    ran = list(examples.run(services / "letters" / "employment", calendar))
    assert len(ran) == 3
    assert [(r.example.title, r.differences) for r in ran if r.differences] == []


def test_a_fault_in_it_would_be_named(services: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = services / "letters" / "employment" / "service.yaml"
    path.write_text(path.read_text("utf-8").replace("life_events: [changed]", "life_events: [chnaged]"), encoding="utf-8")
    assert checks.run_check(argparse.Namespace(what="services", folder=services)) == 1
    told = capsys.readouterr().out
    assert "service.yaml:9: unknown life event" in told
    assert "changed" in told


def test_its_page_prints_form_checklist_moves_limits_and_who_may(services: Path) -> None:
    definition = load(services / "letters" / "employment").definition
    assert definition is not None
    page = docs.render(definition)
    for part in (
        "## Form", "`passport_number`", "## Materials", "`contract`", "stateDiagram-v2", "review --> issuance: approve", "3 working days",
        "## Who may", "pre_reviewer", "## Documents issued", "`certificate`",
    ):
        assert part in page, part


@pytest.mark.django_db
@pytest.mark.req("OPS-4", "WP-8")
def test_a_case_runs_through_to_its_signed_certificate(services: Path, world: Any, at: datetime) -> None:
    assert SERVICE in catalog.sync(at=at, services=services)
    assert [d.service.id for d in queries.services()] == [SERVICE]
    case = cases.start_case(service_id=SERVICE, actor=world.handler, at=at)
    cases.save_answers(case_id=case.id, changes=ANSWERS, base=0, actor=world.handler, at=at)
    building.fill_slots(world, case, at)
    cases.move(case_id=case.id, move="submit", actor=world.handler, at=at)
    officer = {"case_id": case.id, "actor": world.pre_reviewer, "at": at}
    cases.claim(**officer)
    items = [item.id for item in case_queries.dossier(**officer).items]
    cases.record_verdicts(items=items, result="accepted", **officer)
    jobs.make_all(cases.move(move="approve", **officer).event_id, at)
    assert Case.objects.get(id=case.id).closed_at == at
    paper = Issued.objects.get(case_id=case.id)
    content = permits.content_of(paper)
    assert "LINDQVISTSOERENMIKAEL" in words_of(content)
    signed = signature_state(content, roots=[settings.SIGNING_CERTIFICATE])
    assert signed is not None
    assert signed.intact
    assert signed.trusted
    assert permits.verify_file(content, at.date()).state is State.VALID
    broken = bytearray(content)
    broken[len(broken) // 2] ^= 1
    assert permits.verify_file(bytes(broken), at.date()).state is State.UNKNOWN
