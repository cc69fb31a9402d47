"""One's own personal data: what one consented to, a copy of everything, and closing the account."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laihua.accounts import actions, queries
from laihua.accounts.queries import Standing
from laihua.catalog.queries import purposes
from laihua.kernel import clock
from laihua.kernel.actions import record
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.access import OWN, SIGNED_IN, allow, safe_next
from laihua.portal.account.entry.facts import KINDS, masked_document, masked_name, user_number
from laihua.portal.account.privacy import copies, keeping

GIVEN = Text("已记录您的同意", "Your consent is recorded")
WITHDRAWN = Text("已撤回，此前的处理不受影响", "Withdrawn; what was done before stays as it is")
CLOSED = Text("账号已注销，个人信息已删除", "Your account is closed and its personal data deleted")


@allow(OWN)
@never_cache
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request)


@allow(SIGNED_IN)
@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Each ticked purpose by itself, in a session for a unit too, since files are uploaded there. Nothing is ticked
    beforehand, and no purpose hangs on another one."""
    account = _own(request).account
    for key in request.POST.getlist("purpose"):
        purpose = purposes().get(key)
        if purpose is not None and account is not None:
            actions.give_consent(account_id=account.id, purpose=key, version=purpose.version, text=purpose.words(), at=clock.now())
            messages.success(request, str(GIVEN))
    return HttpResponseRedirect(safe_next(request, reverse("account:privacy")))


@allow(OWN)
@require_POST
def withdraw(request: HttpRequest, purpose: str) -> HttpResponse:
    account = _own(request).account
    if purpose not in purposes() or account is None:
        raise Http404
    if actions.withdraw_consent(account_id=account.id, purpose=purpose, at=clock.now()):
        messages.success(request, str(WITHDRAWN))
    return HttpResponseRedirect(reverse("account:privacy"))


@allow(OWN)
@never_cache
@sensitive_post_parameters("password")
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """A copy of one's data as a file, after the password was asked once more."""
    account = _own(request).account
    if account is None:
        raise Http404
    try:
        actions.confirm_password(account_id=account.id, password=request.POST.get("password", ""), at=clock.now())
    except Refused as refused:
        return _page(request, export_reasons=refused.reasons, status=422)
    is_json = request.POST.get("format") == "json"
    copy = copies.copy_of(account, at=clock.now())
    record(chain=f"account:{account.id}", action="export_own_data", actor=account.id, subject=account.id, at=clock.now(),
           data={"format": "json" if is_json else "html"})
    content = copies.as_json(copy) if is_json else render(request, "account/copy.html", {"copy": copy}).content
    response = HttpResponse(content, content_type="application/json" if is_json else "text/html; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"laihua-{user_number(account)}.{'json' if is_json else 'html'}")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@allow(OWN)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """GET says what goes, what stays and why, and what stands in the way; POST closes the account at once."""
    standing = _own(request)
    if standing.account is None:
        raise Http404
    if request.method != "POST":
        return _closing(request, standing)
    if request.POST.get("sure") != "true":
        return _closing(request, standing, [keeping.NOT_SURE], status=422)
    try:
        actions.erase_account(account_id=standing.account.id, password=request.POST.get("password", ""), at=clock.now())
    except Refused as refused:
        return _closing(request, standing, refused.reasons, status=422)
    actions.sign_out(request)
    messages.success(request, str(CLOSED))
    return HttpResponseRedirect("/")


def _page(request: HttpRequest, *, export_reasons: Sequence[Reason] = (), status: int = 200) -> HttpResponse:
    account = _own(request).account
    if account is None:
        raise Http404
    given = queries.consents_of(account.id)
    live = {row.purpose: row for row in reversed(given) if row.withdrawn_at is None}
    return render(request, "account/privacy.html", {
        "account": account, "number": user_number(account), "name": masked_name(account), "document": masked_document(account),
        "kind": KINDS[account.kind],
        "consents": [(p, live.get(p.key), (row := live.get(p.key)) is not None and row.version != p.version) for p in purposes().values()],
        "past": [(row, purposes()[row.purpose]) for row in given if row.withdrawn_at and row.purpose in purposes()],
        "errors": {reason.place: reason.text for reason in export_reasons},
    }, status=status)


def _closing(request: HttpRequest, standing: Standing, reasons: Sequence[Reason] = (), status: int = 200) -> HttpResponse:
    account: Any = standing.account
    return render(request, "account/close.html", {
        "in_the_way": keeping.in_the_way(account.id), "goes": keeping.GOES, "stays": keeping.STAYS,
        "general": [r for r in reasons if r.place not in ("password", "sure")],
        "errors": {r.place: r.text for r in reasons if r.place},
    }, status=status)


def _own(request: HttpRequest) -> Standing:
    return queries.standing_of(request)
