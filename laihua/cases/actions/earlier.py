"""Cases of systems before this one (ACC-14): taken over from a file, and linked by an operator after checking."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from laihua.accounts import queries as accounts
from laihua.accounts.permissions import Actor
from laihua.cases.models import EarlierCase
from laihua.kernel.actions import record
from laihua.kernel.texts import Reason, Refused, Text

COLUMNS = ("number", "old_login_name", "service", "state", "unit_name", "credit_code", "subject_name", "submitted_on", "closed_on")
REQUIRED = ("number", "old_login_name", "service", "state", "submitted_on", "closed_on")
LENGTHS = {"number": 40, "old_login_name": 64, "service": 120, "unit_name": 200, "credit_code": 18}
NOT_OPERATOR = Reason("not_operator", Text("只有平台运行人员可以关联以前的办件", "Only a hall operator links earlier cases"))
NO_ACCOUNT = Reason("no_account", Text("没有这个登录名的账号", "There is no account with this login name"), place="login_name")
NOTHING = Reason("nothing_to_link", Text(
    "请至少选择一件尚未关联的办件", "Please choose at least one case that is not linked yet"), place="cases")
NOT_HIS_UNIT = Reason("not_his_unit", Text("该账号没有这个单位的授权", "This account holds no role in that unit"), place="unit")
NO_NOTE = Reason("note_missing", Text("请写明核对了什么，500字以内", "Please say what was checked, in at most 500 characters"),
                 place="note")


@dataclass(frozen=True, slots=True)
class Imported:
    taken: int
    known: int


class FileFault(Exception):
    """The file cannot be taken over; says for each line what is wrong. Nothing of it was taken."""


@transaction.atomic
def import_earlier_cases(*, path: Path, at: datetime, actor: str = "operator") -> Imported:
    """All rows of a CSV file with the columns of COLUMNS, or none. A number that is known already is left as it is."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := [column for column in REQUIRED if column not in (reader.fieldnames or ())]:
            raise FileFault(f"{path.name}: the first line names no column {', '.join(missing)}. There are: {', '.join(COLUMNS)}.")
        rows = list(enumerate(reader, start=2))
    if faults := [fault for line, row in rows for fault in _faults(path.name, line, row)]:
        raise FileFault("\n".join(faults))
    found = {row["number"].strip(): row for _, row in rows}
    known = set(EarlierCase.objects.filter(number__in=found).values_list("number", flat=True))
    new = [_made(row, at) for number, row in found.items() if number not in known]
    EarlierCase.objects.bulk_create(new, batch_size=500)
    record(chain="cases:earlier", action="import_earlier_cases", actor=actor, at=at, data={"taken": len(new), "known": len(known)})
    return Imported(len(new), len(known))


@transaction.atomic
def link_earlier_cases(
    *, case_ids: Iterable[UUID], login_name: str, unit_id: UUID | None, note: str, actor: Actor, at: datetime
) -> int:
    """These cases now stand in the lists of the account or, with `unit_id`, of its unit. Recorded with what was checked.

    Refused: an unknown account, a unit in which the account holds no role, and cases that are linked already.
    """
    if "operator" not in actor.roles:
        raise Refused(NOT_OPERATOR)
    account = accounts.account_named(login_name.strip())
    if account is None or not account.is_active:
        raise Refused(NO_ACCOUNT)
    if unit_id is not None and unit_id not in {post.organisation_id for post in accounts.posts_of(account.id)}:
        raise Refused(NOT_HIS_UNIT)
    if not 0 < len(note.strip()) <= 500:
        raise Refused(NO_NOTE)
    rows = list(EarlierCase.objects.select_for_update().filter(id__in=list(case_ids), linked_at=None).order_by("id"))
    if not rows:
        raise Refused(NOTHING)
    EarlierCase.objects.filter(id__in=[row.id for row in rows]).update(
        account_id=account.id, unit_id=unit_id, linked_by_id=actor.account_id, linked_at=at
    )
    record(chain=f"account:{account.id}", action="link_earlier_cases", actor=actor.account_id or "system",
           acting_for=actor.organisation_id, subject=account.id, at=at,
           data={"cases": [row.number for row in rows], "unit": str(unit_id or ""), "note": note.strip()})
    return len(rows)


def _faults(name: str, line: int, row: dict[str, str | None]) -> Iterator[str]:
    values = {column: (row.get(column) or "").strip() for column in COLUMNS}
    for column in REQUIRED:
        if not values[column]:
            yield f"{name}:{line}: {column} is empty."
    for column, length in LENGTHS.items():
        if len(values[column]) > length or "\0" in values[column]:
            yield f"{name}:{line}: {column} is longer than {length} characters, or not text."
    if values["state"] and values["state"] not in EarlierCase.State.values:
        yield f"{name}:{line}: state “{values['state']}” is none of {', '.join(EarlierCase.State.values)}."
    days = [_day(values[column]) for column in ("submitted_on", "closed_on")]
    for column, day in zip(("submitted_on", "closed_on"), days, strict=True):
        if values[column] and day is None:
            yield f"{name}:{line}: {column} is not a day like 2024-05-31."
    if days[0] and days[1] and days[0] > days[1]:
        yield f"{name}:{line}: closed_on lies before submitted_on."


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _made(row: dict[str, str], at: datetime) -> EarlierCase:
    values = {column: (row.get(column) or "").strip() for column in COLUMNS}
    return EarlierCase(imported_at=at, **values)
