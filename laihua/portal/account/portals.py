"""Sign-in from government portals: OpenID Connect and CAS (ACC-15), and the unit's way in 1 (SES-1).

A known user enters. An unknown one whom the portal identifies gets an account without a password, and goes on to the
profile of the system that the portal leads to (ENT-1).
"""

import secrets
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from laihua.accounts import actions, queries
from laihua.accounts.permissions import SYSTEM_ROLE, Actor
from laihua.accounts.queries import Portal, PortalIdentity
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal import navigation
from laihua.portal.access import ANYONE, allow, safe_next
from laihua.portal.account import ways
from laihua.units import actions as units
from laihua.units import queries as unit_queries

THE_HALL = Actor(None, "", frozenset({SYSTEM_ROLE}))
NO_CERTIFICATE = Reason("portal_no_certificate", Text(
    "此入口须用法人一证通在门户登录。没有法人一证通的单位，请使用特殊登录",
    "Sign in at the portal with the unit's certificate to enter here. A unit without one uses special sign-in"))
NO_CODE = Reason("portal_no_code", Text(
    "门户没有给出统一社会信用代码，不能确认是哪个单位。没有信用代码的单位，请使用特殊登录",
    "The portal gave no credit code, so we cannot tell which unit this is. A unit without one uses special sign-in"))
NO_DOCUMENT = Reason("portal_no_document", Text(
    "门户没有给出证件号码，不能确认您的身份。请先在门户完成实名认证，或在这里注册账号",
    "The portal gave no document number, so we cannot tell who you are. Pass real-name authentication there, or "
    "register here"))


@allow(ANYONE)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    return render(request, "account/portals.html", {
        "portals": queries.portals().values(), "next": urlencode({"next": safe_next(request, "")}),
    })


@allow(ANYONE)
@never_cache
@require_safe
def leave(request: HttpRequest, portal_id: str) -> HttpResponse:
    """To the portal."""
    portal = _portal(portal_id)
    try:
        target = actions.begin_portal_sign_in(
            request, portal=portal, back=_back(portal), after=safe_next(request, ""), at=timezone.now()
        )
    except Refused as refused:
        return _refused(request, portal, refused, status=503)
    return HttpResponseRedirect(target)


@allow(ANYONE)
@never_cache
@require_safe
def back(request: HttpRequest, portal_id: str) -> HttpResponse:
    """From the portal, with its answer."""
    portal = _portal(portal_id)
    try:
        identity, after = actions.finish_portal_sign_in(request, portal=portal, back=_back(portal), at=timezone.now())
        if identity.kind == "legal" and portal.lands == "unit":
            return _as_unit(request, identity)
        known = _as_account(request, portal, identity)
    except Refused as refused:
        return _refused(request, portal, refused, status=422)
    return HttpResponseRedirect(after if after and known else _entry(portal))


def _as_unit(request: HttpRequest, identity: PortalIdentity) -> HttpResponse:
    if not identity.credit_code:
        raise Refused(NO_CODE)
    if not identity.certificate:
        raise Refused(NO_CERTIFICATE)
    return ways.begin_unit_session(
        request, way="portal", unit_code=identity.credit_code, unit_name=identity.unit_name, phone="",
        credit_code=identity.credit_code, portal=identity.portal, portal_user_id=identity.user_id, at=timezone.now(),
    )


@transaction.atomic
def _as_account(request: HttpRequest, portal: Portal, identity: PortalIdentity) -> bool:
    """Open the session of the user's account; say whether he had one."""
    account = queries.portal_account(identity)
    if account is None and identity.kind == "legal":
        account = queries.account(unit_queries.legal_account_of(identity.credit_code))
    known = account is not None
    if account is None:
        account = queries.account(_new_account(identity))
    if account is None:
        raise Refused(NO_DOCUMENT)
    actions.link_portal(account=account, identity=identity, at=timezone.now())
    actions.open_session(
        request, account, way="portal", at=timezone.now(), portal=portal.id, portal_user_id=identity.user_id,
        unit_name=identity.unit_name, credit_code=identity.credit_code,
    )
    return known


def _new_account(identity: PortalIdentity) -> UUID:
    """Without a password: he comes through the portal, until he sets one. What the portal asserts counts as checked."""
    now, login_name = timezone.now(), f"portal-{secrets.token_hex(6)}"
    if identity.kind == "legal":
        if not identity.credit_code:
            raise Refused(NO_CODE)
        return units.register_portal_unit(
            login_name=login_name, name_zh=identity.unit_name or identity.name, credit_code=identity.credit_code,
            phone=identity.phone, contact_name=identity.representative, actor=THE_HALL, at=now,
        )
    if not identity.document_number or not identity.name:
        raise Refused(NO_DOCUMENT)
    return actions.create_account(
        kind="natural", login_name=login_name, password=None, name_zh=identity.name, phone=identity.phone,
        document_type=identity.document_type, document_number=identity.document_number, real_name_status="passed",
        actor=THE_HALL, at=now,
    ).id


def _entry(portal: Portal) -> str:
    return navigation.address("account:enter", portal.system) or "/"


def _portal(portal_id: str) -> Portal:
    portal = queries.portals().get(portal_id)
    if portal is None:
        raise Http404
    return portal


def _back(portal: Portal) -> str:
    """Our own address as the portal knows it; never taken from the request."""
    return settings.PUBLIC_URL + reverse("account:portal-back", args=[portal.id])


def _refused(request: HttpRequest, portal: Portal, refused: Refused, status: int) -> HttpResponse:
    return render(request, "account/portal_refused.html", {"portal": portal, "reasons": refused.reasons}, status=status)


urlpatterns = [
    path("portals/", choose, name="portals"),
    path("portals/<slug:portal_id>/", leave, name="portal"),
    path("portals/<slug:portal_id>/back/", back, name="portal-back"),
]
