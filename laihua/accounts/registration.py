"""Registration of people, and what a login name, a phone and a document must be like. Offered through `actions`.

Whoever registers has proved his phone by code first; that is the page's to see to, since a wrong guess must stay counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import uuid4

import phonenumbers
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from laihua.accounts import attempts, rules
from laihua.accounts.attempts import Counted
from laihua.accounts.identity.documents import TYPES, clean_number, wrong_number
from laihua.accounts.models import Account, Consent
from laihua.kernel.actions import record
from laihua.kernel.calendar import ZONE
from laihua.kernel.texts import CHINESE, Reason, Refused, Text

NAME_TAKEN = Reason("login_name_taken", Text("登录名已被注册", "This login name is already registered"),
                    place="login_name")
NAME_FREE = Text("登录名未被注册", "This login name is not registered")
NAME_UNFIT = Reason("login_name_unfit", Text(
    "登录名为3至64个字符，不含空格", "A login name has 3 to 64 characters and no spaces"), place="login_name")
NO_NAME = Reason("name_missing", Text("请填写姓名或单位名称", "Please give the name of the person or the unit"),
                 place="name_zh")
NO_LATIN_NAME = Reason("latin_name_missing", Text(
    "请按证件填写外文姓名，姓在前，如LINDQVIST SOEREN", "Give the name as on the document, family name first, such as LINDQVIST SOEREN"),
    place="name_latin")
NO_CHINESE_NAME = Reason("chinese_name_missing", Text(
    "请按证件填写中文姓名", "Please give the Chinese name as on the document"), place="name_zh")
PHONE_WRONG = Text(
    "手机号码无效。境内手机填11位，境外号码以+和国家代码开头，如+49 30 123456",
    "Not a valid number. In China 11 digits; abroad begin with + and the country code, such as +49 30 123456")
EMAIL_WRONG = Text("请填写完整的电子邮箱，如name@example.com", "Write a complete address, such as name@example.com")
NOT_AGREED = Reason("not_agreed", Text(
    "请阅读并同意用户协议和隐私说明", "Please read and agree to the user agreement and the privacy notice"), place="agreed")
PASSWORD_AGAIN = Reason("password_again", Text(
    "两次输入的密码不一致", "The two passwords differ"), place="password_again")
WEAK = {
    "password_too_short": Text("密码至少10个字符", "A password has at least 10 characters"),
    "password_too_common": Text("这个密码太常见，请换一个", "This password is too common, please choose another"),
    "password_entirely_numeric": Text("密码不能全部是数字", "A password cannot consist of digits alone"),
    "password_too_similar": Text("密码与登录名或姓名太相近", "This password is too close to the login name or the name"),
    "": Text("这个密码不够安全，请换一个", "This password is not safe enough, please choose another"),
}
LOOK_UPS_USED_UP = Reason("look_ups_used_up", Text(
    "检索次数过多，请一小时后再试", "Too many look-ups. Please try again in an hour"))
AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class Document:
    type: str
    number: str


def clean_phone(raw: str, place: str = "phone") -> str:
    """As it is kept: +8613800000000. A number without country code is taken as Chinese. Refused when it is none."""
    typed = raw.strip()
    try:
        number = phonenumbers.parse(f"+{typed[2:]}" if typed.startswith("00") else typed, "CN")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise Refused(Reason("phone_wrong", PHONE_WRONG, place=place))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def clean_email(raw: str, place: str = "email") -> str:
    try:
        validate_email(raw.strip())
    except ValidationError:
        raise Refused(Reason("email_wrong", EMAIL_WRONG, place=place)) from None
    local, _, domain = raw.strip().rpartition("@")
    return f"{local}@{domain.lower()}"


def clean_document(kind: str, number: str, prefix: str = "document") -> Document:
    cleaned = clean_number(number)
    wrong = wrong_number(kind, cleaned)
    if wrong:
        raise Refused(Reason(f"document_{wrong[0]}_wrong", wrong[1], place=f"{prefix}_{wrong[0]}"))
    return Document(kind, cleaned)


def wrong_with_name(*, document_type: str, name_zh: str, name_latin: str) -> Reason | None:
    """The name in the letters of the document: Latin on passports, Chinese on the others."""
    if document_type in TYPES and TYPES[document_type].latin:
        return None if name_latin.strip() else NO_LATIN_NAME
    return None if name_zh.strip() else NO_CHINESE_NAME


def wrong_with_login(*, login_name: str, password: str, again: str | None = None) -> list[Reason]:
    """Everything but whether the name is taken, which the table decides."""
    reasons = [] if is_fit(login_name) else [NAME_UNFIT]
    try:
        validate_password(password, Account(login_name=login_name))
    except ValidationError as weak:
        reasons += weaknesses(weak.error_list)
    if again is not None and again != password:
        reasons.append(PASSWORD_AGAIN)
    return reasons


def is_fit(login_name: str) -> bool:
    return 3 <= len(login_name) <= 64 and not any(c.isspace() or not c.isprintable() for c in login_name)


def weaknesses(errors: Iterable[ValidationError]) -> list[Reason]:
    codes = [error.code or "" for error in errors]
    return [Reason(code or "password_weak", WEAK.get(code, WEAK[""]), place="password") for code in codes]


@transaction.atomic
def register_person(
    *, login_name: str, password: str, name_zh: str, name_latin: str, document: Document, phone: str, email: str,
    agreement: str, at: datetime, language: str = CHINESE,
) -> Account:
    """A natural person who has read `agreement`. Refused where the login name is taken; everything else is checked before
    by the functions above, so that a page can tell it all at once."""
    account = Account(
        kind=Account.Kind.NATURAL, login_name=login_name, name_zh=name_zh.strip(), name_latin=name_latin.strip(), phone=phone,
        phone_index=phone, email=email, email_index=email, document_type=document.type,
        document_number=document.number, document_index=document.number, language=language, created_at=at,
    )
    return _registered(account, password, agreement, at)


@transaction.atomic
def register_legal_account(
    *, login_name: str, password: str, unit_name: str, phone: str, email: str, agreement: str, at: datetime,
    language: str = CHINESE,
) -> Account:
    """The account of a unit; `units.actions.register_legal_person` makes it together with the unit."""
    account = Account(
        kind=Account.Kind.LEGAL, login_name=login_name, name_zh=unit_name, phone=phone, phone_index=phone, email=email,
        email_index=email, language=language, created_at=at,
    )
    return _registered(account, password, agreement, at)


@transaction.atomic
def visitor_of(*, phone: str, at: datetime, language: str = CHINESE) -> Account:
    """The account without a password of whoever proved this phone in order to appeal; the same one when he comes back."""
    known = Account.objects.filter(kind=Account.Kind.VISITOR, phone_index=phone, is_active=True).order_by("created_at")
    account = known.first()
    if account is None:
        account = Account(kind=Account.Kind.VISITOR, login_name=f"visitor-{uuid4()}", phone=phone, phone_index=phone,
                          language=language, created_at=at)
        account.set_unusable_password()
        account.save(force_insert=True)
        record(chain=f"account:{account.id}", action="prove_phone", actor=account.id, subject=account.id, at=at)
    return account


def _registered(account: Account, password: str, agreement: str, at: datetime) -> Account:
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise Refused(NAME_TAKEN) from None
    version = sha256(agreement.encode()).hexdigest()
    Consent.objects.create(account=account, purpose=AGREEMENT, version=version, given_at=at)
    record(chain=f"account:{account.id}", action="register", actor=account.id, subject=account.id, at=at,
           data={"kind": account.kind, "agreement": version})
    return account


def count_look_up(*, address: str, at: datetime) -> None:
    """Before the table is asked. Refused when this address has looked up too many names."""
    hour = at.astimezone(ZONE).strftime("%Y%m%d%H")
    if attempts.count([Counted("look-up", f"{address}\0{hour}", rules.LOOK_UPS)], at=at):
        raise Refused(LOOK_UPS_USED_UP)
