"""Cases that a unit files for itself: its registration and its enterprise filing, from their own first examples."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from io import BytesIO
from typing import Any
from uuid import UUID

import pypdfium2
import yaml
from django.conf import settings
from PIL import Image, ImageDraw

from laihua.accounts.permissions import Actor
from laihua.cases import actions, queries
from laihua.cases.models import Case
from tests import world as building
from tests.prechecks import samples
from tests.world import World

REGISTRATION, FILING = "unit.registration", "unit.filing"
EXAMPLES = {REGISTRATION: "registration/examples/units.yaml", FILING: "filing/examples/filings.yaml"}
FORMS = {REGISTRATION: "registration_form", FILING: "filing_form"}


@cache
def _example(service: str) -> Mapping[str, Any]:
    text = (settings.BASE_DIR / "services" / "unit" / EXAMPLES[service]).read_text(encoding="utf-8")
    return yaml.safe_load(text)[0]["answers"]


def answers_of(service: str, **changes: Any) -> dict[str, Any]:
    """Complete answers of the first example; rows may be changed with the others. Dates as they are typed."""
    answers = {k: v.isoformat() if isinstance(v, date) else v for k, v in _example(service).items()}
    if "handlers" in answers:
        answers["handlers"] = [dict(row) for row in answers["handlers"]]
    return {**answers, **changes}


def draft(service: str, actor: Actor, at: datetime, **changes: Any) -> Case:
    case = actions.start_case(service_id=service, actor=actor, at=at)
    actions.save_answers(case_id=case.id, changes=answers_of(service, **changes), base=0, actor=actor, at=at)
    case.refresh_from_db()
    return case


def submitted(service: str, world: World, actor: Actor, at: datetime, **changes: Any) -> Case:
    case = draft(service, actor, at, **changes)
    for view in queries.dossier(case.id, actor=actor, at=at).slots:
        if view.required and view.file is None:
            building.put_file(case.id, view.slot, actor, at)
    actions.move(case_id=case.id, move="submit", actor=actor, at=at)
    case.refresh_from_db()
    return case


def accept_all(case_id: UUID, registrar: Actor, at: datetime) -> None:
    actions.claim(case_id=case_id, actor=registrar, at=at)
    items = [i.id for i in queries.dossier(case_id, actor=registrar, at=at).items]
    actions.record_verdicts(case_id=case_id, items=items, result="accepted", actor=registrar, at=at)


def approved(service: str, world: World, actor: Actor, at: datetime, **changes: Any) -> Case:
    case = submitted(service, world, actor, at, **changes)
    accept_all(case.id, world.local_registrar, at)
    actions.move(case_id=case.id, move="approve", actor=world.local_registrar, at=at)
    case.refresh_from_db()
    return case


def scanned(pdf: bytes, *, dpi: int = 200, turned: float = 0, grey: bool = False, seal: bool = True) -> bytes:
    """The print as it comes back: each page a picture, sealed in red on the last, turned by so many degrees."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    if seal:
        pen = ImageDraw.Draw(pages[-1])
        width, height = pages[-1].size
        box = (width * 0.15, height * 0.75, width * 0.15 + dpi * 1.6, height * 0.75 + dpi * 1.6)
        pen.ellipse(box, outline=(197, 57, 47), width=max(3, dpi // 25))
    turned_pages = [page.rotate(turned, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC) for page in pages]
    if grey:
        turned_pages = [page.convert("L") for page in turned_pages]
    out = BytesIO()
    turned_pages[0].save(out, "PDF", save_all=True, append_images=turned_pages[1:], resolution=dpi)
    return out.getvalue()


def other_scan() -> bytes:
    """A page of something else, in colour."""
    return samples.scan()
