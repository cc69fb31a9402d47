"""From a case to the data of a paper: everything that a template may print, as plain JSON values and pictures."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

import orjson
import yaml
from django.conf import settings
from django.utils import timezone

from laihua.accounts.permissions import SYSTEM
from laihua.cases.prints import Code, printed_sections
from laihua.cases.queries import booking_of, windows_of
from laihua.cases.queries import dossier as dossier_of
from laihua.catalog.definitions import Output, Section
from laihua.kernel.queries import file_content
from laihua.kernel.texts import Text
from laihua.permits.models import Issued
from laihua.permits.render import photo_jpeg, qr_svg
from laihua.permits.rules import code_in_groups, number_in_groups, read_number
from laihua.permits.words import WEEKDAYS, answered, is_absent

PHOTO_SLOT = "photo"
WIDE_FROM = 24      # characters of an answer that no longer fits into half a row


@dataclass(frozen=True, slots=True)
class Identity:
    """What the paper itself is given: number, code, days."""

    number: str
    code: str
    issued_at: datetime
    valid_from: date | None
    valid_to: date | None
    signed: bool
    mark: Code | None = None        # of a form that comes back as a scan


def paper_of(dossier: Any, output: Output, event: Any, identity: Identity) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Data and pictures of one paper. `event` is the move that asked for it, None for a form that is only printed."""
    case, service = dossier.case, dossier.service
    details = event.details if event is not None else {}
    qr = verify_address(identity.code) if identity.code else str(identity.mark or case.number)
    sections = dossier.definition.visible_sections(dossier.names)
    if identity.mark is not None:
        sections = printed_sections(sections)
    photo = _photo(dossier)
    digest = sha256(orjson.dumps(dossier.answers, option=orjson.OPT_SORT_KEYS)).hexdigest()
    data: dict[str, Any] = {
        "title": output.title.as_data(),
        "kind": output.kind,
        "number": identity.number,
        "number_grouped": number_in_groups(identity.number),
        "case_number": case.number,
        "service": service.title.as_data(),
        "authority": authority_of(dossier).as_data(),
        "employer": employer_of(dossier).as_data(),
        "subject": _same(dossier.definition.subject_name(dossier.answers)),
        "category": dossier.definition.category(dossier.names) or "",
        "issued_on": _day(identity.issued_at),
        "submitted_on": _day(case.submitted_at),
        "promised_on": _iso(dossier.proceeding.promised_on),
        "deadline": _iso(dossier.proceeding.due_on) if dossier.step.editable else "",
        "valid_from": _iso(identity.valid_from),
        "valid_to": _iso(identity.valid_to),
        "code": code_in_groups(identity.code) if identity.code else "",
        "verify_at": verify_address("").split("://", 1)[-1].rstrip("/"),
        "qr_alt": qr,
        "signed": identity.signed,
        "specimen": settings.DEMO,
        "photo": photo is not None,
        "fields": answered(dossier.definition, dossier.answers),
        "sections": [_section(dossier, s) for s in sections] if output.kind == "form" else [],
        "items": _returned(dossier, details),
        "reasons": [_reason(dossier, code) for code in details.get("reasons", [])],
        "remark": details.get("text", ""),
        "law": [basis.as_data() for basis in service.legal_basis],
        "originals": [title.as_data() for _, title, _ in dossier.originals],
        "officer": dossier.name_of(event.actor_id) if event is not None and event.actor_id else "",
        "derived": _derived(dossier),
        "window": _window(booking_of(dossier.proceeding.id)),
        "windows": [_place(window) for window in windows_of(dossier.proceeding.office_id)],
        "delivery": delivery_method(dossier),
        "contact": contact(service.system),
        "digest": digest,
        "version": identity.mark.version if identity.mark else case.revision,
        "foot": _foot(output, identity, case.number, digest),
    }
    images = {"qr.svg": qr_svg(qr)}
    if output.duplex:
        images["qr-reverse.svg"] = qr_svg(str(identity.mark.reverse) if identity.mark else qr)
    if photo is not None:
        images["photo.jpg"] = photo
    return data, images


def verify_address(code: str) -> str:
    return f"{settings.PUBLIC_URL}/verify/{code_in_groups(code)}/" if code else f"{settings.PUBLIC_URL}/verify/"


@cache
def contact(system: str) -> dict[str, str]:
    """Whom to ask, in one line: the help line of the system, or of the hall."""
    lines = yaml.safe_load((settings.BASE_DIR / "reference" / "help_lines.yaml").read_text(encoding="utf-8"))
    line = lines.get(system) or lines["hall"]
    return {
        "zh": f"咨询电话 {line['phone']}，{line['hours']['zh']}",
        "en": f"Help line {line['phone']}, {line['hours']['en']}",
    }


def authority_of(dossier: Any) -> Text:
    office = dossier.proceeding.office
    return Text(office.name_zh, office.name_en or office.name_zh)


def employer_of(dossier: Any) -> Text:
    unit = dossier.case.unit
    if unit is None:
        name = dossier.definition.subject_name(dossier.answers)
        return Text(name, name)
    return Text(unit.name_zh, unit.name_en or unit.name_zh)


def delivery_method(dossier: Any) -> str:
    chosen = getattr(dossier.case, "delivery", None)
    return chosen.method if chosen is not None else str(dossier.answers.get("delivery") or "electronic")


