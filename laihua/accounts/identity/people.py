"""What a natural person says of himself (我的信息), and finding one by name and document."""

import hmac
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet

from laihua.accounts import attempts
from laihua.accounts.attempts import Counted
from laihua.accounts.identity import checks
from laihua.accounts.identity.documents import LONG_TERM, TYPES, clean_number, wrong_number, wrong_until
from laihua.accounts.models import Account
from laihua.accounts.permissions import Actor
from laihua.accounts.rules import Limit, locked_out
from laihua.kernel.actions import record
from laihua.kernel.calendar import ZONE
from laihua.kernel.crypto import normalised
from laihua.kernel.texts import Reason, Refused, Text

CHANGES = Limit(20, timedelta(hours=1))
"""Changes of one's own document, since each of them tells whether its number is bound to somebody."""
SEARCHES = Limit(20, timedelta(minutes=15))
"""Searches of one grantor for people."""
IDENTITY = ("name_zh", "name_latin", "document_type", "document_number")
"""What the provider is asked about: a change of these is checked anew."""

NAME_ZH_MISSING = Text("请填写证件上的中文姓名", "Please give the Chinese name on your document")
NAME_LATIN_MISSING = Text("请填写证件上的外文姓名（拉丁字母）", "Please give the name on your document in Latin letters")
NAME_LONG = Text("姓名最多100个字符", "A name has at most 100 characters")
EMAIL_WRONG = Text("请填写完整的电子邮箱，如name@example.com", "Write a complete address, such as name@example.com")
UNDER_REVIEW = Reason("under_review", Text(
    "您的证件正在人工审核，审核期间不能修改信息；需要修改的，请先撤回审核",
    "Your documents are under review, so nothing can be changed now; to change something, withdraw them first"))


@dataclass(frozen=True, slots=True)
class PersonInformation:
    """As typed. `document_until` is a day or `long_term`."""

    name_zh: str = ""
    name_latin: str = ""
    document_type: str = ""
    document_number: str = ""
    document_until: str = ""
    email: str = ""

    def cleaned(self) -> "PersonInformation":
        return PersonInformation(
            name_zh=" ".join(self.name_zh.split()), name_latin=" ".join(self.name_latin.split()).upper(),
            document_type=self.document_type, document_number=clean_number(self.document_number),
            document_until=self.document_until.strip(), email=self.email.strip(),
        )


def problems(information: PersonInformation, today: date) -> list[Reason]:
    """Everything that is wrong with cleaned information, in the order of the page."""
    found: list[Reason] = []
    latin = information.document_type in TYPES and TYPES[information.document_type].latin
    missing = [("name_latin", NAME_LATIN_MISSING)] if latin else [("name_zh", NAME_ZH_MISSING)]
    found += [Reason("missing", text, place=key) for key, text in missing if not getattr(information, key)]
    found += [Reason("too_long", NAME_LONG, place=key) for key in ("name_zh", "name_latin")
              if len(getattr(information, key)) > 100]
    wrong = wrong_number(information.document_type, information.document_number)
    if wrong:
        found.append(Reason(f"document_{wrong[0]}", wrong[1], place=f"document_{wrong[0]}"))
    if information.document_type in TYPES:
        until = wrong_until(information.document_type, information.document_until, today)
        found += [Reason("document_until", until, place="document_until")] if until else []
    if information.email and not _is_email(information.email):
        found.append(Reason("email", EMAIL_WRONG, place="email"))
    return found


def information_of(account: Account) -> PersonInformation:
    until = account.document_until.isoformat() if account.document_until else ""
    return PersonInformation(
        name_zh=account.name_zh, name_latin=account.name_latin, document_type=account.document_type,
        document_number=account.document_number, email=account.email,
        document_until=LONG_TERM if account.personal.get("document_long_term") else until,
    )


