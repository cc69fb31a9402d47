"""The three look-ups before a unit registers: is the login name, the unit's name, its credit code registered (ACC-3)?

A captcha buys three of them, and an address has so many an hour. What was found stays in the session, for the form.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from laihua.accounts import actions, queries
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.access import ANYONE, allow
from laihua.portal.account import captchas
from laihua.portal.account.forms import MISSING, status_of, told, typed
from laihua.units import queries as unit_queries

PER_CAPTCHA = 3
LEFT, FOUND = "look_ups_left", "looked_up"


@dataclass(frozen=True, slots=True)
class LookUp:
    key: str
    label: Text
    button: Text
    taken: Text
    free: Text
    is_taken: Callable[[str], bool]
    max_chars: int


LOOK_UPS = {one.key: one for one in (
    LookUp("login_name", Text("登录名", "Login name"),
           Text("检索登录名是否已注册", "Is the login name registered?"),
           Text("登录名已被注册", "This login name is already registered"),
           Text("登录名未被注册", "This login name is not registered"), queries.login_name_is_taken, 64),
    LookUp("unit_name", Text("法人单位名称", "Name of the unit"),
           Text("检索法人单位名称是否已注册", "Is the name of the unit registered?"),
           Text("法人单位名称已被注册", "This name of a unit is already registered"),
           Text("法人单位名称未被注册", "This name of a unit is not registered"), unit_queries.is_name_taken, 200),
    LookUp("credit_code", Text("统一社会信用代码", "Unified social credit code"),
           Text("检索统一社会信用代码是否已注册", "Is the credit code registered?"),
           Text("统一社会信用代码已被注册", "This unified social credit code is already registered"),
           Text("统一社会信用代码未被注册", "This unified social credit code is not registered"),
           unit_queries.is_code_taken, 18),
)}


@dataclass(frozen=True, slots=True)
class Shown:
    """One field of the page. `answer` and `is_taken` say what was found for exactly this value."""

    look_up: LookUp
    value: str
    error: Text | None
    answer: Text | None
    is_taken: bool


@allow(ANYONE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    asked = LOOK_UPS.get(request.POST.get("look_up", ""))
    if request.method != "POST" or captchas.wants_another(request):
        return _page(request)
    if asked is None:
        return _page(request, [Reason("nothing_asked", Text(
            "请填写一项，点它旁边的检索按钮", "Fill in one field and press the button beside it"))])
    value = request.POST.get(asked.key, "").strip()
    try:
        _require_sound(asked, value)
        _pay(request)
        actions.count_look_up(address=queries.address_of(request), at=timezone.now())
    except Refused as refused:
        return _page(request, list(refused.reasons))
    request.session[FOUND] = {**request.session.get(FOUND, {}), asked.key: [value, asked.is_taken(value)]}
    return _page(request)


def found_free(request: HttpRequest) -> dict[str, str]:
    """What was looked up and not registered, so that the form need not ask again."""
    return {key: value for key, (value, is_taken) in request.session.get(FOUND, {}).items() if not is_taken}


def forget(request: HttpRequest) -> None:
    for key in (LEFT, FOUND):
        request.session.pop(key, None)


def _require_sound(asked: LookUp, value: str) -> None:
    if not value:
        raise Refused(Reason("missing", MISSING, place=asked.key))
    wrong = unit_queries.wrong_credit_code(value) if asked.key == "credit_code" else None
    if wrong:
        raise Refused(wrong)


def _pay(request: HttpRequest) -> None:
    left = request.session.get(LEFT, 0)
    if left <= 0:
        captchas.check(request)
        left = PER_CAPTCHA
    request.session[LEFT] = left - 1


def _page(request: HttpRequest, reasons: list[Reason] | None = None) -> HttpResponse:
    reasons, found = reasons or [], request.session.get(FOUND, {})
    words = told(reasons)
    if request.method == "POST":
        values = typed(request, LOOK_UPS)
    else:   # a page that leads here may know the unit already
        carried = {key: request.GET[key][:200] for key in ("unit_name", "credit_code") if request.GET.get(key)}
        values = carried | {key: pair[0] for key, pair in found.items()}
    fields = [_shown(one, values.get(one.key, ""), words["errors"].get(one.key), found) for one in LOOK_UPS.values()]
    taken = {field.look_up.key for field in fields if field.is_taken}
    free = {field.look_up.key for field in fields if field.answer and not field.is_taken}
    return render(request, "account/register_look_up.html", {
        **words, "fields": fields, "unit_taken": taken & {"unit_name", "credit_code"}, "name_taken": "login_name" in taken,
        "all_free": len(free) == len(LOOK_UPS), "needs_captcha": request.session.get(LEFT, 0) <= 0,
        "captcha": captchas.fresh(),
    }, status=status_of(reasons, request))


def _shown(one: LookUp, value: str, error: Text | None, found: dict[str, list[object]]) -> Shown:
    known = found.get(one.key)
    if known is None or known[0] != value or error:
        return Shown(one, value, error, None, False)
    return Shown(one, value, None, one.taken if known[1] else one.free, bool(known[1]))
