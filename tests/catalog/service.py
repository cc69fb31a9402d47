"""A small service in a folder of its own, to be spoilt by tests."""

from pathlib import Path

SERVICE = """\
id: small.new
system: one_network
prefix: SM
title: {zh: 小事项, en: Small service}
family: {zh: 示例, en: Examples}
summary: {zh: 示例事项, en: An example}
audience: [legal]
starts: unit
promise: {working_days: 7}
subject_name: "surname"
subject_check: [passport_number]
category: category
derived:
  years: "years_between(birth_date, today)"
  category: hook:category
form:
  - section: person
    title: {zh: 个人, en: Person}
    fields:
      - {key: surname, type: latin_name, required: true, label: {zh: 姓, en: Surname}}
      - {key: passport_number, type: passport_number, required: true, label: {zh: 护照号, en: Passport number}}
      - {key: passport_expiry, type: date, label: {zh: 有效期至, en: Valid to}}
      - key: birth_date
        type: date
        required: true
        label: {zh: 出生日期, en: Date of birth}
        rules: [{check: "age_on(birth_date, today) >= 18", message: {zh: 须年满18周岁, en: Must be 18}}]
      - {key: location, type: choice, required: true, label: {zh: 所在地, en: Location},
         choices: [{code: inside, zh: 境内, en: Inside}, {code: outside, zh: 境外, en: Outside}]}
      - {key: visa, type: text, required: true, when: "location == 'inside'", label: {zh: 签证, en: Visa}}
      - {key: salary, type: money, label: {zh: 月薪, en: Salary},
         rules: [{check: "salary * 12 >= 60000", message: {zh: 太低, en: Too low}}]}
      - {key: note, type: text, label: {zh: 备注, en: Note}, max_chars: 4, required: "salary > 90000"}
      - {key: employer, type: text, source: unit.name, required: true, label: {zh: 单位, en: Employer}}
      - {key: truth, type: declaration, required: true, by: subject, label: {zh: 属实, en: True}}
  - section: work
    title: {zh: 经历, en: Work}
    rows: {min: 1, max: 2, title: employer_name, noun: {zh: 段经历, en: job}}
    rules: [{check: "work.all(r, !filled(r.to) || r.from <= r.to)", message: {zh: 起止颠倒, en: Ends before it begins}}]
    fields:
      - {key: employer_name, type: text, required: true, label: {zh: 单位, en: Employer}}
      - {key: from, type: month, required: true, label: {zh: 自, en: From}}
      - {key: current, type: boolean, label: {zh: 至今, en: Current}}
      - {key: to, type: month, required: true, when: "!current", label: {zh: 至, en: To}}
materials:
  - group: basic
    title: {zh: 基本材料, en: Basic}
    items:
      - {key: passport, title: {zh: 护照, en: Passport}, min_left: {months: 6, on: passport_expiry}, sample: samples/passport.pdf}
      - {key: visa_page, title: {zh: 签证页, en: Visa page}, when: "location == 'inside'"}
      - {key: letter, title: {zh: 信函, en: Letter}, deferrable: "category == 'A'"}
steps:
  draft: {title: {zh: 草稿, en: Draft}, hint: {zh: 填写, en: Fill in}, holder: unit, editable: true, line: true}
  review: {title: {zh: 预审, en: Review}, hint: {zh: 审核, en: Review}, holder: authority, by: pre_reviewer, line: true}
  correction: {title: {zh: 补正, en: Correction}, hint: {zh: 更正, en: Correct}, holder: unit, editable: true}
  done: {title: {zh: 办结, en: Done}, hint: {zh: 办结, en: Done}, holder: nobody, outcome: approved, line: true}
moves:
  - {move: submit, label: {zh: 提交, en: Submit}, past: {zh: 已提交, en: Submitted}, from: draft, to: review, by: unit, clock: start}
  - {move: ask, label: {zh: 退回, en: Return}, past: {zh: 已退回, en: Returned},
     from: review, to: correction, by: pre_reviewer, clock: pause, notices: [asked]}
  - {move: resubmit, label: {zh: 重提, en: Resubmit}, past: {zh: 已重提, en: Resubmitted},
     from: correction, to: $asked, by: unit, clock: resume}
  - {move: approve, label: {zh: 通过, en: Approve}, past: {zh: 已通过, en: Approved},
     from: review, to: done, by: pre_reviewer, clock: stop, issues: [permit]}
reasons:
  - {code: unclear, title: {zh: 不清楚, en: Unclear}, correction: {zh: 请重新上传, en: Upload again}}
notices:
  asked: {to: unit, subject: {zh: 补正, en: Correct}, body: {zh: "{service}", en: "{service}"},
          sms: {zh: "{case_number}", en: "{case_number}"}}
outputs:
  permit: {title: {zh: 许可, en: Permit}, template: templates/permit.typ, kind: permit, number: SMX, shows: [surname]}
"""
HOOKS = '''\
from laihua.catalog.hooks import hook


@hook
def category(names):
    return "A" if names["years"] >= 40 else "B"
'''
ANSWERS = {
    "surname": "WEBER", "passport_number": "C01X00T47", "passport_expiry": "2031-01-01", "birth_date": "1990-05-01",
    "location": "outside", "salary": "40000.00", "truth": True,
    "work": [{"employer_name": "示例公司", "from": "2015-01", "to": "2020-12"}],
}


def example(title: str, refused: bool, uploaded: str = "[passport, letter]", more: str = "") -> str:
    answers = "\n".join(f"    {key}: {_yaml(value)}" for key, value in ANSWERS.items())
    return (f"title: {title}\ntoday: 2026-11-12\nanswers:\n{answers}\nuploaded: {uploaded}\n{more}"
            f"expect: {{refused: {str(refused).lower()}, category: B}}\n")


def _yaml(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


def write(folder: Path, service: str = SERVICE, hooks: str = HOOKS) -> Path:
    """A sound folder unless `service` or `hooks` is spoilt."""
    root = folder / "services" / "small" / "new"
    files = {
        "service.yaml": service, "hooks.py": hooks, "guide.zh.md": "# 指南\n", "guide.en.md": "# Guide\n",
        "templates/permit.typ": "Permit\n", "samples/passport.pdf": "%PDF-1.4 sample",
        "examples/passes.yaml": example("passes", refused=False), "examples/refused.yaml": example("no files", True, "[]"),
    }
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root
