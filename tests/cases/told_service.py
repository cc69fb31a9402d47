"""A small service as a service company handles it: a page before the form, a made list, a confirmation that comes by itself."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from laihua.accounts.permissions import SYSTEM, Actor
from laihua.catalog import actions as catalog
from laihua.units import actions as units

ID = "told.review"
NUMBER = "110101199003070011"
SERVICE = """\
id: told.review
system: residence_points
prefix: TD
title: {zh: 代办预审, en: Agency pre-review}
family: {zh: 示例, en: Examples}
summary: {zh: 示例事项, en: An example}
audience: [natural]
starts: [person]
shown_when: [real_name_passed]
requires_to_start: [real_name_passed, document_valid, employer_is_client]
checklist: generated
promise: {working_days: 10}
subject_name: full_name
before:
  title: {zh: 选择类型, en: Choose the kind}
  fields: [kind, card_until]
  fixed: [kind]
  statements:
    - {key: truth, title: {zh: 承诺, en: Undertaking}, text: {zh: 本人承诺属实, en: It is true}, tick: {zh: 已阅读, en: I have read it}}
    - {key: notice_new, title: {zh: 新办须知, en: Notice}, text: {zh: 先录入, en: Enter first}, tick: {zh: 已阅读, en: I have read it},
       when: "kind == 'new'"}
form:
  - section: person
    title: {zh: 基本信息, en: Basics}
    fields:
      - {key: kind, type: choice, required: true, label: {zh: 类型, en: Kind},
         choices: [{code: new, zh: 新办, en: New, hint: {zh: 首次办理, en: The first time}}, {code: renew, zh: 续办, en: Renewal}]}
      - {key: card_until, type: date, required: true, label: {zh: 居住证有效期, en: Card valid until},
         rules: [{check: "days_between(today, card_until) >= 60", message: {zh: 请先进行居住证签注, en: Renew the card first}}]}
      - {key: full_name, type: text, source: person.name, label: {zh: 姓名, en: Name}}
      - {key: employer, type: text, source: person.employer, label: {zh: 所在单位, en: Employer}}
      - {key: mobile, type: phone, required: true, prefill: person.phone, label: {zh: 手机, en: Mobile}}
      - {key: degree, type: boolean, label: {zh: 学历加分, en: Degree}}
      - {key: school, type: text, required: true, when: degree, label: {zh: 学校, en: School}}
materials:
  - group: basic
    title: {zh: 基本材料, en: Basic}
    items:
      - {key: card, title: {zh: 居住证, en: Card}}
      - {key: diploma, title: {zh: 学历证书, en: Diploma}, when: degree}
      - {key: letter, title: {zh: 委托单, en: Letter}, when: "!degree"}
steps:
  draft: {title: {zh: 填写, en: Fill in}, hint: {zh: 填写, en: Fill in}, holder: subject, editable: true, line: true}
  review: {title: {zh: 预审, en: Review}, hint: {zh: 审核, en: Review}, holder: authority, by: pre_reviewer, reviews: true, line: true,
           limit: {working_days: 3}}
  correction: {title: {zh: 外服退材料, en: Returned}, hint: {zh: 请补充, en: Add}, holder: subject, editable: true}
  reporting: {title: {zh: 上报, en: Report}, hint: {zh: 上报, en: Report}, holder: authority, by: pre_reviewer, line: true,
              limit: {working_days: 2}}
  confirming: {title: {zh: 确认申办信息, en: Confirm}, hint: {zh: 2个自然日内确认, en: Confirm within 2 days}, holder: subject, line: true}
  confirmed: {title: {zh: 区中心办理, en: District}, hint: {zh: 办理, en: Under way}, holder: authority, by: pre_reviewer, line: true,
              limit: {working_days: 20}}
  passed: {title: {zh: 已完成, en: Done}, hint: {zh: 办结, en: Done}, holder: nobody, outcome: approved, line: true}
