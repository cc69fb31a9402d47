"""ACC-9: an administrator who grants what he does not hold. Through the page, and by the action behind it."""

from collections.abc import Callable
from itertools import product
from typing import Any

from bench.attacks.scene import Row, Scene, timed

A, B, EVERYWHERE = "one_network", "expert_projects", ""


def run(scene: Scene) -> list[Row]:
    from unittest.mock import patch

    from laihua.kernel import clock

    with patch.object(clock, "now", lambda: scene.at):
        return [
            *(tried(scene, f"grantor{n}", held, described) for n, (held, described) in enumerate((
                ([("unit_admin", B)], "administrator in one business system"),
                ([("unit_admin", B), ("handler", A)], "administrator in one business system and handler in another"),
                ([("unit_admin", B), ("handler", EVERYWHERE)], "administrator in one business system and handler in all"),
                ([("handler", EVERYWHERE)], "handler in all business systems"),
            ))),
            elsewhere(scene),
        ]


def tried(scene: Scene, name: str, held: list[tuple[str, str]], described: str) -> Row:
    """Every role in every system, once by the form and once by the action; what the grantor administers is no attack."""
    from laihua.accounts.permissions import ROLES
    from laihua.units.granting import NO_ADMIN

    grantor, candidate = furnished(scene, name, held)
    unit = scene.world.unit
    systems = (EVERYWHERE, A, "work_system", B)
    may = {("unit_admin", B), ("handler", B)} if ("unit_admin", B) in held else set()
    attacks = [pair for pair in product(ROLES, systems) if pair not in may]
    if may:
        assert by_form(scene, grantor, unit.id, candidate, ("handler", B)), "what he may grant is granted"
    with timed() as seconds:
        through = sum(by_form(scene, grantor, unit.id, candidate, pair) for pair in attacks)
        through += sum(by_action(scene, grantor, unit.id, candidate, pair) for pair in attacks)
        took = seconds()
    tries = 2 * len(attacks)
    return Row(f"Roles that the grantor lacks: {described}", tries,
               f"precise pairs of role and system (not_held_there, {NO_ADMIN.code})", f"{through} of {tries}", not through, took)


def elsewhere(scene: Scene) -> Row:
    """An administrator everywhere in one unit, who grants roles of another unit and of an authority."""
    from laihua.accounts.permissions import ROLES

    grantor, candidate = furnished(scene, "grantor_elsewhere", [("unit_admin", EVERYWHERE)])
    targets = (scene.world.other_unit.id, scene.world.office.id)
    with timed() as seconds:
        through = sum(by_action(scene, grantor, target, candidate, (role, EVERYWHERE)) for target, role in product(targets, ROLES))
        through += sum(by_action(scene, grantor, scene.world.unit.id, candidate, (role, EVERYWHERE))
                       for role in ROLES if role not in ("unit_admin", "handler"))
        tries = len(targets) * len(ROLES) + len(ROLES) - 2
        return Row("Roles of another unit, of an authority, of the hall: administrator everywhere in one unit", tries,
                   "a unit’s administrator grants roles of that unit alone (may_not_grant, role_elsewhere)", f"{through} of {tries}",
                   not through, seconds())


def furnished(scene: Scene, name: str, held: list[tuple[str, str]]) -> tuple[Any, Any]:
    from laihua.accounts import actions
    from laihua.accounts.models import Account
    from laihua.accounts.permissions import SYSTEM
    from laihua.units.models import Enrolment
    from tests import people

    organisation_id = scene.world.unit.organisation_id
    for system in (A, B, "work_system"):
        Enrolment.objects.update_or_create(
            system=system, organisation_id=organisation_id, account=None, defaults={"state": "approved", "changed_at": scene.at})
    grantor, candidate = people.natural(name, name="叶知秋"), people.natural(f"{name}_friend", name="何望舒")
    Account.objects.filter(id=candidate.id).update(real_name_status="passed")
    for role, system in held:
        actions.grant_role(account_id=grantor.id, organisation_id=organisation_id, role=role, system=system, actor=SYSTEM, at=scene.at)
    return grantor, candidate


def by_form(scene: Scene, grantor: Any, unit_id: Any, candidate: Any, pair: tuple[str, str]) -> bool:
    """The page that a search leads to, with a box ticked that it does not offer."""
    from django.core import signing

    from laihua.portal.account.grants import SALT
    from tests import people

    client = people.signed_in(grantor, client=scene.browser())
    key = signing.dumps({"who": str(candidate.id), "by": str(grantor.id), "unit": str(unit_id)}, salt=SALT)
    client.post(f"/grants/new/{key}/", {"roles": [f"{pair[0]}@{pair[1]}"]})
    return holds(candidate, unit_id, pair)


def by_action(scene: Scene, grantor: Any, unit_id: Any, candidate: Any, pair: tuple[str, str]) -> bool:
    from laihua.accounts import actions
    from laihua.kernel.texts import Refused

    attempt: Callable[[], Any] = lambda: actions.grant_role(  # noqa: E731
        account_id=candidate.id, organisation_id=unit_id, role=pair[0], system=pair[1], actor=acting(grantor), at=scene.at)
    try:
        attempt()
    except Refused:
        return False
    return holds(candidate, unit_id, pair)


def acting(grantor: Any) -> Any:
    """As a request of his says who acts."""
    from django.test import RequestFactory

    from laihua.accounts import queries
    from laihua.accounts.session_store import SessionStore

    request = RequestFactory().get("/")
    request.session, request.user = SessionStore(), grantor
    return queries.actor_of(request)


def holds(candidate: Any, unit_id: Any, pair: tuple[str, str]) -> bool:
    from laihua.accounts.models import Grant

    return bool(Grant.objects.filter(
        account=candidate, organisation_id=unit_id, role=pair[0], system=pair[1], revoked_at=None).delete()[0])
