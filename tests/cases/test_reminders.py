"""Units hear 30 and 7 days before their filing ends, once."""

from datetime import date, datetime, timedelta

import pytest

from laihua.accounts.permissions import SYSTEM
from laihua.cases.reminders import remind_of_filings
from laihua.notifications.models import InboxMessage, OutboxMessage
from laihua.units import actions as units
from laihua.units.models import Filing
from tests.world import World


def end_on(world: World, day: date) -> None:
    Filing.objects.filter(unit=world.unit).update(valid_to=day)


@pytest.mark.req("UNI-6")
@pytest.mark.parametrize("days", [30, 7])
def test_every_handler_is_reminded_once(world: World, at: datetime, days: int) -> None:
    end_on(world, at.date() + timedelta(days=days))
    assert remind_of_filings(at=at) == 2
    assert remind_of_filings(at=at + timedelta(hours=2)) == 2
    told = InboxMessage.objects.all()
    assert {m.account_id for m in told} == {world.handler.account_id, world.second_handler.account_id}
    assert len(told) == 2
    assert f"{days}天" in told[0].content["body"]["zh"]
    assert OutboxMessage.objects.filter(channel="email").count() == 2


@pytest.mark.parametrize("days", [31, 29, 8, 0])
def test_on_other_days_nobody_is_reminded(world: World, at: datetime, days: int) -> None:
    end_on(world, at.date() + timedelta(days=days))
    assert remind_of_filings(at=at) == 0


def test_a_filing_that_is_renewed_already_needs_no_reminder(world: World, at: datetime) -> None:
    end_on(world, at.date() + timedelta(days=7))
    units.approve_filing(
        unit_id=world.unit.id, number="BA-NEXT", valid_from=at.date(), valid_to=date(2028, 1, 1), actor=SYSTEM, at=at
    )
    assert remind_of_filings(at=at) == 0
