from datetime import datetime
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction

from laihua.accounts import actions, queries
from laihua.accounts.models import Account, Grant
from laihua.accounts.permissions import SYSTEM, Actor
from laihua.kernel.models import AuditEntry
from laihua.kernel.texts import Refused
from tests import people

pytestmark = pytest.mark.django_db


def test_a_login_name_is_taken_in_any_case(at: datetime) -> None:
    people.natural("Gu.Yan")
    with pytest.raises(Refused) as refused:
        people.natural("gu.yan")
    assert refused.value.reasons == (actions.NAME_TAKEN,)
    assert get_user_model().objects.get_by_natural_key("GU.YAN").login_name == "Gu.Yan"


@pytest.mark.parametrize("name", ["ab", "with space", "x" * 65, "nul\0name"])
def test_an_unfit_login_name_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        people.natural(name)
    assert refused.value.reasons == (actions.NAME_UNFIT,)


def test_a_weak_password_is_refused_in_both_languages(at: datetime) -> None:
    with pytest.raises(Refused) as refused:
        people.natural(password="123456")
    codes = {"password_too_short", "password_too_common", "password_entirely_numeric"}
    assert {reason.code for reason in refused.value.reasons} == codes
    for reason in refused.value.reasons:
        assert reason.text == actions.WEAK[reason.code]
        assert reason.place == "password"


def test_personal_data_is_not_readable_in_the_table(at: datetime) -> None:
    actions.create_account(kind="natural", login_name="reader", password=None, name_latin="LINDQVIST SOFIA",
                           phone="+86 138 0000 0000", email="s@example.com", document_number="EM0000038",
                           actor=SYSTEM, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT a::text FROM accounts_account a WHERE login_name = 'reader'")
        row = cursor.fetchone()[0].lower()
    for word in ("lindqvist", "13800000000", "example.com", "em0000038"):
        assert word not in row
        assert word.encode().hex() not in row
    assert Account.objects.get(phone_index="13800000000").name_latin == "LINDQVIST SOFIA"
    found = queries.contact_of(Account.objects.get(document_index="em 0000038").id)
    assert (found.name, found.email) == ("LINDQVIST SOFIA", "s@example.com")


@pytest.mark.req("OPS-5")
def test_a_grant_and_its_end_stand_in_the_audit_trail(at: datetime) -> None:
    person, unit = people.natural(), people.unit()
    grant_id = people.give(person, "handler", unit.id)
    with pytest.raises(Refused) as twice:
        people.give(person, "handler", unit.id)
    assert twice.value.reasons == (actions.GRANTED_ALREADY,)
    assert queries.holders_of("handler", unit.id) == [person.id]

    actions.revoke_grant(grant_id=grant_id, actor=SYSTEM, at=at)
    assert queries.holders_of("handler", unit.id) == []
    with pytest.raises(Refused):
        actions.revoke_grant(grant_id=grant_id, actor=SYSTEM, at=at)
    people.give(person, "handler", unit.id)
    trail = AuditEntry.objects.filter(chain=f"organisation:{unit.id}", subject=str(person.id)).order_by("seq")
    assert list(trail.values_list("action", flat=True)) == ["grant_role", "revoke_grant", "grant_role"]


def test_the_database_holds_one_live_grant_of_a_role(at: datetime) -> None:
    person, unit = people.natural(), people.unit()
    people.give(person, "handler", unit.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(account=person, organisation_id=unit.id, role="handler", granted_at=at)


def test_a_stranger_grants_nothing(at: datetime) -> None:
    person, unit, other = people.natural(), people.unit(), people.unit()
    stranger = Actor(people.natural().id, "路人", frozenset({"unit_admin"}), other.id)
    with pytest.raises(Refused):
        actions.grant_role(account_id=person.id, organisation_id=unit.id, role="handler", actor=stranger, at=at)
    assert not Grant.objects.filter(account=person).exists()


def test_names_of_many_people_cost_one_statement(django_assert_num_queries: object) -> None:
    ids = [people.natural(name=name).id for name in ("顾言", "林舒", "周禾")]
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert set(queries.names_of(ids).values()) == {"顾言", "林舒", "周禾"}


def test_nothing_personal_in_the_text_of_an_account() -> None:
    person = people.natural("quiet.name", name="顾言")
    assert "顾言" not in repr(person)
    assert "quiet" not in repr(person)


def test_an_account_that_fails_half_way_leaves_no_row(at: datetime) -> None:
    with patch("laihua.accounts.actions.record", side_effect=RuntimeError), pytest.raises(RuntimeError):
        people.natural("halfway")
    assert queries.account_named("halfway") is None
