"""The unit's ways in (S0): special sign-in, 我要登录 / 我要注册, and the check of its handler (SES-2, SES-3, SES-5)."""

from hashlib import sha256
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from laihua.accounts import actions, queries
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal import navigation
from laihua.portal.access import ANYONE, allow
from laihua.portal.account import captchas, codes
from laihua.portal.account.unit_entry import UnitEntry, begin_unit_session, forget, unit_entry
from laihua.units import queries as units
from laihua.units.queries import ValidHandler

__all__ = ["begin_unit_session"]

SPECIAL, HANDLER = "special", "handler"
FIELDS = ("unit_code", "unit_name", "phone")
MISSING = {
    "unit_code": Text("请输入单位代码", "Please type the unit code"),
    "unit_name": Text("请输入单位名称", "Please type the name of the unit"),
    "phone": Text("请输入手机号码", "Please type the mobile number"),
    "handler": Text("请选择经办人", "Please choose a handler"),
}
AGENCY = Reason("agency_by_portal", Text(
    "该单位是代理机构。代理机构统一从一网通办登录进入系统，不能使用特殊登录。",
    "This unit is an agency. Agencies enter through the government portal alone and cannot use special sign-in."),
    link="/portals/", link_text=Text("一网通办登录", "Sign in at the government portal"))


