"""Who may open a page. Every view of the portal declares it; a test reads the declarations.

    @allow("public")                          anyone
    @allow("signed_in")                       whoever has signed in, second factor included
    @allow("own")                             the same, but not in a session that was opened for a unit alone
    @allow("signing_in")                      the pages on the way: second factor, choice of the organisation
    @allow("subject", "handler")              natural persons for themselves, or one of these roles
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from laihua.accounts.permissions import ROLES, SUBJECT, Role
from laihua.accounts.queries import Standing, standing_of
from laihua.kernel.texts import Text
from laihua.portal.help_lines import help_line

ANYONE, SIGNED_IN, SIGNING_IN, OWN = "public", "signed_in", "signing_in", "own"
IN_PERSON = frozenset({"natural", "visitor"})
"""Accounts that may be the subject of a case: people, and visitors in their own appeals."""
_WORDS = frozenset({ANYONE, SIGNED_IN, SIGNING_IN, OWN, SUBJECT})
View = Callable[..., HttpResponse]

SIGNED_OUT = Text("登录已过期，您填写的内容已保留，请重新登录",
                  "Your session has ended. What you typed is kept; please sign in again")


@dataclass(frozen=True, slots=True)
class Access:
    """What a view declares, as `view.allowed`. `purpose` says on the refusal what the page is for."""

    who: frozenset[str]
    purpose: Text | None = None
    system: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)

    def holders(self) -> list[Role]:
        return [role for role in ROLES.values() if role.key in self.roles]


def allow(*who: str, roles: set[str] | frozenset[str] = frozenset(), purpose: Text | None = None,
          system: str = "") -> Callable[[View], View]:
    """Declare and enforce who may open the view. An unknown word or role does not import."""
    named = frozenset(who) | frozenset(roles)
    unknown = named - _WORDS - ROLES.keys()
    if unknown or not named:
        raise ValueError(f"allow() knows neither word nor role {sorted(unknown)}" if unknown else "allow() names nobody")
    access = Access(who=named & _WORDS, purpose=purpose, system=system, roles=named & ROLES.keys())

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return refusal(request, access) or view(request, *args, **kwargs)

        guarded.allowed = access  # type: ignore[attr-defined]
        return guarded

    return declare


def refusal(request: HttpRequest, access: Access) -> HttpResponse | None:
    """The page that stands in the way, or None."""
    if ANYONE in access.who:
        return None
    standing = standing_of(request)
    if standing.account is None:
        return _to_sign_in(request)
    if SIGNING_IN in access.who:
        return None
    if standing.needs_totp:
        return _way_on(request, "account:totp")
    if standing.ended:
        return _ended(request, standing)
    if SIGNED_IN in access.who or is_for_himself(standing, access):
        return None
    if standing.actor and standing.actor.roles & access.roles:
        return None
    if standing.must_choose:
        return _way_on(request, "account:choose-organisation")
    return _forbidden(request, access, standing)


def is_for_himself(standing: Standing, access: Access) -> bool:
    """A page for one's own matters, in a session that one has opened for oneself."""
    if standing.actor is None or standing.account is None or not standing.actor.for_himself:
        return False
    return OWN in access.who or (SUBJECT in access.who and standing.account.kind in IN_PERSON)


def is_script(request: HttpRequest) -> bool:
    """Asked for by the script of a page, which can show a sentence but not follow to another page."""
    wanted = request.headers.get("Accept", "")
    return request.headers.get("HX-Request") == "true" or wanted.startswith("application/json")


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """Where to go on: an address of this hall, never another's."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if here and target.startswith("/") else default


def _return_to(request: HttpRequest) -> str:
    """The page that was asked for; after a form or a script's request, the page on which it stood."""
    if request.method in ("GET", "HEAD") and not is_script(request):
        return request.get_full_path()
    page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return "/"
    return page.path + (f"?{page.query}" if page.query else "")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = f"{reverse('account:sign-in')}?{urlencode({'next': _return_to(request)})}"
    if is_script(request):
        return JsonResponse({"code": "signed_out", "text": SIGNED_OUT.as_data(), "sign_in": address}, status=401)
    return HttpResponseRedirect(address)


def _way_on(request: HttpRequest, name: str) -> HttpResponse:
    address = f"{reverse(name)}?{urlencode({'next': _return_to(request)})}"
    if is_script(request):
        return JsonResponse({"code": "sign_in_unfinished", "text": SIGNED_OUT.as_data(), "sign_in": address}, status=401)
    return HttpResponseRedirect(address)


def _ended(request: HttpRequest, standing: Standing) -> HttpResponse:
    """What this session acted under is over: said at the next click, and nothing was done."""
    reason = standing.ended
    if is_script(request) and reason:
        return JsonResponse({"code": reason.code, "text": reason.text.as_data()}, status=403)
    return render(request, "account/ended.html", {"standing": standing, "reason": reason}, status=403)


def _forbidden(request: HttpRequest, access: Access, standing: Standing) -> HttpResponse:
    words = {"access": access, "standing": standing, "line": help_line(access.system), "for_subject": SUBJECT in access.who}
    if is_script(request):
        text = Text("您现在的身份不能办理此项", "Your present role may not do this")
        return JsonResponse({"code": "forbidden", "text": text.as_data()}, status=403)
    return render(request, "account/forbidden.html", words, status=403)
