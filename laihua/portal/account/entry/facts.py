"""What the pages of an entry show: the account's data, masked, and the chain of review."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from laihua.cases import queries as cases
from laihua.cases.queries import NotYours
from laihua.kernel import clock
from laihua.kernel.masking import mask
from laihua.kernel.texts import Text
from laihua.portal.account.entry.standing import Door
from laihua.portal.statuses import Status
from laihua.units import queries as units

if TYPE_CHECKING:
    from laihua.accounts.models import Account

KINDS = {
    "legal": Text("法人用户", "Legal person"), "natural": Text("自然人", "Natural person"), "visitor": Text("访客", "Visitor"),
}
SUBMITTED, ENTER = Text("已提交", "Submitted"), Text("进入系统", "Entry")
UNDER_REVIEW, REVIEWING = Text("审核中", "Under review"), Text("{step}中", "{step}, under way")
DONE, NOW, TODO = ("green", "circle-check"), ("azure", "hourglass"), ("grey", "circle-dashed")


def user_number(account: "Account") -> str:
    """A number to quote on the telephone; no personal data, the same every time."""
    return f"U-{timezone.localtime(account.created_at):%Y%m%d}-{account.id.hex[:6].upper()}"


def masked_name(account: "Account") -> str:
    return mask("name_zh", account.name_zh) if account.name_zh else mask("name_latin", account.name_latin)


def masked_document(account: "Account") -> str:
    number = account.document_number
    kind = "identity_card" if len(number) >= 15 and number[:-1].isdigit() else "passport"
    return mask(kind, number)


def account_facts(door: Door) -> list[tuple[Text, str | Text, bool]]:
    """The eight facts of ENT-2: label, value, whether the value is a Chinese proper name."""
    account, unit = door.account, units.unit_of(door.actor.organisation_id) if door.actor.is_unit() else None
    is_firm = account.kind == "legal"
    return [
        (Text("用户编号", "User ID"), user_number(account), False),
        (Text("用户类型", "Kind of user"), KINDS[account.kind], False),
        (Text("姓名", "Name"), account.name_zh if is_firm else masked_name(account), bool(account.name_zh)),
        (Text("证件号码", "Document number"), masked_document(account), False),
        (Text("手机号码", "Mobile number"), mask("mobile", account.phone), False),
        (Text("登录账号", "Login name"), mask("login_name", account.login_name), False),
        (Text("单位名称", "Unit"), unit.name_zh if unit else "", True),
        (Text("统一社会信用代码", "Credit code"), unit.credit_code if unit else "", False),
    ]


@dataclass(frozen=True, slots=True)
class Chain:
    """The way of a profile through its reviewers as badges, and when it was handed in."""

    badges: list[Status]
    submitted_at: object


def chain_of(door: Door) -> Chain:
    enrolled = door.enrolled
    steps = [Status(*NOW, UNDER_REVIEW)]
    submitted = enrolled.changed_at if enrolled else None
    try:
        dossier = cases.dossier(enrolled.case_id, actor=door.actor, at=clock.now()) if enrolled and enrolled.case_id else None
    except NotYours:
        dossier = None
    if dossier is not None:
        submitted = dossier.case.submitted_at or submitted
        line = [step for step in dossier.service.line() if not step.outcome and not step.editable]
        here = next((n for n, step in enumerate(line) if step.key == dossier.step.key), None)
        if here is not None:
            steps = [
                Status(*DONE, step.title) if n < here
                else Status(*NOW, REVIEWING.format(step=step.title)) if n == here else Status(*TODO, step.title)
                for n, step in enumerate(line)
            ]
    return Chain([Status(*DONE, SUBMITTED), *steps, Status(*TODO, ENTER)], submitted)