def complete_own_information(*, account_id: UUID, information: PersonInformation, actor: Actor, at: datetime) -> Account:
    """Save it and begin the automatic check, unless nothing of the identity changed since it passed.

    Refused with everything that is wrong; while an officer reviews the documents; with “证件号码已存在” where another
    account passed with the same document (ACC-7); after too many changes.
    """
    given = information.cleaned()
    wrong = problems(given, at.astimezone(ZONE).date())
    if wrong:
        raise Refused(*wrong)
    _count("identity", account_id, CHANGES, at)
    with transaction.atomic():
        account = Account.objects.select_for_update().get(id=account_id)
        before = information_of(account)
        if account.real_name_status == Account.RealName.PENDING:
            raise Refused(UNDER_REVIEW)
        if bound_elsewhere(given.document_number, account_id):
            raise Refused(checks.DOCUMENT_BOUND)
        changed = [key for key, value in asdict(given).items() if value != getattr(before, key)]
        if set(changed) & set(IDENTITY):
            account.real_name_status = Account.RealName.NONE
        _put(account, given)
        record(chain=f"account:{account_id}", action="complete_information", actor=actor.account_id or "system",
               acting_for=actor.organisation_id, subject=account_id, at=at, data={"changed": changed})
        if account.real_name_status != Account.RealName.PASSED:
            checks.begin_identity_check(target=checks.PERSON, account_id=account_id, actor=actor, at=at)
    account.refresh_from_db()
    return account


def bound_elsewhere(document_number: str, account_id: UUID) -> bool:
    """Whether another natural person passed with this document."""
    return _passed(document_number).exclude(id=account_id).exists()


def verified_person(*, name: str, document_number: str, asked_by: UUID, at: datetime) -> Account | None:
    """Somebody who passed, by real name and document number together. Nobody is told which of the two did not fit.

    Refused after too many searches of the one who asks.
    """
    _count("person_search", asked_by, SEARCHES, at)
    number = clean_number(document_number)
    account = _passed(number).filter(is_active=True).first() if normalised("document", number) else None
    asked = _plain(name)
    known = [_plain(account.name_zh), _plain(account.name_latin)] if account else ["", ""]
    same = [hmac.compare_digest(asked.encode(), one.encode()) for one in known]
    return account if asked and any(same) else None


def claimed_person(*, login_name: str, name: str, document_number: str) -> UUID | None:
    """Whose account an appeal means: who passed with this document, or the account of that login name as long as nothing
    that it holds speaks against it. The name must be the account's in either case."""
    number = clean_number(document_number)
    account = _passed(number).filter(is_active=True).first() if normalised("document", number) else None
    if account is None and login_name:
        try:
            found = Account.objects.get_by_natural_key(login_name)
        except Account.DoesNotExist:
            return None
        fits = not found.document_number or clean_number(found.document_number) == number
        account = found if fits and found.kind == Account.Kind.NATURAL and found.is_active and not found.merged_into_id else None
    if account is None or not _plain(name) or _plain(name) not in {_plain(account.name_zh), _plain(account.name_latin)}:
        return None
    return account.id


def _passed(document_number: str) -> QuerySet[Account]:
    return Account.objects.filter(
        document_index=document_number, kind=Account.Kind.NATURAL, real_name_status=Account.RealName.PASSED, merged_into=None
    )


def _put(account: Account, given: PersonInformation) -> None:
    long_term = given.document_until == LONG_TERM
    account.name_zh, account.name_latin = given.name_zh, given.name_latin
    account.document_type, account.document_number = given.document_type, given.document_number
    account.document_until = None if long_term else date.fromisoformat(given.document_until)
    account.email, account.email_index = given.email, given.email or None
    account.personal = {**account.personal, "document_long_term": long_term}
    account.document_index = given.document_number
    account.save(update_fields=["name_zh", "name_latin", "document_type", "document_number", "document_until", "email",
                                "email_index", "personal", "document_index", "real_name_status"])


def _count(kind: str, account_id: UUID, limit: Limit, at: datetime) -> None:
    until = attempts.count([Counted(kind, str(account_id), limit)], at=at)
    if until:
        raise Refused(locked_out(until.astimezone(ZONE)))


def _plain(name: str) -> str:
    return normalised("name", name)


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
