"""What the hall says of the permit that a case names, to whoever is about to ask for something about it."""

from datetime import date
from typing import Any

from django.utils import timezone

from laihua.cases.events import PermitConsulted
from laihua.kernel.texts import Reason, Text
from laihua.permits.models import Issued
from laihua.permits.queries import STANDING_FIRST
from laihua.permits.rules import read_number

NOT_HIS = Reason("permit_of_another", Text(
    "许可编号与护照号、出生日期不符，请逐位核对",
    "The permit number does not belong to this passport number and date of birth; please compare them digit by digit"),
    place="permit_number")
CANCELLED = Text(
    "该许可已于{day}注销，不能再办理。需要继续工作的，请申请新办",
    "This permit was cancelled on {day}, so nothing can be asked for about it. To go on working apply for a new one")
STILL_HELD = Reason("permit_still_held", Text(
    "该许可在原用人单位名下仍然有效。请原用人单位先办理注销（原因选“转聘”），取得注销证明后再提交",
    "This permit is still in force with the former employer, who first has to cancel it (reason: moves to another employer). "
    "Submit once there is the certificate"), place="permit_number")


def answer(asked: PermitConsulted) -> None:
    paper = newest(asked.number)
    if paper is not None:
        asked.reasons.extend(against(paper, asked))


def newest(number: str) -> Issued | None:
    """The permit in force under this number, otherwise the last one that was."""
    rows = Issued.objects.filter(number=read_number(number) or number, kind="permit").select_related("case")
    return rows.order_by(*STANDING_FIRST).first()


def against(paper: Issued, asked: PermitConsulted) -> list[Reason]:
    if not is_his(paper.case.answers, asked):
        return [NOT_HIS]
    revoked_on = timezone.localtime(paper.revoked_at).date() if paper.revoked_at else None
    if paper.case.unit_id == asked.unit_id:
        return [cancelled(revoked_on)] if revoked_on else []
    ended = revoked_on is not None or (paper.valid_to is not None and paper.valid_to < asked.on)
    return [] if ended else [STILL_HELD]


def is_his(said: dict[str, Any], asked: PermitConsulted) -> bool:
    """By what the case gives: a passport of before or after a change, and the date of birth."""
    passports = {said.get("passport_number"), said.get("new_passport_number")}
    return (not asked.passport_number or asked.passport_number in passports) and (
        not asked.birth_date or asked.birth_date == said.get("birth_date"))


def cancelled(on: date) -> Reason:
    return Reason("permit_cancelled", CANCELLED.format(day=on.isoformat()), place="permit_number")
