"""Reads: who acts, who holds what, and how people are called and reached."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from laihua.accounts import captchas, links, rules, sessions, totp
from laihua.accounts.addresses import believed
from laihua.accounts.consents import consented, consents_of
from laihua.accounts.duplicates import (
    Hold,
    Pair,
    counts_of_pairs,
    decided_pairs,
    hold_of,
    open_pair_of,
    open_pairs,
    pair,
)
from laihua.accounts.erasure import reasons_to_stay
from laihua.accounts.handler_proofs import is_proved
from laihua.accounts.identity.checks import MAIN_HANDLER, UNIT, RealName, latest, real_name_of, stands
from laihua.accounts.identity.documents import TYPES
from laihua.accounts.identity.people import PersonInformation, claimed_person, information_of, verified_person
from laihua.accounts.mandates import Mandate, mandate_of, provide_mandates
from laihua.accounts.models import Account, Grant, Organisation, TotpDevice
from laihua.accounts.own_data import every_grant_of, sign_ins_of
from laihua.accounts.permissions import AGENT, ROLES, Actor
from laihua.accounts.portals.definitions import Portal, PortalIdentity
from laihua.accounts.portals.definitions import portals as portals_of
from laihua.accounts.portals.sign_in import account_of as portal_account
from laihua.accounts.sign_in_log import (
    WAYS,
    SignInFilter,
    count_sign_ins,
    every_sign_in,
    handler_called,
    phone_index,
    sign_in_entry,
    sign_ins,
)
from laihua.kernel.crypto import blind_index
from laihua.kernel.texts import Reason, Text

__all__ = [
    "MAIN_HANDLER", "UNIT", "WAYS", "Hold", "Mandate", "Pair", "PersonInformation", "Portal", "PortalIdentity",
    "RealName", "SignInFilter", "claimed_person", "consented", "consents_of", "count_sign_ins", "counts_of_pairs",
    "decided_pairs", "every_grant_of", "every_sign_in", "handler_called", "hold_of", "information_of", "is_proved",
    "latest", "open_pair_of", "open_pairs", "pair", "phone_index", "portal_account", "provide_mandates",
    "real_name_of", "reasons_to_stay", "sign_in_entry", "sign_ins", "sign_ins_of", "stands", "verified_person",
]

CHOSEN, CONFIRMED, HIMSELF = "organisation", "totp_confirmed", rules.HIMSELF
BOUND, DELEGATION = "bound_unit", "delegation"
"""Of a session: the one unit that it was opened for, and the delegation under which it acts."""

NO_LONGER_HANDLER = Reason("no_longer_handler", Text(
    "您在该单位的经办人授权已撤销，请联系单位管理员", "Your role in this unit has been revoked; ask its administrator"))
NO_LONGER_AGENT = Reason("no_longer_agent", Text(
    "您不再是该代理机构的经办人，不能在这项委托下办理", "You are no longer a handler of the agency and cannot act under this delegation"))


@dataclass(frozen=True, slots=True)
class Post:
    """An organisation where the person holds roles now, and the business systems in which they count; empty is all."""

    organisation_id: UUID
    name: Text
    kind: str
    roles: frozenset[str]
    systems: frozenset[str] = frozenset()
    held: frozenset[tuple[str, str]] = frozenset()

    @property
    def titles(self) -> list[Text]:
        return [role.title for role in ROLES.values() if role.key in self.roles]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a request stands. `actor` is None for a visitor.

    `must_choose`: several posts and none chosen yet. `needs_totp`: the chosen post asks for a second factor that this
    session has not shown; until then the actor holds no role, wherever it is asked. `mandate`: the delegation under
    which the session acts. `ended`: why what the session was opened for is over; until it is left nothing can be done.
    """

    actor: Actor | None = None
    account: Account | None = None
    posts: tuple[Post, ...] = ()
    post: Post | None = None
    must_choose: bool = False
    needs_totp: bool = False
    mandate: Mandate | None = None
    ended: Reason | None = None

    @property
    def may_switch(self) -> bool:
        return len(self.posts) > 1


@dataclass(frozen=True, slots=True)
class Contact:
    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = "zh-hans"
    login_name: str = ""


