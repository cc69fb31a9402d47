"""The sign-in log (SES-6): appended to at every sign-in, read by auditors, changed by nobody.

Chained like the audit trail, one chain for each day of China: whoever signs in waits for nobody of another day, and the
daily seal covers each day once. `laihua audit verify` reads it with every other chain.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from laihua.accounts.models import Account, SignInEntry
from laihua.kernel import chain as chains
from laihua.kernel.actions import record
from laihua.kernel.calendar import ZONE, day_of
from laihua.kernel.crypto import blind_index
from laihua.kernel.texts import Text

WAYS = {
    "password": Text("登录名和密码", "Login name and password"),
    "portal": Text("一网通办登录", "Government portal"),
    "special": Text("特殊登录", "Special sign-in"),
    "code": Text("短信验证码", "SMS code"),
    "delegation": Text("一事一委托", "Delegation of one matter"),
}
LOG = "sign_in_log"


@transaction.atomic
def note_sign_in(
    *, way: str, at: datetime, account_id: UUID | None = None, portal: str = "", portal_user_id: str = "",
    unit_code: str = "", unit_name: str = "", credit_code: str = "", phone: str = "", handler_id: UUID | None = None,
    delegation_id: UUID | None = None,
) -> SignInEntry:
    """Append one line, in the caller's transaction. The day's chain is locked until its end: call it last."""
    chain = f"sign_in:{day_of(at).isoformat()}"
    chains.lock(chain)
    seq, previous = chains.tail(SignInEntry, chain)
    entry = SignInEntry(
        chain=chain, seq=seq + 1, previous_hash=previous, at=at, way=way, account_id=account_id, portal=portal,
        portal_user_id=portal_user_id[:200], unit_code=unit_code[:64], unit_name=unit_name[:200],
        credit_code=credit_code[:18], phone=phone, phone_index=blind_index("phone", phone) if phone else None,
        handler_id=handler_id, delegation_id=delegation_id,
    )
    chains.seal(entry)
    entry.save(force_insert=True)
    return entry


@dataclass(frozen=True, slots=True)
class SignInFilter:
    """What an auditor looks for; an empty value does not filter. Both days count.

    `phone` is a blind index: a number stands in no address. `unit` is a code in full or a part of the name.
    """

    since: date | None = None
    until: date | None = None
    way: str = ""
    unit: str = ""
    phone: bytes = b""
    handler: UUID | None = None

    def as_data(self) -> dict[str, str]:
        """For the audit trail, without the number that was looked for."""
        found = {
            "since": self.since.isoformat() if self.since else "", "until": self.until.isoformat() if self.until else "",
            "way": self.way, "unit": self.unit, "phone": "given" if self.phone else "", "handler": str(self.handler or ""),
        }
        return {name: value for name, value in found.items() if value}


Position = tuple[datetime, UUID]


def sign_ins(asked: SignInFilter, *, after: Position | None = None, limit: int) -> list[SignInEntry]:
    """Newest first; `after` is the place of the last line of the page before. One statement."""
    rows = matching(asked)
    if after:
        at, id_ = after
        rows = rows.filter(Q(at__lt=at) | Q(at=at, id__gt=id_))
    return list(rows.order_by("-at", "id")[:limit])


def every_sign_in(asked: SignInFilter, limit: int) -> Iterator[SignInEntry]:
    """For an export: the lines one by one, read in portions."""
    yield from matching(asked).order_by("-at", "id")[:limit].iterator(chunk_size=500)


def count_sign_ins(asked: SignInFilter) -> int:
    return matching(asked).count()


def sign_in_entry(entry_id: UUID) -> SignInEntry | None:
    return SignInEntry.objects.filter(id=entry_id).first()


def handler_called(text: str) -> UUID | None:
    """Whom an auditor means: by account number, login name, or mobile number. None where nobody is called so."""
    try:
        return UUID(text)
    except ValueError:
        pass
    try:
        return Account.objects.get_by_natural_key(text).id
    except Account.DoesNotExist:
        pass
    digits = [c for c in text if c.isdigit()]
    if len(digits) < 7:
        return None
    found = Account.objects.filter(phone_index=blind_index("phone", text)).order_by("created_at", "id")
    return found.values_list("id", flat=True).first()


def phone_index(text: str) -> bytes:
    """By which a number is looked for; empty where the text holds no digit."""
    return blind_index("phone", text) if any(c.isdigit() for c in text) else b""


def look_at_sign_in(*, entry_id: UUID, what: str, actor: UUID, at: datetime) -> None:
    """An auditor looks at a masked value: kept in the audit trail before it is shown."""
    record(chain=LOG, action="look_at_sign_in", actor=actor, subject=entry_id, at=at, data={"what": what})


def export_sign_ins(asked: SignInFilter, *, actor: UUID, at: datetime, limit: int) -> int:
    """Note in the audit trail who takes how many lines of the log with him, and by which filter."""
    count = min(count_sign_ins(asked), limit)
    record(chain=LOG, action="export_sign_ins", actor=actor, at=at, data={"lines": count, "filter": asked.as_data()})
    return count


def matching(asked: SignInFilter) -> QuerySet[SignInEntry]:
    rows = SignInEntry.objects.all()
    if asked.since:
        rows = rows.filter(at__gte=datetime.combine(asked.since, time.min, ZONE))
    if asked.until:
        rows = rows.filter(at__lt=datetime.combine(asked.until + timedelta(days=1), time.min, ZONE))
    if asked.way:
        rows = rows.filter(way=asked.way)
    if asked.unit:
        rows = rows.filter(Q(unit_code=asked.unit) | Q(credit_code=asked.unit.upper()) | Q(unit_name__icontains=asked.unit))
    if asked.phone:
        rows = rows.filter(phone_index=asked.phone)
    if asked.handler:
        rows = rows.filter(Q(handler_id=asked.handler) | Q(account_id=asked.handler))
    return rows
