"""Accounts that may be one person (ENT-3): found at entry, held, decided by an operator. Offered by actions and queries.

Compared are accounts of the same kind in the whole hall, though the source speaks of one system: here one account opens
all systems, so a second one of the same person is a second one everywhere, and one decision settles it everywhere.
A legal account and its handler may share a telephone; so kinds are not compared with each other.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Lower

from laihua.accounts.events import AccountsMerged, DuplicateDecided
from laihua.accounts.models import Account, Duplicate, FederatedIdentity, Grant, Session, SignInEntry
from laihua.accounts.permissions import Actor
from laihua.kernel import events
from laihua.kernel.actions import record
from laihua.kernel.masking import mask
from laihua.kernel.texts import Reason, Refused, Text

NOTE_LENGTH = 500
NOT_OPERATOR = Reason("not_operator", Text(
    "只有平台运行人员可以处理疑似重复的账号", "Only a hall operator decides about suspected duplicates"))
NO_NOTE = Reason("note_missing", Text(
    "请写明处理依据，500字以内", "Please say on what grounds, in at most 500 characters"), place="note")
NO_STATEMENT = Reason("statement_missing", Text(
    "请写1至500个字的说明", "Please write between 1 and 500 characters"), place="statement")
DECIDED = Reason("decided", Text("这一对账号已经处理过，没有再次更改", "This pair was decided before; nothing was changed"))
NOT_OF_PAIR = Reason("not_of_pair", Text("请选择保留两个账号中的哪一个", "Please choose which of the two accounts is kept"),
                     place="keep")
MERGED = Text(
    "该账号已并入账号{name}，请使用保留的账号登录。原有办件和授权都在保留的账号里",
    "This account went into account {name}. Please sign in with that one; all cases and roles are there",
)
GONE = Reason("account_gone", Text(
    "其中一个账号已注销或已并入其他账号，不能合并", "One of the accounts was closed or merged before; they cannot be merged"))


@dataclass(frozen=True, slots=True)
class Hold:
    """Why an account stands still. `decided`: an operator rejected it, and what was the same still is."""

    found_at: datetime
    same: tuple[str, ...]
    decided: bool
    note: str


@transaction.atomic
def find_duplicates(*, account_id: UUID, system: str, at: datetime) -> None:
    """Compare the account with all others of its kind by blind index; of each new pair the newer account is held.

    A pair that was decided stays decided, unless something more has become the same since.
    """
    account = Account.objects.get(id=account_id)
    same_as = Q()
    if account.document_index is not None:
        same_as |= Q(document_index=account.document_index)
    if account.phone_index is not None:
        same_as |= Q(phone_index=account.phone_index)
    if not same_as or not is_comparable(account):
        return
    others = Account.objects.filter(same_as, kind=account.kind, merged_into=None, erased_at=None).exclude(id=account.id)
    for other in others.order_by("created_at", "id"):
        older, newer = sorted((account, other), key=lambda one: (one.created_at, str(one.id)))
        _note_pair(newer, older, system, at)


def hold_of(account_id: UUID) -> Hold | None:
    """What keeps this account out of every business system now: a pair to be decided, or one rejected and not mended."""
    rows = Duplicate.objects.filter(
        account_id=account_id, state__in=[Duplicate.State.OPEN, Duplicate.State.REJECTED]
    ).select_related("account", "other").order_by("state", "found_at")
    for row in rows:
        decided = row.state == Duplicate.State.REJECTED
        if not decided or set(shared(row.account, row.other)) & set(row.same):
            return Hold(row.found_at, tuple(row.same), decided, row.note)
    return None


def is_comparable(account: Account) -> bool:
    """A visitor shares his telephone with the very account that he appeals for."""
    return account.kind != Account.Kind.VISITOR and account.merged_into_id is None and account.erased_at is None


def shared(one: Account, other: Account) -> list[str]:
    pairs = {"document": (one.document_index, other.document_index), "phone": (one.phone_index, other.phone_index)}
    return [name for name, (mine, theirs) in pairs.items() if mine is not None and mine == theirs]


def open_pair_of(account_id: UUID) -> Duplicate | None:
    return Duplicate.objects.filter(account_id=account_id, state=Duplicate.State.OPEN).order_by("found_at").first()


@transaction.atomic
def state_case(*, account_id: UUID, text: str, at: datetime) -> None:
    """What the held person says of it, for the operator. A second statement takes the place of the first."""
    text = text.strip()
    if not 0 < len(text) <= NOTE_LENGTH:
        raise Refused(NO_STATEMENT)
    rows = Duplicate.objects.select_for_update().filter(account_id=account_id, state=Duplicate.State.OPEN)
    for row in rows:
        row.statement = text
        row.save(update_fields=["statement"])
    if rows:
        record(chain=f"account:{account_id}", action="state_case", actor=account_id, subject=account_id, at=at)


def merged_account(login_name: str) -> Account | None:
    """An account that signs in no more, since it went into another one."""
    folded = login_name.strip().lower()
    rows = Account.objects.alias(folded=Lower("login_name")).filter(merged_into__isnull=False).select_related("merged_into")
    return rows.filter(folded=folded).first() if "\0" not in folded else None


def has_merged(account: Account) -> Reason:
    """For whoever knew its password: which account to use, as its owner recognises it."""
    kept = account.merged_into
    return Reason("merged", MERGED.format(name=mask("login_name", kept.login_name) if kept else ""))


@dataclass(frozen=True, slots=True)
class Pair:
    """For the operator's desk: the held account, the other one, and what else is known of each."""

    row: Duplicate
    grants: dict[UUID, list[Grant]]
    last_sign_in: dict[UUID, datetime]

    @property
    def sides(self) -> tuple[Account, Account]:
        return self.row.account, self.row.other


