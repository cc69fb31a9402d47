"""The link that brings the foreigner to his case: what only he knows, then an account of his own."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from laihua.accounts import actions as accounts
from laihua.accounts import queries as account_queries
from laihua.accounts.queries import Standing
from laihua.cases import actions as cases
from laihua.cases.actions import InvitationEnded, Invited
from laihua.catalog.values import REQUIRED, Invalid, clean
from laihua.kernel import clock
from laihua.kernel.texts import CHINESE, ENGLISH, Reason, Refused, Text
from laihua.portal.access import ANYONE, allow

LINKED = Text("身份已核对，这件申请已关联到您的账号", "Your identity was checked and the application is linked to your account")
NOT_THE_SAME = Reason("passwords_differ", Text("两次输入的密码不一致", "The two passwords differ"), place="password_again")
NEW, KNOWN = "new", "known"
View = Callable[..., HttpResponse]


def in_the_visitors_language(view: View) -> View:
    """English unless the visitor chose a language here or his browser asks for Chinese: these links go to foreigners."""

    @wraps(view)
    def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and "zh" not in request.headers.get("Accept-Language", "").lower():
            translation.activate(ENGLISH)
            request.LANGUAGE_CODE = ENGLISH
        return view(request, *args, **kwargs)

    return spoken


@allow(ANYONE)
@never_cache
@in_the_visitors_language
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Unknown, used, out of date or answered wrongly too often look the same from outside."""
    try:
        return live(request, token)
    except InvitationEnded:
        return ended(request)


def ended(request: HttpRequest) -> HttpResponse:
    return render(request, "applicant/invitation_ended.html", {"standing": account_queries.standing_of(request)}, status=404)


def live(request: HttpRequest, token: str) -> HttpResponse:
    invited = cases.read_invitation(token=token, at=clock.now())
    standing = account_queries.standing_of(request)
    if standing.account is not None and not is_himself(standing):
        return render(request, "applicant/invitation_other.html", {"invited": invited, "standing": standing, "here": request.path})
    if request.method != "POST":
        return page(request, invited, standing)
    reasons = wrong(request, invited, standing)
    if reasons:
        return page(request, invited, standing, reasons, status=422)
    try:
        case_id = accept(request, token, invited, standing)
    except Refused as refused:
        cases.read_invitation(token=token, at=clock.now())      # the last wrong answer ended it
        standing = account_queries.standing_of(request)
        if standing.account is not None and not is_himself(standing):
            return HttpResponseRedirect(request.path)
        return page(request, invited, standing, refused.reasons, status=429 if is_locked_out(refused) else 422)
    messages.success(request, str(LINKED))
    response = HttpResponseRedirect(reverse("applicant:confirm", args=[case_id]))
    if standing.account is None and way(request) == NEW:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language(request), max_age=365 * 24 * 3600, samesite="Lax", httponly=True,
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    return response


def is_himself(standing: Standing) -> bool:
    """A natural person who acts for nobody else."""
    return (
        standing.account is not None and standing.account.kind == "natural" and not standing.must_choose
        and standing.actor is not None and not standing.actor.roles and standing.post is None
    )


def is_locked_out(refused: Refused) -> bool:
    return any(r.code == "locked_out" for r in refused.reasons)


def accept(request: HttpRequest, token: str, invited: Invited, standing: Standing) -> UUID:
    known = {f.key: request.POST.get(f.key, "") for f in invited.checks}
    name, password = request.POST.get("login_name", "").strip(), request.POST.get("password", "")
    account = standing.account
    if account is None and way(request) == NEW:
        case_id = cases.register_invited(
            token=token, known=known, login_name=name, password=password, language=language(request), at=clock.now()
        )
        sign_in(request, name, password)
        return case_id
    if account is None:
        account = sign_in(request, name, password)
        if not is_himself(account_queries.standing_of(request)):
            raise Refused(Reason("not_himself", Text("请以本人身份打开", "Open it as yourself")))
    return cases.accept_invitation(token=token, known=known, account_id=account.id, at=clock.now())


def sign_in(request: HttpRequest, name: str, password: str) -> Any:
    return accounts.sign_in(
        request, login_name=name, password=password, kind="natural", address=account_queries.address_of(request),
        at=timezone.now(),
    )


def wrong(request: HttpRequest, invited: Invited, standing: Standing) -> list[Reason]:
    """What can be seen to be wrong before anything is compared: it costs no try."""
    found = []
    for field in invited.checks:
        try:
            if clean(field, request.POST.get(field.key, "")) is None:
                found.append(Reason("missing", REQUIRED, place=field.key))
        except Invalid as problem:
            found.append(Reason("invalid", problem.message, place=field.key))
    if standing.account is not None:
        return found
    for key in ("login_name", "password"):
        if not request.POST.get(key, "").strip():
            found.append(Reason("missing", REQUIRED, place=key))
    if way(request) == NEW and request.POST.get("password") and request.POST.get("password") != request.POST.get("password_again"):
        found.append(NOT_THE_SAME)
    return found


def way(request: HttpRequest) -> str:
    return KNOWN if (request.POST.get("way") or request.GET.get("way")) == KNOWN else NEW


def language(request: HttpRequest) -> str:
    chosen = request.POST.get("language") or translation.get_language() or ENGLISH
    return CHINESE if chosen.startswith("zh") else ENGLISH


def page(
    request: HttpRequest, invited: Invited, standing: Standing, reasons: Sequence[Reason] = (), *, status: int = 200
) -> HttpResponse:
    errors = {r.place: r.text for r in reasons if r.place}
    return render(request, "applicant/invitation.html", {
        "invited": invited, "standing": standing, "way": way(request), "language": language(request),
        "languages": [(ENGLISH, "English"), (CHINESE, "中文")],
        "checks": [(replace(f, example=""), request.POST.get(f.key, ""), errors.get(f.key, "")) for f in invited.checks],
        "login_name": request.POST.get("login_name", ""), "errors": errors, "general": [r for r in reasons if not r.place],
    }, status=status)
