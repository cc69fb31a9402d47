"""What an approved unit registration and an approved enterprise filing change."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from laihua.accounts.permissions import SYSTEM
from laihua.cases.effects import effect
from laihua.kernel.texts import Text
from laihua.notifications.actions import Recipient, notify
from laihua.units import actions as units

if TYPE_CHECKING:
    from laihua.cases.queries.dossier import Dossier

INVITED = Text("您已登记为单位的经办人", "You were named as a handler of a unit")
INVITATION = Text(
    "{unit}已在外国人来华工作管理服务系统登记您为经办人。请用本人证件注册个人账号（自然人）并通过实名认证，之后自动获得授权，"
    "可以登录为单位办理业务。不是您本人的，请忽略并联系该单位。",
    "{unit} named you as its handler in the system for foreigners' work. Please register an account as a natural person with "
    "your own document and pass real-name authentication; you are then authorised by itself and can act for the unit. If this "
    "is not meant for you, ignore it and tell the unit.",
)
SMS = Text(
    "您已登记为单位的经办人，请注册个人账号并通过实名认证，之后即可为单位办理业务。",
    "You were named as a handler of a unit. Please register and pass real-name authentication; then you can act for it.",
)


@effect
def register_unit_information(dossier: "Dossier", at: datetime) -> None:
    """The unit as it was reviewed; its handlers authorised, or told how they will be. The first of them is the contact."""
    case, answers = dossier.case, dossier.answers
    if case.unit_id is None:
        raise LookupError("a registration has a unit")
    rows: list[dict[str, Any]] = answers["handlers"]
    units.update_unit(
        unit_id=case.unit_id, name_en=answers["unit_name_en"], registered_address=answers["registered_address"],
        contact_name=rows[0]["name"], contact_phone=rows[0]["mobile"], is_agency=answers["is_agency"] == "yes", actor=SYSTEM, at=at,
    )
    waiting = units.name_handlers(
        unit_id=case.unit_id, system=dossier.service.system, named=[named(row) for row in rows], at=at
    )
    for row in waiting:
        notify(
            to=Recipient(None, row.name, "zh-hans", row.email, row.phone), subject=INVITED,
            body=INVITATION.format(unit=case.unit.name_zh if case.unit else ""), sms=SMS, link="/register/",
            key=f"named_handler:{row.id}", at=at,
        )


def named(row: dict[str, Any]) -> units.Named:
    return units.Named(
        name=row["name"], document_type=row["document_type"], document_number=row["document_number"], phone=row["mobile"],
        email=row.get("email", ""), post=row.get("post", ""),
    )


@effect
def approve_enterprise_filing(dossier: "Dossier", at: datetime) -> None:
    """Under the number of its case, for the days that the service works out as `filing_from` and `filing_to`."""
    case, names = dossier.case, dossier.names
    if case.unit_id is None:
        raise LookupError("a filing has a unit")
    units.approve_filing(
        unit_id=case.unit_id, number=case.number, valid_from=names["filing_from"], valid_to=names["filing_to"], actor=SYSTEM, at=at
    )
