"""Telling applicants before a document that they uploaded goes stale while the case waits (PRE-5)."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from laihua.accounts.queries import contact_of
from laihua.cases.models import Case, DocumentRead
from laihua.cases.staleness import WARNED_BEFORE, ends_on
from laihua.cases.telling import filers_of
from laihua.catalog import queries as catalog
from laihua.kernel.texts import Text
from laihua.notifications.actions import Recipient, notify
from laihua.prechecks.kind import kinds
from laihua.prechecks.remembered import document_of

SUBJECT = Text("材料“{slot}”即将不符合时间要求", "“{slot}” will soon be out of date")
TO_FILE = Text(
    "案件{number}（{service}）还没有提交。按材料上的日期，“{slot}”从{date}起不再符合时间要求。请在这之前提交，或者换上新的材料。",
    "Case {number} ({service}) has not been submitted. By the dates on it, “{slot}” no longer fits from {date} on. Please submit "
    "before that day, or upload a newer document.",
)
FILED = Text(
    "案件{number}（{service}）正在办理。按材料上的日期，“{slot}”在{date}前到期。请准备新的材料，审核人员可能会要求补交。",
    "Case {number} ({service}) is being handled. By the dates on it, “{slot}” runs out before {date}. Please have a newer document "
    "ready: the office may ask for it.",
)
NO_SMS = Text("", "")


@transaction.atomic
def remind_of_stale(*, at: datetime) -> int:
    """Tell whoever files, once for each file, when it goes stale within the days of WARNED_BEFORE; how many notices.

    A day on which nothing ran is made up. What was stale at its upload was told by a finding. Before the filing the months
    of the service count, after it no more than the document's own last day.
    """
    today = timezone.localtime(at).date()
    rows = (
        DocumentRead.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(stale_on__lte=today + WARNED_BEFORE, warned_on=None, state=DocumentRead.State.DONE, case__closed_at=None,
                file__material__current=F("file"))
        .select_related("case", "case__unit", "case__delegation", "file__material").order_by("asked_at")
    )
    return sum(tell(read, today, at) for read in rows)


def tell(read: DocumentRead, today: date, at: datetime) -> int:
    case, day = read.case, read.stale_on
    service = catalog.version(case.version_id).service
    slot = service.slots().get(read.file.material.key)
    if slot is None or read.kind not in kinds():
        return 0
    if case.submitted_at is not None:
        day = day_after_last(read)
        if day is None or day > today + WARNED_BEFORE:
            return 0
    DocumentRead.objects.filter(pk=read.pk).update(warned_on=today)
    if day is None or day <= timezone.localtime(read.asked_at).date():
        return 0
    values = {"number": case.number, "service": service.short_title, "slot": slot.title, "date": day.isoformat()}
    body, told = TO_FILE if case.submitted_at is None else FILED, 0
    for account_id in recipients(case):
        contact = contact_of(account_id)
        notify(
            to=Recipient(account_id, contact.name, contact.language, contact.email, ""), subject=SUBJECT.format(**values),
            body=body.format(**values), sms=NO_SMS, link=reverse("applicant:case", args=[case.id]),
            key=f"stale:{read.pk}:{account_id}", at=at,
        )
        told += 1
    return told


def day_after_last(read: DocumentRead) -> date | None:
    last = ends_on(document_of(read.found), kinds()[read.kind])
    return last and date.fromordinal(last.toordinal() + 1)


def recipients(case: Case) -> Iterator[UUID]:
    """The end that files, and the foreigner once he is linked."""
    first = filers_of(case) if case.unit_id else [case.started_by_id]
    yield from dict.fromkeys([*first, *([case.subject_id] if case.subject_id else [])])
