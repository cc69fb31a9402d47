"""Forgotten passwords: a code to the reserved phone, a link that sets a new one, and what is left without either (ACC-4).

Nothing here depends on whether an account exists, neither the words nor the work that is done.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from laihua.accounts import actions, queries
from laihua.kernel.texts import Reason, Refused
from laihua.portal.access import ANYONE, allow
from laihua.portal.account import appealing, captchas, codes, trouble
from laihua.portal.account.forms import MISSING, status_of, told
from laihua.portal.account.views import REGISTERED

PURPOSE = "recover"


@allow(ANYONE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    name = request.POST.get("login_name", "").strip()
    if request.method != "POST" or captchas.wants_another(request):
        return _page(request, name)
    if not name:
        return _page(request, name, Reason("missing", MISSING, place="login_name"))
    account = queries.recoverable(name)
    phone, subject = account.phone if account else "", name.casefold()
    try:
        if "send_code" in request.POST:
            captchas.check(request)
            codes.send(request, phone=phone, purpose=PURPOSE, subject=subject)
            return _page(request, name)
        codes.check(request, phone=phone, purpose=PURPOSE, subject=subject)
    except Refused as refused:
        return _page(request, name, *refused.reasons)
    assert account is not None  # noqa: S101 - no code is right for a name without an account
    token = actions.make_password_link(account_id=account.id, at=timezone.now(), lasts=actions.AFTER_CODE)
    return HttpResponseRedirect(reverse("account:password", args=[token]))


@allow(ANYONE)
@require_safe
def other_ways(request: HttpRequest) -> HttpResponse:
    return render(request, "account/recover_other.html")


@allow(ANYONE)
@never_cache
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest, token: str) -> HttpResponse:
    """A new password by a link that is good for once."""
    account = queries.account_of_link(token, at=timezone.now())
    if account is None:
        return render(request, "account/password_ended.html", status=404)
    if request.method != "POST":
        return render(request, "account/password.html", {"account": account})
    new, again = request.POST.get("password", ""), request.POST.get("password_again", "")
    reasons = actions.wrong_with_login(login_name=account.login_name, password=new, again=again)
    if not reasons:
        try:
            actions.set_password_by_link(token=token, password=new, at=timezone.now())
        except Refused as refused:
            reasons = list(refused.reasons)
    if reasons:
        return render(request, "account/password.html", {"account": account, **told(reasons)}, status=422)
    actions.sign_out(request)
    request.session[REGISTERED] = account.login_name
    answer = HttpResponseRedirect(
        f"{reverse('account:sign-in')}?{urlencode({'kind': account.kind, 'done': 'password'})}"
    )
    return actions.remember_device(request, answer, account)


def _page(request: HttpRequest, name: str, *reasons: Reason) -> HttpResponse:
    return render(request, "account/recover.html", {
        **told(reasons), "login_name": name, "captcha": captchas.fresh(),
        "sent": codes.sent_before(request, purpose=PURPOSE),
    }, status=status_of(reasons, request))


urlpatterns = [
    path("recover/", recover, name="recover"),
    path("recover/other/", other_ways, name="recover-other"),
    path("password/<str:token>/", password, name="password"),
    path("appeal/", appealing.appeal, name="appeal"),
    path("trouble/", trouble.trouble, name="trouble"),
]
