"""To a portal and back. Offered through `actions`.

What goes out is remembered in the session and good for one return: an answer that was not asked for here, a second
time, or after ten minutes is refused. Accounts are matched on the portal's user id, on the document number, on the
credit code; never on a name.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from laihua.accounts.models import Account, FederatedIdentity
from laihua.accounts.portals import cas, oidc
from laihua.accounts.portals.definitions import Portal, PortalIdentity
from laihua.accounts.portals.http import PortalDown
from laihua.kernel.actions import record
from laihua.kernel.texts import Reason, Refused, Text

ERRAND = "portal_errand"
VALID_FOR = timedelta(minutes=10)

AWAY = Reason("portal_away", Text(
    "“{portal}”暂时没有应答，请稍后再试，或改用登录名和密码登录",
    "“{portal}” does not answer at the moment. Please try again later, or sign in with your login name and password"))
NOT_ASKED = Reason("portal_not_asked", Text(
    "这次门户登录已失效或已使用，请重新从门户登录",
    "This portal sign-in has ended or was used already. Please start again from the portal"))
REFUSED = Reason("portal_refused", Text(
    "“{portal}”的应答没有通过校验，未能登录。请重新从门户登录；仍不行的，请拨打咨询电话",
    "The answer of “{portal}” did not pass our checks, so you are not signed in. Please start again; if it happens "
    "again, call the help line"))


def begin(request: HttpRequest, *, portal: Portal, back: str, after: str, at: datetime) -> str:
    """The address at the portal. `back` is our own address for its answer, `after` where to go on then."""
    errand = oidc.Errand.new()
    try:
        target = (
            oidc.address(portal, errand, back) if portal.protocol == "oidc"
            else cas.address(portal, service(back, errand.state))
        )
    except PortalDown:
        raise _refused(AWAY, portal) from None
    request.session[ERRAND] = {
        "portal": portal.id, "state": errand.state, "nonce": errand.nonce, "verifier": errand.verifier, "after": after,
        "until": (at + VALID_FOR).isoformat(),
    }
    return target


def finish(request: HttpRequest, *, portal: Portal, back: str, at: datetime) -> tuple[PortalIdentity, str]:
    """Who came back, and where he wanted to go."""
    kept: dict[str, Any] = request.session.pop(ERRAND, None) or {}
    request.session.save()      # used up, even where what follows fails or two tabs come at once
    given = request.GET.get("state", "")
    if (kept.get("portal") != portal.id or not secrets.compare_digest(str(kept.get("state")), given)
            or datetime.fromisoformat(kept["until"]) < at):
        raise Refused(NOT_ASKED)
    errand = oidc.Errand(kept["state"], kept["nonce"], kept["verifier"])
    try:
        if portal.protocol == "oidc":
            if not request.GET.get("code"):
                raise oidc.Forged("no code")
            identity = oidc.identify(portal, errand, request.GET["code"], back)
        else:
            identity = cas.identify(portal, request.GET.get("ticket", ""), service(back, errand.state))
    except PortalDown:
        raise _refused(AWAY, portal) from None
    except oidc.Forged as forged:
        record(chain=f"portal:{portal.id}", action="portal_answer_refused", actor="system", subject=portal.id, at=at,
               data={"why": str(forged)})
        raise _refused(REFUSED, portal) from None
    return identity, kept["after"]


def service(back: str, state: str) -> str:
    return f"{back}?{urlencode({'state': state})}"


def account_of(identity: PortalIdentity) -> Account | None:
    """The account of this user, if the hall has one: linked before, or by document number (a natural person who passed
    real-name authentication). An account that was merged or closed is none."""
    usable = Account.objects.filter(is_active=True, merged_into=None, erased_at=None, kind=identity.kind)
    linked = usable.filter(
        portal_identities__portal=identity.portal, portal_identities__portal_user_id=identity.user_id
    ).first()
    if linked or identity.kind != "natural" or not identity.document_number:
        return linked
    return usable.filter(
        document_index=identity.document_number, real_name_status=Account.RealName.PASSED
    ).first()


@transaction.atomic
def link(*, account: Account, identity: PortalIdentity, at: datetime) -> None:
    """Remember whose portal user this is. Where he is linked to another account that no longer counts, he moves."""
    try:
        with transaction.atomic():
            made = FederatedIdentity.objects.update_or_create(
                portal=identity.portal, portal_user_id=identity.user_id,
                defaults={"account": account, "linked_at": at},
            )[1]
    except IntegrityError:
        return      # another tab was quicker, with the same answer
    if made:
        record(chain=f"account:{account.id}", action="link_portal", actor=account.id, subject=account.id, at=at,
               data={"portal": identity.portal})


def _refused(reason: Reason, portal: Portal) -> Refused:
    return Refused(Reason(reason.code, reason.text.format(portal=portal.title)))
