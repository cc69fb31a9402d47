from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from laihua.accounts import rules, totp
from laihua.accounts.addresses import believed
from laihua.accounts.permissions import AGENT, ROLES, SYSTEM, Actor

# RFC 6238, appendix B: the ASCII secret 12345678901234567890 in base32; its 8 digits end in these 6.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@dataclass(frozen=True)
class Post:
    organisation_id: UUID


@pytest.mark.parametrize(("seconds", "digits"), [
    (59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037"),
])
def test_codes_are_those_of_rfc_6238(seconds: int, digits: str) -> None:
    assert totp.code(RFC_SECRET, totp.step_of(datetime.fromtimestamp(seconds, UTC))) == digits


def test_a_code_is_taken_one_step_early_or_late_and_not_two() -> None:
    at = datetime.fromtimestamp(1_000_000_000, UTC)
    step = totp.step_of(at)
    for drift, taken in ((-2, False), (-1, True), (0, True), (1, True), (2, False)):
        found = totp.matching_step(RFC_SECRET, totp.code(RFC_SECRET, step + drift), at)
        assert (found == step + drift) is taken
    assert totp.matching_step(RFC_SECRET, "口令", at) is None


@pytest.mark.parametrize(("role", "kind", "actor_roles", "same", "refused"), [
    ("handler", "employer", {"unit_admin"}, True, None),
    ("handler", "employer", {"unit_admin"}, False, "may_not_grant"),
    ("handler", "employer", {"handler"}, True, "may_not_grant"),
    ("decider", "authority", {"head"}, True, "may_not_grant"),
    ("decider", "authority", {"operator"}, False, None),
    ("decider", "employer", {"operator"}, False, "role_elsewhere"),
    ("emperor", "authority", {"operator"}, False, "unknown_role"),
])
def test_who_may_grant_what(role: str, kind: str, actor_roles: set[str], same: bool, refused: str | None) -> None:
    organisation = uuid4()
    actor = Actor(uuid4(), "顾言", frozenset(actor_roles), organisation if same else uuid4())
    reason = rules.refusal_of_grant(actor=actor, role=role, organisation_id=organisation, organisation_kind=kind)
    assert (reason.code if reason else None) == refused


@pytest.mark.parametrize(("held", "system", "refused"), [
    ({("unit_admin", "b"), ("handler", "a")}, "b", None),
    ({("unit_admin", "b"), ("handler", "a")}, "a", "not_held_there"),
    ({("unit_admin", "b"), ("handler", "a")}, "", "not_held_there"),
    ({("unit_admin", "b"), ("handler", "")}, "a", "not_held_there"),
    ({("unit_admin", "b"), ("handler", "")}, "", "not_held_there"),
    ({("unit_admin", ""), ("handler", "a")}, "b", None),
])
@pytest.mark.req("ACC-9")
def test_a_role_in_one_system_lends_nothing_to_another_role_elsewhere(
    held: set[tuple[str, str]], system: str, refused: str | None
) -> None:
    organisation, systems = uuid4(), frozenset(system for _, system in held)
    actor = Actor(uuid4(), "顾言", frozenset(role for role, _ in held), organisation, held=frozenset(held),
                  systems=frozenset() if "" in systems else systems)
    reason = rules.refusal_of_grant(
        actor=actor, role="handler", organisation_id=organisation, organisation_kind="employer", system=system)
    assert (reason.code if reason else None) == refused


def test_the_system_may_grant_every_role_where_it_belongs() -> None:
    kinds = {"unit": "employer", "authority": "authority", "expert": "authority", "hall": "hall"}
    for role in ROLES.values():
        refused = rules.refusal_of_grant(
            actor=SYSTEM, role=role.key, organisation_id=uuid4(), organisation_kind=kinds[role.side])
        assert (refused.code if refused else None) == ("role_by_delegation" if role.key == AGENT else None), role.key


def test_a_single_post_speaks_for_itself_and_several_wait_for_a_choice() -> None:
    one, two = Post(uuid4()), Post(uuid4())
    assert rules.post_for([one], None) is one
    assert rules.post_for([one, two], None) is None
    assert rules.post_for([one, two], str(two.organisation_id)) is two
    assert rules.post_for([one], rules.HIMSELF) is None
    assert rules.post_for([one, two], str(uuid4())) is None


@pytest.mark.parametrize(("remote", "forwarded", "address"), [
    ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
    ("10.0.0.2", "198.51.100.1", "198.51.100.1"),
    ("10.0.0.2", "1.2.3.4, 198.51.100.1", "198.51.100.1"),
    ("10.0.0.2", "198.51.100.1, 10.0.0.3", "198.51.100.1"),
    ("10.0.0.2", "", "10.0.0.2"),
    ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
    ("::ffff:198.51.100.1", "", "198.51.100.1"),
])
def test_only_trusted_proxies_are_believed(remote: str, forwarded: str, address: str) -> None:
    assert believed(remote, forwarded, ["10.0.0.0/8"]) == address