@allow(ANYONE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def special(request: HttpRequest) -> HttpResponse:
    """方法二. What is answered, and how long it takes, does not depend on whether there is such a unit with such a phone."""
    if request.method != "POST":
        return _special_page(request, {})
    typed = {name: request.POST.get(name, "").strip()[:200] for name in FIELDS}
    if captchas.wants_another(request):
        return _special_page(request, typed)
    missing = _missing(typed)
    if missing:
        return _special_page(request, typed, missing, status=422)
    try:
        if "send_code" in request.POST:
            captchas.check(request)
            _send(request, typed)
            return _special_page(request, typed)
        phone, subject = _special_phone(typed)
        codes.check(request, phone=phone, purpose=codes_for(SPECIAL, subject), subject=subject)
    except Refused as refused:
        return _special_page(request, typed, list(refused.reasons), status=422)
    return begin_unit_session(
        request, way="special", unit_code=typed["unit_code"], unit_name=typed["unit_name"], phone=typed["phone"])


@allow(ANYONE)
@never_cache
@require_safe
def which(request: HttpRequest) -> HttpResponse:
    """我要登录 / 我要注册: where both ways of a unit land."""
    entry = unit_entry(request)
    if entry is None:
        return redirect("account:special")
    unit = entry.unit()
    return render(request, "account/unit_way.html", {
        "entry": entry, "unit": unit, "register": _registration(entry, unit),
        "handlers": units.valid_handlers(unit.organisation_id) if unit else [],
    })


@allow(ANYONE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handler(request: HttpRequest) -> HttpResponse:
    """单位经办人验证. One who came this way before enters at once; on first use he proves his registered number."""
    entry = unit_entry(request)
    unit = entry.unit() if entry else None
    if entry is None or unit is None:
        return redirect("account:unit-way" if entry else "account:special")
    handlers = units.valid_handlers(unit.organisation_id)
    if request.method != "POST":
        return _handler_page(request, entry, unit, handlers, {})
    typed = {name: request.POST.get(name, "").strip()[:60] for name in ("handler", "phone")}
    chosen = next((one for one in handlers if str(one.account_id) == typed["handler"]), None)
    if chosen is None:
        return _handler_page(request, entry, unit, handlers, typed, [_reason("handler")], status=422)
    came_by = entry.came_by
    proved = queries.is_proved(
        organisation_id=unit.organisation_id, account_id=chosen.account_id, came_by=came_by, phone=chosen.phone)
    if proved:
        return _enter(request, entry, unit.organisation_id, chosen.account_id)
    show = {**typed, "first": "1"}
    if captchas.wants_another(request) or "first" not in request.POST:
        return _handler_page(request, entry, unit, handlers, show)
    if not typed["phone"]:
        return _handler_page(request, entry, unit, handlers, show, [_reason("phone")], status=422)
    phone = typed["phone"] if units.is_phone_of(chosen, typed["phone"]) else ""
    subject = handler_subject(typed)
    try:
        if "send_code" in request.POST:
            captchas.check(request)
            codes.send(request, phone=phone, purpose=codes_for(HANDLER, subject), subject=subject)
            return _handler_page(request, entry, unit, handlers, show)
        codes.check(request, phone=phone, purpose=codes_for(HANDLER, subject), subject=subject)
    except Refused as refused:
        return _handler_page(request, entry, unit, handlers, show, list(refused.reasons), status=422)
    actions.note_proof(
        organisation_id=unit.organisation_id, account_id=chosen.account_id, came_by=came_by, phone=chosen.phone,
        at=timezone.now(),
    )
    return _enter(request, entry, unit.organisation_id, chosen.account_id)


def _send(request: HttpRequest, typed: dict[str, str]) -> None:
    unit = units.unit_called(code=typed["unit_code"], name=typed["unit_name"])
    if unit is not None and unit.organisation.kind == "agency":
        raise Refused(AGENCY)
    phone, subject = _special_phone(typed)
    codes.send(request, phone=phone, purpose=codes_for(SPECIAL, subject), subject=subject)


def _special_phone(typed: dict[str, str]) -> tuple[str, str]:
    """The number to which a code goes, empty for nobody's, and what the visitor's own limits are counted by."""
    unit = units.unit_called(code=typed["unit_code"], name=typed["unit_name"])
    known = units.is_registered_phone(unit, typed["phone"])
    refused = unit is not None and unit.organisation.kind == "agency"
    return typed["phone"] if known and not refused else "", special_subject(typed)


def special_subject(typed: dict[str, str]) -> str:
    return " ".join(typed.get(name, "") for name in FIELDS)


def handler_subject(typed: dict[str, str]) -> str:
    return f"{typed.get('handler', '')} {typed.get('phone', '')}"


def codes_for(purpose: str, subject: str) -> str:
    """A code is good for exactly what stood in the form when it was asked for."""
    return f"{purpose}:{sha256(subject.encode()).hexdigest()[:16]}"


def _enter(request: HttpRequest, entry: UnitEntry, unit_id: UUID, account_id: UUID) -> HttpResponse:
    """进入系统: the session of the handler, for this unit and nothing else."""
    account = queries.account(account_id)
    if account is None:
        return redirect("account:unit-handler")
    actions.open_session(request, account, way=entry.way, at=timezone.now(), handler_id=account_id, **entry.as_log())
    actions.bind_to_unit(request, organisation_id=unit_id)
    forget(request)
    organisation = queries.organisation(unit_id)
    if organisation is not None and organisation.kind == "agency":
        return redirect("account:unit-for")
    return redirect(landing())


def landing() -> str:
    return navigation.address("account:enter", "work_system") or navigation.address("applicant:cases") or "/"


def _registration(entry: UnitEntry, unit: Any) -> str:
    """A new unit gets an account first; one that has its account goes on to register its information."""
    if unit is not None:
        return navigation.address("applicant:start-for", "registration")
    words = {"kind": "legal", "unit_name": entry.unit_name, "credit_code": entry.credit_code}
    register = navigation.address("account:register-unit")
    return f"{register}?{urlencode({k: v for k, v in words.items() if v})}" if register else ""


def _missing(typed: dict[str, str]) -> list[Reason]:
    return [_reason(name) for name in FIELDS if not typed[name]]


def _reason(place: str) -> Reason:
    return Reason(f"{place}_missing", MISSING[place], place=place)


def _special_page(
    request: HttpRequest, typed: dict[str, str], reasons: list[Reason] | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "account/special.html", {
        **told(reasons or []), "typed": typed, "captcha": captchas.fresh(),
        "sent": codes.sent_before(request, purpose=codes_for(SPECIAL, special_subject(typed))),
        "register": navigation.address("account:register-unit"),
    }, status=status)


def _handler_page(
    request: HttpRequest, entry: UnitEntry, unit: Any, handlers: list[ValidHandler], typed: dict[str, str],
    reasons: list[Reason] | None = None, status: int = 200,
) -> HttpResponse:
    first = "first" in typed
    return render(request, "account/unit_handler.html", {
        **told(reasons or []), "typed": typed, "entry": entry, "unit": unit, "first": first,
        "choices": [(str(one.account_id), one.name) for one in handlers],
        "captcha": captchas.fresh() if first else None,
        "sent": codes.sent_before(request, purpose=codes_for(HANDLER, handler_subject(typed))) if first else None,
    }, status=status)


def told(reasons: list[Reason]) -> dict[str, Any]:
    """Reasons as a page shows them: beside their fields, or above the form."""
    return {
        "general": [reason for reason in reasons if not reason.place],
        "errors": {reason.place: reason.text for reason in reasons if reason.place},
    }


urlpatterns = [
    path("special/", special, name="special"),
    path("way-in/", which, name="unit-way"),
    path("way-in/handler/", handler, name="unit-handler"),
]
