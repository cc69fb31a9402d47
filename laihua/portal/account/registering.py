"""Registration of natural and legal persons, and the three look-ups before it (ACC-3)."""

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from laihua.accounts import actions, queries
from laihua.accounts.actions import Document
from laihua.kernel.texts import CHINESE, ENGLISH, Reason, Refused, Text
from laihua.portal.access import ANYONE, allow
from laihua.portal.account import captchas, codes, looking_up
from laihua.portal.account.forms import Gathered, status_of, told, typed
from laihua.portal.account.views import REGISTERED
from laihua.units import actions as units
from laihua.units import queries as unit_queries

PAGES = Path(__file__).parents[1] / "public" / "pages"
PURPOSE = "register"
PERSON = ("login_name", "name_zh", "name_latin", "document_type", "document_number", "phone", "email")
UNIT = ("login_name", "unit_name", "credit_code", "kind", "handler_name", "document_type", "document_number", "phone", "email")
NO_DOCUMENT = Document("", "")
KIND_MISSING = Reason("kind_missing", Text("请选择单位类型", "Please choose the kind of unit"), place="kind")


@allow(ANYONE)
@require_safe
def choice(request: HttpRequest) -> HttpResponse:
    return render(request, "account/register.html")


@allow(ANYONE)
@never_cache
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    values = typed(request, PERSON)
    if request.method != "POST" or captchas.wants_another(request):
        return _page(request, "person", values)
    if "send_code" in request.POST:
        return _with_code(request, "person", values)
    found, password = Gathered(), request.POST.get("password", "")
    phone, email, document = _common(request, values, found, password)
    found.add(actions.wrong_with_name(
        document_type=document.type, name_zh=values["name_zh"], name_latin=values["name_latin"]
    ))
    return _finish(request, "person", values, found, phone, lambda: actions.register_person(
        login_name=values["login_name"], password=password, name_zh=values["name_zh"], name_latin=values["name_latin"],
        document=document, phone=phone, email=email, agreement=_agreement(), language=_language(), at=timezone.now(),
    ))


@allow(ANYONE)
@never_cache
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest) -> HttpResponse:
    values = typed(request, UNIT)
    if request.method != "POST":
        values |= looking_up.found_free(request)
    if request.method != "POST" or captchas.wants_another(request):
        return _page(request, "unit", values)
    if "send_code" in request.POST:
        return _with_code(request, "unit", values)
    found, password = Gathered(), request.POST.get("password", "")
    found.missing(values, ("unit_name", "handler_name"))
    found.add(unit_queries.wrong_credit_code(values["credit_code"]))
    if values["kind"] not in unit_queries.UNIT_KINDS:
        found.add(KIND_MISSING)
    phone, email, document = _common(request, values, found, password)
    handler = units.MainHandler(values["handler_name"], document.type, document.number, phone, email)
    return _finish(request, "unit", values, found, phone, lambda: units.register_legal_person(
        login_name=values["login_name"], password=password, name_zh=values["unit_name"], credit_code=values["credit_code"],
        kind=values["kind"], handler=handler, agreement=_agreement(), language=_language(), at=timezone.now(),
    ))


def _common(request: HttpRequest, values: dict[str, str], found: Gathered, password: str) -> tuple[str, str, Document]:
    """What both forms ask for: login, document, phone, e-mail, agreement."""
    found.add(*actions.wrong_with_login(
        login_name=values["login_name"], password=password, again=request.POST.get("password_again", "")
    ))
    document = found.of(lambda: actions.clean_document(values["document_type"], values["document_number"]), NO_DOCUMENT)
    phone = found.of(lambda: actions.clean_phone(values["phone"]), "")
    email = found.of(lambda: actions.clean_email(values["email"]), "")
    if request.POST.get("agreed") != "true":
        found.add(actions.NOT_AGREED)
    return phone, email, document


def _finish(
    request: HttpRequest, form: str, values: dict[str, str], found: Gathered, phone: str, register: Any,
) -> HttpResponse:
    """The code is asked last, so that a slip elsewhere does not use it up. Only then is anything told about names that are
    taken, and every time it counts as a look-up."""
    if not found.reasons:
        try:
            codes.prove(request, phone=phone, purpose=PURPOSE)
            actions.count_look_up(address=queries.address_of(request), at=timezone.now())
            register()
        except Refused as refused:
            found.reasons += refused.reasons
    if found.reasons:
        return _page(request, form, values, found.reasons)
    codes.forget_proof(request, purpose=PURPOSE)
    looking_up.forget(request)
    request.session[REGISTERED] = values["login_name"]
    kind = "legal" if form == "unit" else "natural"
    return HttpResponseRedirect(f"{reverse('account:sign-in')}?{urlencode({'kind': kind, 'done': 'registered'})}")


def _with_code(request: HttpRequest, form: str, values: dict[str, str]) -> HttpResponse:
    try:
        phone = actions.clean_phone(values["phone"])
        captchas.check(request)
        codes.send(request, phone=phone, purpose=PURPOSE)
    except Refused as refused:
        return _page(request, form, values, list(refused.reasons))
    return _page(request, form, values)


def _page(request: HttpRequest, form: str, values: dict[str, str], reasons: list[Reason] | None = None) -> HttpResponse:
    reasons = reasons or []
    return render(request, f"account/register_{form}.html", {
        **told(reasons), "values": values, "reasons": [reason for reason in reasons if reason.place],
        "captcha": captchas.fresh(), "sent": codes.sent_before(request, purpose=PURPOSE),
        "proved": codes.is_proved(request, phone=_phone(values), purpose=PURPOSE),
        "agreed": request.POST.get("agreed", ""), "documents": queries.document_types(),
        "kinds": list(unit_queries.UNIT_KINDS.items()),
    }, status=status_of(reasons, request))


def _phone(values: dict[str, str]) -> str:
    try:
        return actions.clean_phone(values["phone"])
    except Refused:
        return ""


def _language() -> str:
    return ENGLISH if (get_language() or "").startswith("en") else CHINESE


def _agreement() -> str:
    """As it stands, so that the consent names the very text that was agreed to."""
    language = "en" if _language() == ENGLISH else "zh"
    return (PAGES / f"agreement.{language}.md").read_text(encoding="utf-8")


urlpatterns = [
    path("register/", choice, name="register"),
    path("register/person/", person, name="register-person"),
    path("register/unit/", looking_up.look_up, name="register-unit"),
    path("register/unit/form/", unit, name="register-unit-form"),
]
