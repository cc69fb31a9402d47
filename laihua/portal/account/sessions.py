"""Open sessions of oneself, and the change of the password. On the machine's clock, as the limits of a session are."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laihua.accounts import actions, queries
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.access import OWN, SIGNING_IN, allow
from laihua.portal.account.forms import status_of, told
from laihua.portal.account.inbox import account_of

ENDED = Text("该设备已退出登录", "That device is signed out")
CHANGED = Text("密码已修改，其他设备已退出登录", "Your password is changed; all other devices are signed out")
AGAIN = Reason("password_again", Text("两次输入的密码不一致", "The two passwords differ"), place="password_again")


@allow(OWN)
@never_cache
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    return render(request, "account/sessions.html", {
        "sessions": queries.open_sessions(request, account_id=account_of(request), at=timezone.now()),
    })


@allow(OWN)
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    try:
        handle = UUID(request.POST.get("session", ""))
    except ValueError:
        return redirect("account:sessions")
    if actions.end_session(account_id=account_of(request), handle=handle, at=timezone.now()):
        messages.success(request, str(ENDED))
    return redirect("account:sessions")


@allow(OWN)
@require_POST
def end_all(request: HttpRequest) -> HttpResponse:
    """This one too."""
    account_id = account_of(request)
    actions.end_sessions(account_id=account_id, actor=account_id, at=timezone.now())
    actions.sign_out(request)
    return HttpResponseRedirect(f"{reverse('account:sign-in')}?done=everywhere")


@allow(OWN)
@never_cache
@sensitive_post_parameters("old", "password", "password_again")
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "account/change_password.html")
    new = request.POST.get("password", "")
    reasons = [AGAIN] if new != request.POST.get("password_again", "") else []
    account = queries.standing_of(request).account
    if account is not None and not reasons:
        try:
            actions.change_password(request, account=account, old=request.POST.get("old", ""), new=new,
                                    address=queries.address_of(request), at=timezone.now())
        except Refused as refused:
            reasons = list(refused.reasons)
    if reasons:
        return render(request, "account/change_password.html", told(reasons), status=status_of(reasons, request))
    messages.success(request, str(CHANGED))
    return redirect("account:sessions")


@allow(SIGNING_IN)
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Whoever is still there says so before the idle limit; the request itself renews the session."""
    return HttpResponse(status=204)


urlpatterns = [
    path("sessions/", sessions, name="sessions"),
    path("sessions/end/", end, name="session-end"),
    path("sessions/end-all/", end_all, name="sessions-end"),
    path("sessions/stay/", stay, name="stay"),
    path("sessions/password/", change_password, name="change-password"),
]
