"""Reminding units before their filing ends: without it none of their cases can be submitted (UNI-6)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from laihua.accounts.queries import contact_of
from laihua.kernel.texts import Text
from laihua.notifications.actions import Recipient, notify
from laihua.units import queries as units
from laihua.units.queries import START_FILING

DAYS_BEFORE = (30, 7)
SUBJECT = Text("企业备案将于{date}到期", "Your enterprise filing ends on {date}")
BODY = Text(
    "{unit}的企业备案{number}还有{days}天到期（{date}）。到期后不能提交新的申请，请提前续备；续备时会带入上一次备案的内容。",
    "The enterprise filing {number} of {unit} ends in {days} days, on {date}. After that no application can be submitted. "
    "Please renew it in time; the renewal begins with what you filed last.",
)
SMS = Text("企业备案还有{days}天到期，请提前续备。", "Your enterprise filing ends in {days} days. Please renew it in time.")


@transaction.atomic
def remind_of_filings(*, at: datetime) -> int:
    """Tell the handlers of every unit whose filing ends in 30 or 7 days; how many notices.

    Once for each filing and number of days, however often it runs on that day.
    """
    told = 0
    for days in DAYS_BEFORE:
        for filing in units.filings_ending(timezone.localtime(at).date() + timedelta(days=days)):
            name = Text(filing.unit.name_zh, filing.unit.name_en or filing.unit.name_zh)
            values = {"unit": name, "number": filing.number, "days": days, "date": filing.valid_to.isoformat()}
            for account_id in sorted({h.account_id for h in units.handlers_of(filing.unit_id)}):
                contact = contact_of(account_id)
                notify(
                    to=Recipient(account_id, contact.name, contact.language, contact.email, contact.phone),
                    subject=SUBJECT.format(**values), body=BODY.format(**values), sms=SMS.format(**values), link=START_FILING,
                    key=f"filing:{filing.id}:{days}:{account_id}", at=at,
                )
                told += 1
    return told