def open_pairs(limit: int = 100) -> list[Duplicate]:
    """The oldest first."""
    return list(
        Duplicate.objects.filter(state=Duplicate.State.OPEN).select_related("account", "other").order_by("found_at", "id")[:limit]
    )


def decided_pairs(limit: int = 50) -> list[Duplicate]:
    """The newest first."""
    return list(
        Duplicate.objects.exclude(state=Duplicate.State.OPEN).filter(decided_at__isnull=False)
        .select_related("account", "other", "decided_by").order_by("-decided_at", "id")[:limit]
    )


def pair(duplicate_id: UUID) -> Pair | None:
    row = Duplicate.objects.select_related("account", "other", "decided_by").filter(id=duplicate_id).first()
    if row is None:
        return None
    both = (row.account_id, row.other_id)
    grants: dict[UUID, list[Grant]] = {key: [] for key in both}
    for grant in Grant.objects.filter(account_id__in=both, revoked_at=None).select_related("organisation").order_by("granted_at"):
        grants[grant.account_id].append(grant)
    seen = SignInEntry.objects.filter(account_id__in=both).order_by("account_id", "-at").distinct("account_id")
    return Pair(row, grants, {entry.account_id: entry.at for entry in seen if entry.account_id})


def counts_of_pairs() -> dict[str, int]:
    return {row["state"]: row["n"] for row in Duplicate.objects.values("state").annotate(n=Count("id"))}


@transaction.atomic
def keep_both(*, duplicate_id: UUID, note: str, actor: Actor, at: datetime) -> None:
    """Two people after all: the held account goes on. Refused without a note, and when the pair was decided before."""
    row = _decide(duplicate_id, Duplicate.State.KEPT, note, actor, at)
    events.publish(DuplicateDecided(row.id, row.account_id, row.state, at))


@transaction.atomic
def reject_account(*, duplicate_id: UUID, note: str, actor: Actor, at: datetime) -> None:
    """The held account stays out of every business system until what is the same is corrected. It can still sign in."""
    row = _decide(duplicate_id, Duplicate.State.REJECTED, note, actor, at)
    events.publish(DuplicateDecided(row.id, row.account_id, row.state, at))


@transaction.atomic
def merge_accounts(*, duplicate_id: UUID, keep_id: UUID | None, note: str, actor: Actor, at: datetime) -> None:
    """One person: everything goes to the account that is kept, the other one signs in no more.

    Grants, portal identities and, by event, enrolments, cases and messages move. History keeps who did what.
    """
    row = _decide(duplicate_id, Duplicate.State.MERGED, note, actor, at)
    if keep_id not in (row.account_id, row.other_id):
        raise Refused(NOT_OF_PAIR)
    locked = {a.id: a for a in Account.objects.select_for_update().filter(id__in=(row.account_id, row.other_id)).order_by("id")}
    kept = locked.pop(keep_id)
    (merged,) = locked.values()
    if any(a.merged_into_id or a.erased_at for a in (kept, merged)):
        raise Refused(GONE)
    merged.merged_into, merged.is_active = kept, False
    merged.save(update_fields=["merged_into", "is_active"])
    _move_grants(merged, kept, actor, at)
    FederatedIdentity.objects.filter(account=merged).update(account=kept)
    _carry_real_name(merged, kept)
    Session.objects.filter(account_id=merged.id).delete()
    _close_other_pairs(merged, row, at)
    events.publish(AccountsMerged(merged.id, kept.id, actor.account_id, at))
    for account, action in ((merged, "merged_into"), (kept, "merged_with")):
        other = kept if account is merged else merged
        _record(account.id, action, actor, at, other=str(other.id), duplicate=str(row.id))
    events.publish(DuplicateDecided(row.id, row.account_id, row.state, at, kept_id=kept.id))


