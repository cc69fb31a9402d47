"""Signing in: name and password, the organisation one acts for, the second factor. Offered through `actions`.

Not atomic as a whole: a failed attempt must stay counted.
"""

import time
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.http import HttpRequest

from laihua.accounts import attempts, queries, rules, totp
from laihua.accounts.attempts import Counted
from laihua.accounts.devices import known_device
from laihua.accounts.duplicates import has_merged, merged_account
from laihua.accounts.models import Account, TotpDevice
from laihua.accounts.session_store import DEVICE, SEEN_AT, SIGNED_IN_AT
from laihua.accounts.sessions import device_in_words
from laihua.accounts.sign_in_log import note_sign_in
from laihua.kernel.actions import record
from laihua.kernel.calendar import ZONE, day_of
from laihua.kernel.texts import Reason, Refused, Text

WRONG = Reason("wrong_name_or_password", Text("登录名或密码错误", "Wrong login name or password"))
CODE_WRONG = Reason("totp_wrong", Text(
    "动态口令不正确，请输入验证器应用当前显示的6位数字",
    "This code is not right. Please type the 6 digits that your authenticator app shows now"), place="code")
CODE_USED = Reason("totp_used", Text(
    "该动态口令已使用，请等待下一个口令", "This code has been used. Please wait for the next one"), place="code")
NOT_HELD = Reason("post_not_held", Text(
    "您没有该组织的授权，请从列表中选择", "You hold no role there. Please choose from the list"))


def sign_in(request: HttpRequest, *, login_name: str, password: str, kind: str, address: str, at: datetime) -> Account:
    """Open a session for the account of this kind (tab of the page).

    One hash is computed whether the account exists or not. Refused with the same words for every mistake, and with the
    time of the next attempt after too many: per name and address, per address, and more slowly per name from everywhere.
    """
    mine = Counted("name", f"{login_name.casefold()}\0{address}", rules.NAME_AND_ADDRESS)
    everyone = Counted("address", address, rules.ADDRESS)
    until = attempts.count([mine, everyone], at=at)
    if until:
        raise Refused(rules.locked_out(until.astimezone(ZONE)))
    anywhere = Counted("name-day", f"{login_name.casefold()}\0{known_device(request, login_name)}\0{day_of(at)}", rules.NAME)
    if attempts.count([anywhere], at=at):
        raise Refused(rules.NAME_TRIED_OUT)
    if (gone := merged_account(login_name)) is not None:
        right = gone.check_password(password) and gone.kind == kind
        raise Refused(has_merged(gone) if right else WRONG)
    account = authenticate(request, username=login_name, password=password)
    if not isinstance(account, Account) or account.kind != kind:
        raise Refused(WRONG)
    with transaction.atomic():
        attempts.forgive(cleared=mine, also=[everyone, anywhere])
        open_session(request, account, way="password", at=at)
    return account


@transaction.atomic
def open_session(request: HttpRequest, account: Account, *, way: str, at: datetime, **log: Any) -> None:
    """Sign in whoever has proved to be this account, under a new session id, and note it in the sign-in log, which takes
    `log` as it is. What an earlier visitor of the same browser had chosen or confirmed does not carry over."""
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    for key in (queries.CHOSEN, queries.CONFIRMED, queries.BOUND, queries.DELEGATION):
        request.session.pop(key, None)
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(time.time())
    request.session[DEVICE] = device_in_words(request.headers.get("User-Agent", ""))
    _forget_standing(request)
    record(chain=f"account:{account.id}", action="sign_in", actor=account.id, subject=account.id, at=at)
    note_sign_in(way=way, at=at, account_id=account.id, **log)


def sign_out(request: HttpRequest) -> None:
    logout(request)
    _forget_standing(request)


def choose_organisation(request: HttpRequest, *, organisation_id: UUID | None, at: datetime) -> None:
    """Act for this organisation from now on, or (None) for oneself. Refused where no role is held."""
    standing = queries.standing_of(request)
    if standing.account is None:
        raise Refused(NOT_HELD)
    if organisation_id is not None and organisation_id not in {post.organisation_id for post in standing.posts}:
        raise Refused(NOT_HELD)
    request.session.pop(queries.DELEGATION, None)
    request.session[queries.CHOSEN] = queries.HIMSELF if organisation_id is None else str(organisation_id)
    _forget_standing(request)
    record(chain=f"account:{standing.account.id}", action="choose_organisation", actor=standing.account.id,
           acting_for=organisation_id, subject=standing.account.id, at=at)


def begin_totp(*, account_id: UUID, at: datetime) -> TotpDevice:
    """The account's device; a new one waits for its first code."""
    device, _ = TotpDevice.objects.get_or_create(
        account_id=account_id, defaults={"secret": totp.new_secret(), "created_at": at}
    )
    return device


@transaction.atomic
def enrol_totp(*, account_id: UUID, secret: str, at: datetime) -> TotpDevice:
    """Register a device whose secret is known already, such as a printed one. Replaces an earlier device."""
    TotpDevice.objects.filter(account_id=account_id).delete()
    device = TotpDevice.objects.create(account_id=account_id, secret=secret, created_at=at, confirmed_at=at)
    record(chain=f"account:{account_id}", action="enrol_totp", actor="system", subject=account_id, at=at)
    return device


def confirm_totp(request: HttpRequest, *, account_id: UUID, code: str, at: datetime) -> None:
    """Accept a code of the device for this session. Each code is accepted once, even by two requests at once."""
    mine = Counted("totp", str(account_id), rules.SECOND_FACTOR)
    until = attempts.count([mine], at=at)
    if until:
        raise Refused(rules.locked_out(until.astimezone(ZONE)))
    device = TotpDevice.objects.get(account_id=account_id)
    step = totp.matching_step(device.secret, code, at)
    if step is None:
        raise Refused(CODE_WRONG)
    with transaction.atomic():
        taken = TotpDevice.objects.filter(id=device.id, last_step__lt=step).update(
            last_step=step, confirmed_at=device.confirmed_at or at
        )
        if not taken:
            raise Refused(CODE_USED)
        attempts.forgive(cleared=mine)
        record(chain=f"account:{account_id}", action="confirm_totp", actor=account_id, subject=account_id, at=at,
               data={"first": device.confirmed_at is None})
    request.session.cycle_key()
    request.session[queries.CONFIRMED] = True
    _forget_standing(request)


def _forget_standing(request: HttpRequest) -> None:
    if hasattr(request, "_standing"):
        del request._standing
