"""Services of tests that a person, a visitor or a unit files for itself, reviewed by a registrar."""

from datetime import datetime
from pathlib import Path

from laihua.catalog import actions as catalog

SERVICE = """\
id: own.profile
system: account
prefix: OW
title: {zh: 本人资料, en: Own profile}
family: {zh: 示例, en: Examples}
summary: {zh: 示例事项, en: An example}
audience: [natural]
starts: [person, visitor]
promise: {working_days: 3}
subject_name: full_name
form:
  - section: person
    title: {zh: 个人, en: Person}
    fields:
      - {key: full_name, type: text, required: true, label: {zh: 姓名, en: Name}}
      - {key: city, type: choice, label: {zh: 城市, en: City},
         choices: [{code: north, zh: 北, en: North}, {code: south, zh: 南, en: South}, {code: PLATFORM, zh: 台, en: Hall}]}
materials:
  - group: basic
    title: {zh: 材料, en: Documents}
    items:
      - {key: card, title: {zh: 证件, en: Card}}
steps:
  draft: {title: {zh: 草稿, en: Draft}, hint: {zh: 填写, en: Fill in}, holder: subject, editable: true, line: true}
  review: {title: {zh: 审核, en: Review}, hint: {zh: 审核, en: Review}, holder: authority, by: registrar, reviews: true, line: true,
           limit: {working_days: 1}}
  correction: {title: {zh: 补正, en: Correction}, hint: {zh: 更正, en: Correct}, holder: subject, editable: true}
  passed: {title: {zh: 已通过, en: Passed}, hint: {zh: 办结, en: Done}, holder: nobody, outcome: approved, line: true}
  refused: {title: {zh: 未通过, en: Refused}, hint: {zh: 办结, en: Done}, holder: nobody, outcome: refused}
  withdrawn: {title: {zh: 已撤回, en: Withdrawn}, hint: {zh: 办结, en: Done}, holder: nobody, outcome: withdrawn}
moves:
  - {move: submit, label: {zh: 提交, en: Submit}, past: {zh: 已提交, en: Submitted}, from: draft, to: review, by: subject,
     requires: [complete], clock: start}
  - {move: ask, label: {zh: 退回, en: Return}, past: {zh: 已退回, en: Returned}, from: review, to: correction, by: registrar,
     requires: [holder, has_returns], clock: pause, notices: [asked]}
  - {move: resubmit, label: {zh: 重提, en: Resubmit}, past: {zh: 已重提, en: Resubmitted}, from: correction, to: $asked,
     by: subject, requires: [complete, returns_answered], clock: resume}
  - {move: approve, label: {zh: 通过, en: Approve}, past: {zh: 已通过, en: Approved}, from: review, to: passed, by: registrar,
     requires: [holder, all_accepted], clock: stop}
  - {move: refuse, label: {zh: 不通过, en: Refuse}, past: {zh: 未通过, en: Refused}, from: review, to: refused, by: registrar,
     requires: [holder], clock: stop}
  - {move: give_up, label: {zh: 放弃, en: Give up}, past: {zh: 已放弃, en: Given up}, from: draft, to: withdrawn, by: subject}
reasons:
  - {code: unclear, title: {zh: 不清楚, en: Unclear}, correction: {zh: 请重新上传, en: Upload again}}
notices:
  asked: {to: subject, subject: {zh: 补正, en: Correct}, body: {zh: "{service}", en: "{service}"},
          sms: {zh: "{case_number}", en: "{case_number}"}}
"""
EXAMPLES = """\
- title: passes
  today: 2026-11-12
  answers: {full_name: WEBER}
  uploaded: [card]
  expect: {refused: false}
- title: nothing filled in
  today: 2026-11-12
  answers: {}
  expect: {refused: true}
"""
ID = "own.profile"


def write(folder: Path, service: str = SERVICE, examples: str = EXAMPLES) -> Path:
    root = folder / "services" / "own" / "profile"
    files = {"service.yaml": service, "guide.zh.md": "# 指南\n", "guide.en.md": "# Guide\n", "examples/own.yaml": examples}
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root


def for_units(service: str = SERVICE) -> str:
    """The same, filed by a unit for itself."""
    return (
        service.replace("starts: [person, visitor]", "starts: unit").replace("holder: subject", "holder: unit")
        .replace("by: subject", "by: unit").replace("to: subject", "to: unit")
    )


def sync(folder: Path, at: datetime, service: str = SERVICE) -> None:
    """Alone in the hall from then on, for this test."""
    write(folder, service)
    catalog.sync(at=at, services=folder / "services")