moves:
  - {move: submit, label: {zh: 提交, en: Submit}, past: {zh: 已提交, en: Submitted}, from: draft, to: review, by: subject,
     requires: [complete, employer_is_client], clock: start}
  - {move: ask, label: {zh: 退回, en: Return}, past: {zh: 已退回, en: Returned}, from: review, to: correction, by: pre_reviewer,
     requires: [holder, has_returns], clock: pause, text: optional}
  - {move: resubmit, label: {zh: 重提, en: Resubmit}, past: {zh: 已重提, en: Resubmitted}, from: correction, to: $asked,
     by: subject, requires: [complete, returns_answered], clock: resume}
  - {move: pass, label: {zh: 预审通过, en: Pass}, past: {zh: 预审通过, en: Passed}, from: review, to: reporting, by: pre_reviewer,
     requires: [holder, all_accepted]}
  - {move: report, label: {zh: 登记已上报, en: Record the report}, past: {zh: 已上报, en: Reported}, from: reporting, to: confirming,
     by: pre_reviewer, requires: [holder], text: required, text_label: {zh: 上报日期和编号, en: Date and number}, notices: [please_confirm]}
  - {move: confirm, label: {zh: 确认申办信息, en: Confirm}, past: {zh: 已确认, en: Confirmed}, from: confirming, to: confirmed, by: subject}
  - {move: wrong, label: {zh: 申办信息有误, en: It is wrong}, past: {zh: 反馈有误, en: Said to be wrong}, from: confirming, to: reporting,
     by: subject, text: required}
  - {move: auto_confirm, label: {zh: 自动确认, en: Confirm}, past: {zh: 系统自动确认, en: Confirmed by the hall}, from: confirming,
     to: confirmed, by: system,
     automatic: {after: {calendar_days: 2}, once_told: please_confirm, remind: {notice: soon, hours_before: [30, 6]}}}
  - {move: object, label: {zh: 提出异议, en: Object}, past: {zh: 提出异议, en: Objected}, from: confirmed, to: reporting, by: subject,
     text: required, within: {calendar_days: 5}, only_after: [auto_confirm]}
  - {move: finish, label: {zh: 办结, en: Finish}, past: {zh: 已办结, en: Finished}, from: confirmed, to: passed, by: pre_reviewer,
     requires: [holder], clock: stop}
reasons:
  - {code: unclear, title: {zh: 不清楚, en: Unclear}, correction: {zh: 请重新上传, en: Upload again}}
notices:
  please_confirm: {to: [subject, pre_reviewer], subject: {zh: 请确认申办信息, en: Please confirm},
    body: {zh: "{automatic_at}自动确认", en: "{automatic_at}"}, sms: {zh: "{case_number}请确认", en: "{case_number}"}}
  soon: {to: subject, subject: {zh: 即将自动确认, en: Soon}, body: {zh: "{automatic_at}自动确认", en: "{automatic_at}"},
    sms: {zh: "{automatic_at}", en: "{automatic_at}"}}
"""
EXAMPLES = """\
- title: passes
  today: 2026-11-12
  answers: {kind: new, card_until: 2027-11-12, mobile: "13800138000"}
  uploaded: [card, letter]
  expect: {refused: false}
- title: the card ends too soon
  today: 2026-11-12
  answers: {kind: new, card_until: 2026-12-12, mobile: "13800138000"}
  uploaded: [card, letter]
  expect: {refused: true}
"""
FIRST = {"kind": "new", "card_until": "2027-11-12"}
AGREED = ("truth", "notice_new")


def write(folder: Path, service: str = SERVICE) -> Path:
    root = folder / "services" / "told" / "review"
    for name, content in {
        "service.yaml": service, "guide.zh.md": "# 指南\n", "guide.en.md": "# Guide\n", "examples/told.yaml": EXAMPLES,
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root


def sync(folder: Path, at: datetime, service: str = SERVICE) -> None:
    write(folder, service)
    catalog.sync(at=at, services=folder / "services")


def employ(world: Any, at: datetime, **changes: Any) -> None:
    """The person proved who he is, and stands on the list of the office that handles the system."""
    from laihua.accounts.models import Account

    person = Account.objects.get(id=world.subject.account_id)
    person.name_zh, person.document_type, person.document_number, person.document_index = "顾清和", "resident_id", NUMBER, NUMBER
    person.real_name_status = "passed"
    person.save()
    units.assign_office(system="residence_points", region="", office_id=world.office.id, actor=SYSTEM, at=at)
    keep = world.pre_reviewer
    client = units.keep_client(
        name_zh="示例客户有限公司", credit_code=world.unit.credit_code, contract_from=date(2020, 1, 1),
        contract_to=changes.get("contract_to"), contact_name="苏禾", contact_phone="021-55500111", actor=keep, at=at,
    )
    listed = units.Listed(changes.get("name", "顾清和"), NUMBER, date(2021, 3, 1), changes.get("left_on"))
    units.list_employees(client_id=client.id, listed=[listed], actor=keep, at=at)


def start(world: Any, at: datetime, actor: Actor | None = None, **first: str) -> Any:
    from laihua.cases import actions

    return actions.start_case(service_id=ID, actor=actor or world.subject, at=at, answers={**FIRST, **first}, agreed=AGREED)
