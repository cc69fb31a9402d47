"""Signing in and out, the second factor, and for whom one acts.

These pages run on the machine's clock: an authenticator app knows nothing of the demo's.
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from laihua.accounts import actions, queries, totp
from laihua.accounts.permissions import Side
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal import navigation
from laihua.portal.access import ANYONE, SIGNING_IN, allow, safe_next
from laihua.portal.account import captchas

if TYPE_CHECKING:
    from laihua.accounts.models import Account

KINDS = ("legal", "natural")
ISSUER = "Laihua"
NAME_MISSING = Reason("login_name_missing", Text("请输入登录名", "Please type your login name"), place="login_name")
PASSWORD_MISSING = Reason("password_missing", Text("请输入密码", "Please type your password"), place="password")


REGISTERED = "registered_login_name"
"""Filled in once on the sign-in page that follows a registration or a new password."""
DONE = {
    "registered": Text("注册成功，请登录", "You are registered. Please sign in"),
    "password": Text("密码已重新设置，请用新密码登录", "Your password is set. Please sign in with the new one"),
    "everywhere": Text("已在所有设备上退出登录", "You are signed out everywhere"),
}


@allow(ANYONE)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect(_landing(request)) if queries.actor_of(request) else _sign_in_page(request)
    if captchas.wants_another(request):
        return _sign_in_page(request)
    login_name, password = request.POST.get("login_name", "").strip(), request.POST.get("password", "")
    missing = [reason for value, reason in ((login_name, NAME_MISSING), (password, PASSWORD_MISSING)) if not value]
    if missing:
        return _sign_in_page(request, missing, status=422)
    try:
        captchas.check(request)
        account = actions.sign_in(
            request, login_name=login_name, password=password, kind=_kind(request),
            address=queries.address_of(request), at=timezone.now(),
        )
    except Refused as refused:
        locked = refused.reasons[0].code == "locked_out"
        return _sign_in_page(request, refused.reasons, status=429 if locked else 422)
    return actions.remember_device(request, _with_language(request, _onward(request), account), account)


@allow(ANYONE)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    actions.sign_out(request)
    return redirect("account:sign-in")


@allow(SIGNING_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    standing = queries.standing_of(request)
    if not standing.needs_totp or standing.account is None:
        return HttpResponseRedirect(safe_next(request, _landing(request)))
    if request.method != "POST":
        return _totp_page(request, standing.account)
    try:
        actions.begin_totp(account_id=standing.account.id, at=timezone.now())
        actions.confirm_totp(request, account_id=standing.account.id, code=request.POST.get("code", ""),
                             at=timezone.now())
    except Refused as refused:
        locked = refused.reasons[0].code == "locked_out"
        return _totp_page(request, standing.account, refused.reasons, status=429 if locked else 422)
    return HttpResponseRedirect(safe_next(request, _landing(request)))


@allow(SIGNING_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose_organisation(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _choice_page(request)
    try:
        actions.choose_organisation(request, organisation_id=_chosen(request.POST.get("organisation", "")),
                                    at=timezone.now())
    except (Refused, ValueError):
        return _choice_page(request, actions.NOT_HELD, status=422)
    return _onward(request)


def _onward(request: HttpRequest) -> HttpResponse:
    """The next page on the way: which organisation, which code, then what was asked for."""
    standing = queries.standing_of(request)
    ahead = urlencode({"next": target}) if (target := safe_next(request, "")) else ""
    if standing.must_choose:
        return HttpResponseRedirect(f"{reverse('account:choose-organisation')}?{ahead}".rstrip("?"))
    if standing.needs_totp:
        return HttpResponseRedirect(f"{reverse('account:totp')}?{ahead}".rstrip("?"))
    return HttpResponseRedirect(safe_next(request, _landing(request)))


def _landing(request: HttpRequest) -> str:
    """Where each end begins: officers at their desk, the others with their cases."""
    actor = queries.actor_of(request)
    if actor and actor.sides & {Side.AUTHORITY, Side.EXPERT, Side.HALL}:
        desk = navigation.links("desk", request, actor)
        return desk[0].url if desk else "/"
    return navigation.address("applicant:cases") or "/"


def _sign_in_page(request: HttpRequest, reasons: Any = (), status: int = 200) -> HttpResponse:
    kind, target = _kind(request), safe_next(request, "")
    return render(request, "account/sign_in.html", {
        "kind": kind, "next": target, "ahead": "&" + urlencode({"next": target}) if target else "",
        "login_name": request.POST.get("login_name", "") or request.session.pop(REGISTERED, ""),
        "captcha": captchas.fresh(), "done": _done(request), "old_name": _old_name(request, reasons),
        "general": [reason for reason in reasons if not reason.place],
        "errors": {reason.place: reason.text for reason in reasons if reason.place},
    }, status=status)


def _done(request: HttpRequest) -> Text | None:
    """What was done on the page before: registered, or a new password set."""
    return DONE.get(request.GET.get("done", "")) if request.method != "POST" else None


def _old_name(request: HttpRequest, reasons: Any) -> str:
    """Accounts of the earlier system begin with WP (ACC-2). Offered whether or not there is such an account."""
    name = request.POST.get("login_name", "").strip()
    wrong = any(reason.code == "wrong_name_or_password" for reason in reasons)
    return f"WP{name}"[:64] if wrong and not name.upper().startswith("WP") else ""


def _totp_page(request: HttpRequest, account: "Account", reasons: Any = (), status: int = 200) -> HttpResponse:
    now = timezone.now()
    device = actions.begin_totp(account_id=account.id, at=now)
    words: dict[str, Any] = {
        "next": safe_next(request, ""), "first": device.confirmed_at is None, "account": account,
        "general": [reason for reason in reasons if not reason.place],
        "errors": {reason.place: reason.text for reason in reasons if reason.place},
        "demo_code": queries.demo_code(account.id, at=now) if settings.DEMO else None,
    }
    if device.confirmed_at is None:
        otpauth = totp.address(device.secret, login_name=account.login_name, issuer=ISSUER)
        words["picture"] = segno.make(otpauth, error="m").svg_data_uri(scale=5, border=2)
        words["secret"] = " ".join(device.secret[i:i + 4] for i in range(0, len(device.secret), 4))
    return render(request, "account/totp.html", words, status=status)


def _choice_page(request: HttpRequest, refused: Reason | None = None, status: int = 200) -> HttpResponse:
    standing = queries.standing_of(request)
    return render(request, "account/organisations.html", {
        "standing": standing, "next": safe_next(request, ""), "refused": refused,
        "himself": standing.account is not None and standing.account.kind == "natural",
    }, status=status)


def _with_language(request: HttpRequest, response: HttpResponse, account: "Account") -> HttpResponse:
    """The language of the account, unless this browser has chosen one itself."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, account.language, max_age=365 * 24 * 3600, samesite="Lax", httponly=True,
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    return response


def _kind(request: HttpRequest) -> str:
    kind = request.POST.get("kind") or request.GET.get("kind")
    return kind if kind in KINDS else "legal"


def _chosen(value: str) -> UUID | None:
    return None if value == "self" else UUID(value)