@dataclass(slots=True)
class _Roles:
    name: Text
    kind: str
    held: set[tuple[str, str]] = field(default_factory=set)

    def post(self, organisation_id: UUID) -> Post:
        roles, systems = (frozenset(part) for part in zip(*self.held, strict=True))
        return Post(organisation_id, self.name, self.kind, roles, frozenset() if "" in systems else systems, frozenset(self.held))


def standing_of(request: HttpRequest) -> Standing:
    """One statement for the live grants, once a request: a revoked grant counts from the next request on."""
    known: Standing | None = getattr(request, "_standing", None)
    if known is None:
        known = _standing(request)
        request._standing = known  # type: ignore[attr-defined]
    return known


def actor_of(request: HttpRequest) -> Actor | None:
    return standing_of(request).actor


def posts_of(account_id: UUID) -> tuple[Post, ...]:
    """Every organisation where the account holds a role now, by name."""
    found: dict[UUID, _Roles] = {}
    rows = Grant.objects.filter(account_id=account_id, revoked_at=None).order_by(
        "organisation__name_zh", "organisation_id"
    ).values_list("organisation_id", "organisation__name_zh", "organisation__name_en", "organisation__kind", "role", "system")
    for organisation_id, name_zh, name_en, kind, role, system in rows:
        held = found.setdefault(organisation_id, _Roles(Text(name_zh, name_en or name_zh), kind))
        held.held.add((role, system))
    return tuple(held.post(key) for key, held in found.items())


organisations_of = posts_of


def holders_of(role: str, organisation_id: UUID) -> list[UUID]:
    return list(
        Grant.objects.filter(organisation_id=organisation_id, role=role, revoked_at=None, account__is_active=True)
        .order_by("granted_at").values_list("account_id", flat=True)
    )


def grants_in(organisation_id: UUID) -> list[Grant]:
    """The live grants of an organisation with their accounts, oldest first."""
    return list(
        Grant.objects.filter(organisation_id=organisation_id, revoked_at=None)
        .select_related("account").order_by("granted_at", "id")
    )


def portals() -> dict[str, Portal]:
    """The government portals that one may come from, by id."""
    return portals_of(settings.PORTALS)


def account(account_id: UUID | None) -> Account | None:
    return Account.objects.filter(id=account_id).first() if account_id else None


def organisation(organisation_id: UUID) -> Organisation | None:
    return Organisation.objects.filter(id=organisation_id).first()


def authority_called(code: str) -> Organisation | None:
    """The authority with this code, such as NATIONAL; None where there is none."""
    return Organisation.objects.filter(kind=Organisation.Kind.AUTHORITY, code=code).first() if code else None


def organisations(kind: str) -> list[Organisation]:
    return list(Organisation.objects.filter(kind=kind).order_by("code"))


def account_named(login_name: str) -> Account | None:
    try:
        return Account.objects.get_by_natural_key(login_name)
    except Account.DoesNotExist:
        return None


def account_with_document(document_type: str, number: str) -> UUID | None:
    """The natural person who passed real-name authentication with this document; at most one has (ACC-7)."""
    found = Account.objects.filter(
        document_index=number, document_type=document_type, kind=Account.Kind.NATURAL, merged_into=None, is_active=True,
        real_name_status=Account.RealName.PASSED,
    )
    return found.values_list("id", flat=True).first()


def document_indexes(account_id: UUID) -> list[bytes]:
    """The blind index of the account's document, as it stands in the table; empty where it has none."""
    known = Account.objects.filter(id=account_id, document_index__isnull=False)
    return [bytes(index) for index in known.values_list("document_index", flat=True) if index is not None]


def names_of(ids: Iterable[UUID], language: str = "zh-hans") -> dict[UUID, str]:
    """Full names, not masked. Accounts that do not exist are left out. One statement."""
    wanted = set(ids)
    if not wanted:
        return {}
    people = Account.objects.filter(id__in=wanted).only("id", "name_zh", "name_latin", "login_name")
    return {person.id: name_of(person, language) for person in people}


def name_of(account: Account, language: str = "zh-hans") -> str:
    return rules.name_in(language, zh=account.name_zh, latin=account.name_latin) or account.login_name


def contact_of(account_id: UUID) -> Contact:
    """Empty where there is no such account."""
    account = Account.objects.filter(id=account_id).first()
    return contact(account) if account else Contact()