def shown_facts(dossier: Any, output: Output) -> dict[str, Any]:
    """What is kept beside the paper for its verifier: the answers that the output names, and how each is masked."""
    fields = dossier.service.field_keys()
    said = answered(dossier.definition, dossier.answers)
    for key, field in fields.items():
        if field.source == "unit.name" and key in said:
            said[key] |= employer_of(dossier).as_data()
    # A name is shown once, as the holder's and masked, never again by its parts.
    rows = [
        {**said[key], "key": key, "mask": fields[key].mask}
        for key in output.shows if key in said and fields[key].type != "latin_name"
    ]
    return {
        "authority": authority_of(dossier).as_data(),
        "employer": employer_of(dossier).as_data(),
        "holder": dossier.definition.subject_name(dossier.answers),
        "category": dossier.definition.category(dossier.names) or "",
        "rows": rows,
    }


def _derived(dossier: Any) -> dict[str, str]:
    """What was worked out of the answers: numbers with two decimals, days as they are written, texts."""
    found: dict[str, str] = {}
    for name in dossier.service.derived:
        value = dossier.names.get(name)
        if isinstance(value, bool) or is_absent(value) or not isinstance(value, int | float | str | date):
            continue
        found[name] = f"{value:.2f}" if isinstance(value, int | float) else str(value)
    return found


def _section(dossier: Any, section: Section) -> dict[str, Any]:
    title, answers = section.title.as_data(), dossier.answers
    if section.rows is None:
        return {"title": title, "rows": _pairs(dossier, section, answers, ""), "entries": None}
    entries = [_pairs(dossier, section, entry, section.key) for entry in answers.get(section.key) or []]
    return {"title": title, "rows": [], "entries": entries}


def _pairs(dossier: Any, section: Section, answers: dict[str, Any], rows: str) -> list[dict[str, Any]]:
    pairs = []
    for field in section.fields:
        value = answers.get(field.key)
        if is_absent(value):
            continue
        said = dossier.definition.words(field.key, value, rows)
        pairs.append({
            "label": field.label.as_data(), **said.as_data(),
            "wide": field.width == "full" or max(len(said.zh), len(said.en) // 2) > WIDE_FROM,
        })
    return pairs


def _returned(dossier: Any, details: dict[str, Any]) -> list[dict[str, Any]]:
    """The returned parts that this move told, in the order of the form."""
    names = {(i.kind, i.key): i.label for i in dossier.items}
    slots = dossier.service.slots()
    told = [v for v in details.get("verdicts", []) if v["result"] == "returned"]
    order = {item: n for n, item in enumerate(names)}
    told.sort(key=lambda v: order.get((v["kind"], v["key"]), len(order)))
    return [_told(dossier, verdict, names, slots) for verdict in told]


def _told(dossier: Any, verdict: dict[str, Any], names: dict[Any, Text], slots: dict[str, Any]) -> dict[str, Any]:
    key = verdict["key"]
    name = names.get((verdict["kind"], key)) or (slots[key].title if key in slots else Text(key, key))
    reasons = [dossier.service.reasons[code] for code in verdict["reasons"] if code in dossier.service.reasons]
    return {
        "name": name.as_data(),
        "code": ", ".join(verdict["reasons"]),
        "reason": _joined([r.title for r in reasons]),
        "correction": _joined([r.correction for r in reasons]),
        "remark": verdict.get("note", ""),
    }


def _reason(dossier: Any, code: str) -> dict[str, str]:
    known = dossier.service.reasons.get(code)
    return known.title.as_data() if known else _same(code)


def _place(window: Any) -> dict[str, Any]:
    return {
        "name": {"zh": window.name_zh, "en": window.name_en},
        "address": {"zh": window.address_zh, "en": window.address_en},
    }


def _window(booking: Any) -> dict[str, Any] | None:
    if booking is None:
        return None
    starts = timezone.localtime(booking.starts_at)
    ends = starts + timedelta(minutes=booking.window.minutes)
    return {
        **_place(booking.window),
        "on": starts.date().isoformat(),
        "weekday": WEEKDAYS[starts.weekday()].as_data(),
        "at": f"{starts:%H:%M}–{ends:%H:%M}",
    }


def _photo(dossier: Any) -> bytes | None:
    """Of the case; of an earlier one under the same permit number where this one brought none."""
    material = dossier.materials.get(PHOTO_SLOT)
    if material is None or material.current is None:
        material = next((m for m in map(_photo_of_case, _earlier_cases(dossier)) if m is not None), None)
    return photo_jpeg(file_content(material.current.stored)) if material is not None and material.current is not None else None


def _earlier_cases(dossier: Any) -> list[Any]:
    number = read_number(str(dossier.answers.get("permit_number") or ""))
    rows = Issued.objects.filter(number=number, kind="permit").exclude(case=dossier.case.id) if number else Issued.objects.none()
    return [dossier_of(paper.case_id, actor=SYSTEM, at=dossier.at) for paper in rows.order_by("-issued_at")]


def _photo_of_case(earlier: Any) -> Any:
    material = earlier.materials.get(PHOTO_SLOT)
    return material if material is not None and material.current is not None else None


def _foot(output: Output, identity: Identity, case_number: str, digest: str) -> dict[str, str]:
    if identity.mark is not None:
        mark = identity.mark
        return {"zh": f"案件号 {case_number}　填报版本 {mark.version}　内容校验 {mark.digest}", "en": ""}
    if output.kind == "form":
        return {"zh": f"案件号 {case_number}　填报内容校验 {digest[:16]}", "en": ""}
    if identity.number == case_number:
        return {"zh": f"案件号 {case_number}", "en": f"Case {case_number}"}
    return {"zh": f"编号 {identity.number}", "en": f"No. {identity.number}"}


def _joined(texts: list[Text]) -> dict[str, str]:
    return {"zh": "；".join(t.zh.rstrip("。") for t in texts), "en": " ".join(t.en for t in texts)}


def _same(value: str) -> dict[str, str]:
    return {"zh": value, "en": value}


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _day(moment: datetime | None) -> str:
    return timezone.localtime(moment).date().isoformat() if moment is not None else ""
