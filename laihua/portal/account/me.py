"""我的信息: one's own information, real-name authentication, and the confirmed information of one's units."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laihua.accounts import actions
from laihua.accounts import queries as accounts
from laihua.accounts.identity.documents import LONG_TERM, TYPES, title_of
from laihua.accounts.permissions import Actor
from laihua.accounts.queries import PersonInformation, RealName
from laihua.cases import actions as case_actions
from laihua.cases import queries as cases
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Field
from laihua.kernel import clock
from laihua.kernel.masking import mask
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.access import OWN, allow
from laihua.portal.account import information_fields as fields
from laihua.units import actions as unit_actions
from laihua.units import legal_information
from laihua.units import queries as units

PERSON_DOCUMENTS, UNIT_DOCUMENTS = "real_name_person", "real_name_unit"     # services by what they serve
TARGETS = ("unit", "main_handler")
UNIT_KINDS = frozenset({"employer", "agency"})
SAVED = Text("信息已保存", "Saved")
TONES = {"none": ("grey", ""), "waiting": ("azure", "loader-2"), "passed": ("green", "circle-check"),
         "failed": ("red", "circle-x"), "pending": ("amber", "clock")}


@dataclass(frozen=True, slots=True)
class Badge:
    """A real name as it is shown: the official words with colour and icon."""

    state: RealName

    @property
    def tone(self) -> str:
        return TONES[self.state.key][0]

    @property
    def icon(self) -> str:
        return TONES[self.state.key][1]


@dataclass(frozen=True, slots=True)
class Shown:
    """One field of a form with its value and what is wrong with it."""

    field: Field
    value: str
    required: bool
    error: Text | None
    prefix: str = ""


@allow(OWN)
@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    account = _account(request)
    own = accounts.information_of(account)
    return render(request, "account/me.html", {
        "account": account, "natural": account.kind == "natural", "badge": Badge(accounts.real_name_of(account)),
        "own": own, "document": title_of(own.document_type) if own.document_type else "", "number": _masked(own),
        "long_term": own.document_until == LONG_TERM, "phone": mask("mobile", account.phone),
        "may_grant": "unit_admin" in _actor(request).roles, "filled_in": bool(own.document_number),
        "units": [_unit_row(post) for post in _unit_posts(account.id)],
    })


@allow(OWN)
@never_cache
@sensitive_post_parameters("document_number")
@require_http_methods(["GET", "HEAD", "POST"])
def information(request: HttpRequest) -> HttpResponse:
    """修改自然人信息. Saving begins the automatic check."""
    account = _account(request)
    if account.kind != "natural":
        raise Http404
    if request.method != "POST":
        return _information_page(request, asdict(accounts.information_of(account)), ())
    typed = {key: request.POST.get(key, "") for key in PersonInformation.__dataclass_fields__}
    if request.POST.get("document_long_term") and typed["document_type"] == "resident_id":
        typed["document_until"] = LONG_TERM
    try:
        actions.complete_own_information(
            account_id=account.id, information=PersonInformation(**typed), actor=_himself(request), at=clock.now()
        )
    except Refused as refused:
        return _information_page(request, typed, refused.reasons)
    messages.success(request, str(SAVED))
    return redirect("account:me")


@allow(OWN)
@require_POST
def documents(request: HttpRequest) -> HttpResponse:
    """上传自然人信息: the case in which an officer looks at the documents, the open one where there is one."""
    actor = _himself(request)
    if actor.kind != "natural":
        raise Http404
    return _to_case(request, PERSON_DOCUMENTS, actor, {}, reverse("account:me"))


@allow(OWN)
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """系统已确认的法人信息. A unit in which the person holds no role is not found."""
    _require_role(request, unit_id)
    known = units.unit_of(unit_id)
    if known is None:
        raise Http404
    if request.method != "POST":
        return _unit_page(request, unit_id, units.information_of_unit(known), ())
    typed = {part: {key: request.POST.get(f"{part}.{key}", "") for key in keys} for part, keys in legal_information.FIELDS.items()}
    handler = typed["authorisation"]
    if request.POST.get("authorisation.handler_document_long_term") and handler["handler_document_type"] == "resident_id":
        handler["handler_document_until"] = LONG_TERM
    try:
        unit_actions.save_legal_information(unit_id=unit_id, typed=typed, actor=_himself(request), at=clock.now())
    except Refused as refused:
        return _unit_page(request, unit_id, typed, refused.reasons)
    messages.success(request, str(SAVED))
    return redirect("account:unit-information", unit_id)


@allow(OWN)
@require_POST
def unit_documents(request: HttpRequest, unit_id: UUID, target: str) -> HttpResponse:
    """上传证件 for the unit or for its main handler: acts for that unit from here on."""
    _require_role(request, unit_id)
    if target not in TARGETS:
        raise Http404
    actions.choose_organisation(request, organisation_id=unit_id, at=clock.now())
    actor = accounts.actor_of(request)
    if actor is None:
        raise Http404
    return _to_case(request, UNIT_DOCUMENTS, actor, {"target": target}, reverse("account:unit-information", args=[unit_id]))


def _to_case(request: HttpRequest, need: str, actor: Actor, answers: dict[str, str], back: str) -> HttpResponse:
    service = catalog.serving(need)
    if service is None:
        raise Http404
    for row in cases.my_cases(actor, done=False).rows:
        if row.service == service.id and all(row.case.answers.get(key, value) == value for key, value in answers.items()):
            return HttpResponseRedirect(reverse("applicant:case", args=[row.case_id]))
    try:
        case = case_actions.start_case(service_id=service.id, actor=actor, at=clock.now(), answers=answers)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
        return HttpResponseRedirect(back)
    return HttpResponseRedirect(reverse("applicant:form", args=[case.id]))


def _information_page(request: HttpRequest, typed: dict[str, str], reasons: tuple[Reason, ...]) -> HttpResponse:
    values = typed | {"document_long_term": "true" if typed.get("document_until") == LONG_TERM else ""}
    if values["document_until"] == LONG_TERM:
        values["document_until"] = ""
    return render(request, "account/me_information.html", {
        "fields": _shown(fields.PERSON, values, reasons), "reasons": reasons,
        "bound": any(reason.code == "document_bound" for reason in reasons),
    }, status=422 if reasons else 200)


def _unit_page(
    request: HttpRequest, unit_id: UUID, typed: legal_information.Information, reasons: tuple[Reason, ...]
) -> HttpResponse:
    known = units.unit_of(unit_id)
    if known is None:
        raise Http404
    state = units.real_name_of_unit(known)
    parts = []
    for part, title in legal_information.PARTS.items():
        values = dict(typed.get(part, {}))
        if part == "authorisation" and values.get("handler_document_until") == LONG_TERM:
            values |= {"handler_document_until": "", "handler_document_long_term": "true"}
        parts.append({"key": part, "title": title, "fields": _shown(fields.unit_fields(part), values, reasons, f"{part}.")})
    return render(request, "account/me_unit.html", {
        "unit": known, "state": state, "parts": parts, "reasons": reasons, "unit_badge": Badge(state.unit),
        "handler_badge": Badge(state.main_handler), "bound": any(reason.code == "unit_bound" for reason in reasons),
        "manual": state.filled_in and not state.automatic and state.unit.key == "none",
    }, status=422 if reasons else 200)


def _shown(
    listed: Any, values: dict[str, str], reasons: tuple[Reason, ...], prefix: str = ""
) -> list[Shown]:
    wrong = {reason.place: reason.text for reason in reversed(reasons)}
    return [Shown(field, values.get(field.key, ""), required, wrong.get(prefix + field.key), prefix) for field, required in listed]


def _unit_row(post: accounts.Post) -> dict[str, Any]:
    known = units.unit_of(post.organisation_id)
    state = units.real_name_of_unit(known) if known else None
    return {"post": post, "state": state, "unit": Badge(state.unit) if state else None,
            "handler": Badge(state.main_handler) if state else None}


def _unit_posts(account_id: UUID) -> list[accounts.Post]:
    return [post for post in accounts.posts_of(account_id) if post.kind in UNIT_KINDS]


def _require_role(request: HttpRequest, unit_id: UUID) -> None:
    if unit_id not in {post.organisation_id for post in _unit_posts(_account(request).id)}:
        raise Http404


def _account(request: HttpRequest) -> Any:
    account = accounts.standing_of(request).account
    if account is None:
        raise Http404
    return account


def _actor(request: HttpRequest) -> Actor:
    actor = accounts.actor_of(request)
    if actor is None:
        raise Http404
    return actor


def _himself(request: HttpRequest) -> Actor:
    """The person without any role: what concerns himself is not done for a unit."""
    account = _account(request)
    return Actor(account_id=account.id, name=accounts.name_of(account), language=account.language, kind=account.kind)


def _masked(own: PersonInformation) -> str:
    return mask(TYPES[own.document_type].mask if own.document_type in TYPES else "passport", own.document_number)


urlpatterns: list[URLPattern] = [
    path("me/", me, name="me"),
    path("me/information/", information, name="me-information"),
    path("me/documents/", documents, name="me-documents"),
    path("me/unit/<uuid:unit_id>/", unit, name="unit-information"),
    path("me/unit/<uuid:unit_id>/documents/<slug:target>/", unit_documents, name="unit-documents"),
]
