"""A service of tests that a unit starts for a foreigner on its roster, and a roster to start it from."""

from datetime import datetime
from pathlib import Path
from typing import Any

from laihua.catalog import actions as catalog
from laihua.units import actions as units

ID = "own.roster"
SERVICE = """\
id: own.roster
system: one_network
prefix: OR
title: {zh: 在册人员事项, en: For one on the roster}
short_title: {zh: 在册事项, en: Roster matter}
family: {zh: 示例, en: Examples}
summary: {zh: 示例事项, en: An example}
audience: [legal]
starts: unit
about: staff
promise: {working_days: 3}
subject_name: surname
subject_email: email
subject_check: [passport_number]
form:
  - section: person
    title: {zh: 人员, en: Person}
    fields:
      - {key: surname, type: latin_name, source: staff.surname, label: {zh: 姓, en: Surname}}
      - {key: passport_number, type: passport_number, source: staff.passport_number, label: {zh: 护照号, en: Passport}}
      - {key: permit_to, type: date, source: staff.permit_to, label: {zh: 许可有效期止, en: Permit until}}
      - {key: closes, type: date, source: staff.extension_closes, label: {zh: 最晚申请日, en: Last day},
         rules: [{check: "closes >= today", message: {zh: 已过最晚申请日, en: Too late}}]}
      - {key: email, type: email, prefill: staff.email, label: {zh: 邮箱, en: E-mail}}
      - {key: new_position, type: text, required: "staff.category != 'A'", prefill: staff.position, label: {zh: 新职务, en: New post}}
      - {key: left_on, type: date, label: {zh: 离职日期, en: Left on}}
steps:
  draft: {title: {zh: 草稿, en: Draft}, hint: {zh: 填写, en: Fill in}, holder: unit, editable: true, line: true}
  review: {title: {zh: 审核, en: Review}, hint: {zh: 审核, en: Review}, holder: authority, by: registrar, reviews: true, line: true}
  changed: {title: {zh: 已变更, en: Changed}, hint: {zh: 办结, en: Done}, holder: nobody, outcome: approved, line: true}
  gone: {title: {zh: 已注销, en: Gone}, hint: {zh: 办结, en: Done}, holder: nobody, outcome: approved}
moves:
  - {move: submit, label: {zh: 提交, en: Submit}, past: {zh: 已提交, en: Submitted}, from: draft, to: review, by: unit,
     requires: [complete], clock: start}
  - {move: change, label: {zh: 变更, en: Change}, past: {zh: 已变更, en: Changed}, from: review, to: changed, by: registrar, clock: stop,
     effects: [update_roster]}
  - {move: cancel, label: {zh: 注销, en: Cancel}, past: {zh: 已注销, en: Cancelled}, from: review, to: gone, by: registrar, clock: stop,
     effects: [leave_roster]}
"""
EXAMPLES = """\
- {title: passes, today: 2026-11-12, answers: {new_position: 经理}, facts: {staff: {surname: WEBER, category: B}}, expect: {refused: false}}
- {title: refused, today: 2026-11-12, answers: {}, facts: {staff: {category: B}}, expect: {refused: true}}
"""
RECORD = {
    "surname": "WEBER", "given_names": "ANNA KATHARINA", "birth_date": "1988-04-02", "nationality": "DEU", "sex": "2",
    "passport_number": "C01X00T47", "passport_expiry": "2030-05-06", "email": "a.weber@example.com", "position": "光学工程师",
    "category": "B", "permit_number": "WPX0000000001", "permit_to": "2027-01-31", "contract_to": "2027-01-31",
}


def write(folder: Path) -> Path:
    root = folder / "services" / "own" / "roster"
    files = {"service.yaml": SERVICE, "guide.zh.md": "# 指南\n", "guide.en.md": "# Guide\n", "examples/roster.yaml": EXAMPLES}
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root


def sync(folder: Path, at: datetime) -> None:
    write(folder)
    catalog.sync(at=at, services=folder / "services")


def member(world: Any, at: datetime, unit_id: Any = None, **changes: str) -> Any:
    return units.enter_staff(
        unit_id=unit_id or world.unit.id, record=RECORD | changes, source="imported", actor=world.handler, at=at,
    )

