"""Reminding handlers before the last day on which the extension of a permit on their roster may be filed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from laihua.accounts.queries import contact_of
from laihua.kernel.texts import Text
from laihua.notifications.actions import Recipient, notify
from laihua.units import queries as units

SUBJECT = Text("{name}的工作许可最晚{date}申请延期", "{name}: file the extension of the work permit by {date}")
BODY = Text(
    "{unit}的外籍人员{name}，工作许可{ends}到期，最晚{date}申请延期，还有{days}天。超过这一天不再受理延期，须重新申请。已经提交的请忽略。",
    "The work permit of {name}, of {unit}, ends on {ends}. The last day to file an extension is {date}, in {days} days; after that a "
    "new application is needed. Ignore this where it has been filed.",
)
NO_SMS = Text("", "")


@transaction.atomic
def remind_of_extensions(*, at: datetime) -> int:
    """Tell those who keep the roster when the last day to file is so near as reference/roster.yaml says; how many notices.

    Once for each person, day of expiry, number of days and handler, however often it runs and whatever day it was away.
    The name is masked, since a message leaves the hall.
    """
    today, steps = timezone.localtime(at).date(), units.roster_periods().reminders
    keepers: dict[UUID, list[UUID]] = {}
    told = 0
    for member in units.closing_within(today, max(steps)) if steps else ():
        extension = units.extension(member.permit_to)
        if extension is None:
            continue
        left = (extension.last - today).days
        step = min(days for days in steps if left <= days)
        values = {
            "unit": Text(member.unit.name_zh, member.unit.name_en or member.unit.name_zh), "date": extension.last.isoformat(),
            "ends": extension.permit_to.isoformat(), "days": left, "name": units.masked_name(member),
        }
        if member.unit_id not in keepers:
            keepers[member.unit_id] = units.keepers_of(member.unit_id)
        for account_id in keepers[member.unit_id]:
            contact = contact_of(account_id)
            notify(
                to=Recipient(account_id, contact.name, contact.language, contact.email, ""), subject=SUBJECT.format(**values),
                body=BODY.format(**values), sms=NO_SMS, link=f"/roster/{member.id}/",
                key=f"extension:{member.id}:{extension.permit_to}:{step}:{account_id}", at=at,
            )
            told += 1
    return told