def person_facts(person: Account) -> dict[str, str]:
    """What a form may take over as `person.…`. Personal data: for the person's own cases only."""
    return {"name": person.name_zh or person.name_latin, "login_name": person.login_name} | {
        key: getattr(person, key) for key in (
            "name_zh", "name_latin", "phone", "email", "document_type", "document_number", "real_name_status")
    }


def contact(account: Account) -> Contact:
    return Contact(name_of(account, account.language), account.phone, account.email, account.language, account.login_name)


def device_of(account_id: UUID) -> TotpDevice | None:
    return TotpDevice.objects.filter(account_id=account_id).first()


def demo_code(account_id: UUID, *, at: Any) -> str | None:
    """The code that the account's device shows, or the next one when this one is used up. None outside a demo."""
    device = device_of(account_id) if settings.DEMO else None
    if device is None:
        return None
    return totp.code(device.secret, max(totp.step_of(at), device.last_step + 1))


def _standing(request: HttpRequest) -> Standing:
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return Standing()
    session, posts = request.session, posts_of(account.id)
    chosen, bound, delegation = (session.get(key) for key in (CHOSEN, BOUND, DELEGATION))
    if bound:
        posts, chosen = tuple(post for post in posts if str(post.organisation_id) == bound), bound
    if delegation:
        return _under(delegation, account, posts, bound=bool(bound))
    post = rules.post_for(posts, chosen)
    roles = post.roles if post else frozenset()
    needs_totp = rules.needs_second_factor(roles) and session.get(CONFIRMED) is not True
    actor = Actor(
        account_id=account.id,
        name=name_of(account, account.language),
        roles=frozenset() if needs_totp else roles,
        organisation_id=post.organisation_id if post else None,
        organisation_name=str(post.name) if post else "",
        language=account.language,
        kind=account.kind,
        systems=post.systems if post else frozenset(),
        held=post.held if post else frozenset(),
        for_himself=not bound,
    )
    return Standing(
        actor=actor, account=account, posts=posts, post=post, needs_totp=needs_totp,
        must_choose=post is None and len(posts) > 1 and chosen != HIMSELF,
        ended=NO_LONGER_HANDLER if bound and post is None else None,
    )


def _under(delegation: str, account: Account, posts: tuple[Post, ...], *, bound: bool) -> Standing:
    """Acting for a principal: asked anew at every request, so that a revocation stops what stands open."""
    mandate = mandate_of(delegation, account.id)
    held = mandate is not None and any(
        post.organisation_id == mandate.agency_id and post.kind == "agency" for post in posts)
    ended = (mandate.ended if held else NO_LONGER_AGENT) if mandate else NO_LONGER_AGENT
    actor = Actor(
        account_id=account.id, name=name_of(account, account.language), language=account.language, kind=account.kind,
        for_himself=False,
    )
    if mandate is not None and ended is None:
        actor = replace(
            actor, roles=frozenset({AGENT}), organisation_id=mandate.principal_id,
            organisation_name=str(mandate.principal_name), delegation_id=mandate.id, agency_id=mandate.agency_id,
        )
    return Standing(actor=actor, account=account, posts=posts, mandate=mandate, ended=ended)


def address_of(request: HttpRequest) -> str:
    """The visitor's address, for limits on attempts. Proxies are believed that LAIHUA_TRUSTED_PROXIES names."""
    return believed(
        request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""), settings.TRUSTED_PROXIES
    )


captcha_answer = captchas.answer_of
open_sessions = sessions.open_sessions
account_of_link = links.account_of_link


def phone_in_short(phone: str) -> str:
    """By which a session remembers a phone without holding its number."""
    return blind_index("phone", phone).hex() if phone else ""


def login_name_is_taken(login_name: str) -> bool:
    return account_named(login_name) is not None


def document_types() -> list[tuple[str, Text]]:
    return [(kind.key, kind.title) for kind in TYPES.values()]


def recoverable(login_name: str) -> Account | None:
    """Whose password may be set anew by a code: an account that can be signed in to and has a phone."""
    account = account_named(login_name)
    fit = account is not None and account.is_active and account.phone and account.kind != Account.Kind.VISITOR
    return account if fit else None