def look_at_account(*, duplicate_id: UUID, account_id: UUID, what: str, actor: Actor, at: datetime) -> str:
    """One hidden value of an account of the pair, for the operator who compares. Every look is recorded."""
    _require_operator(actor)
    row = Duplicate.objects.select_related("account", "other").get(id=duplicate_id)
    account = next((a for a in (row.account, row.other) if a.id == account_id), None)
    if account is None or what not in LOOKED_AT:
        raise Refused(NOT_OF_PAIR)
    _record(account.id, "look_at", actor, at, what=what, duplicate=str(row.id))
    return str(getattr(account, what))


LOOKED_AT = frozenset({"name_zh", "name_latin", "document_number", "phone", "email", "login_name"})


def _note_pair(newer: Account, older: Account, system: str, at: datetime) -> None:
    same = shared(newer, older)
    row, is_new = Duplicate.objects.get_or_create(
        account=newer, other=older, defaults={"system": system, "same": same, "found_at": at}
    )
    if is_new:
        record(chain=f"account:{newer.id}", action="hold_duplicate", actor="system", subject=newer.id, at=at,
               data={"duplicate": str(row.id), "same": same, "system": system})
    elif row.state in (Duplicate.State.OPEN, Duplicate.State.KEPT) and set(same) - set(row.same):
        row.same, row.state = sorted({*row.same, *same}), Duplicate.State.OPEN
        row.save(update_fields=["same", "state"])


def _decide(duplicate_id: UUID, state: Duplicate.State, note: str, actor: Actor, at: datetime) -> Duplicate:
    _require_operator(actor)
    if not 0 < len(note.strip()) <= NOTE_LENGTH:
        raise Refused(NO_NOTE)
    row = Duplicate.objects.select_for_update().get(id=duplicate_id)
    if row.state != Duplicate.State.OPEN:
        raise Refused(DECIDED)
    row.state, row.note, row.decided_at, row.decided_by_id = state, note.strip(), at, actor.account_id
    row.save(update_fields=["state", "note", "decided_at", "decided_by"])
    _record(row.account_id, "decide_duplicate", actor, at, duplicate=str(row.id), decision=str(state))
    return row


def _move_grants(merged: Account, kept: Account, actor: Actor, at: datetime) -> None:
    held = set(Grant.objects.filter(account=kept, revoked_at=None).values_list("organisation_id", "role", "system"))
    for grant in Grant.objects.select_for_update().filter(account=merged, revoked_at=None):
        grant.revoked_at, grant.revoked_by_id = at, actor.account_id
        grant.save(update_fields=["revoked_at", "revoked_by"])
        if (grant.organisation_id, grant.role, grant.system) not in held:
            Grant.objects.create(account=kept, organisation_id=grant.organisation_id, role=grant.role, system=grant.system,
                                 granted_by_id=actor.account_id, granted_at=at)
        record(chain=f"organisation:{grant.organisation_id}", action="move_grant", actor=actor.account_id or "system",
               acting_for=actor.organisation_id, subject=kept.id, at=at,
               data={"grant": str(grant.id), "from": str(merged.id), "role": grant.role})


def _carry_real_name(merged: Account, kept: Account) -> None:
    passed = Account.RealName.PASSED
    is_same = merged.document_index is not None and merged.document_index == kept.document_index
    if is_same and merged.real_name_status == passed and kept.real_name_status != passed:
        kept.real_name_status = passed
        kept.save(update_fields=["real_name_status"])


def _close_other_pairs(merged: Account, row: Duplicate, at: datetime) -> None:
    """Pairs of the merged account with third ones are compared anew, with the kept one, at the next entry."""
    Duplicate.objects.filter(Q(account=merged) | Q(other=merged), state=Duplicate.State.OPEN).exclude(id=row.id).delete()


def _require_operator(actor: Actor) -> None:
    if "operator" not in actor.roles:
        raise Refused(NOT_OPERATOR)


def _record(account_id: UUID, action: str, actor: Actor, at: datetime, **data: str) -> None:
    record(chain=f"account:{account_id}", action=action, actor=actor.account_id or "system",
           acting_for=actor.organisation_id, subject=account_id, at=at, data=data)
