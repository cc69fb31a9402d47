"""Those who keep a roster hear before the last day to file an extension, once for each step."""

from datetime import date, datetime, timedelta

import pytest

from laihua.cases.roster_reminders import remind_of_extensions
from laihua.notifications.models import InboxMessage, OutboxMessage
from laihua.units import actions as units
from tests.cases import roster_service as roster
from tests.world import World

pytestmark = pytest.mark.django_db


def someone(world: World, at: datetime, left: int) -> None:
    """His last day to file is in so many days."""
    roster.member(world, at, permit_to=(at.date() + timedelta(days=left + 30)).isoformat())


@pytest.mark.parametrize(("left", "told"), [(31, 0), (30, 2), (8, 2), (7, 2), (0, 2), (-1, 0)])
def test_from_thirty_days_before_to_the_last_day(world: World, at: datetime, left: int, told: int) -> None:
    someone(world, at, left)
    assert remind_of_extensions(at=at) == told


def test_once_for_thirty_and_once_for_seven_days(world: World, at: datetime) -> None:
    someone(world, at, 30)
    for days in range(31):
        remind_of_extensions(at=at + timedelta(days=days))
    told = InboxMessage.objects.filter(account_id=world.handler.account_id).order_by("created_at")
    assert [(m.created_at - at).days for m in told] == [0, 23]
    assert InboxMessage.objects.count() == 4, "both handlers"
    assert set(OutboxMessage.objects.values_list("channel", flat=True)) == {"email"}


def test_a_day_on_which_nothing_ran_is_made_up(world: World, at: datetime) -> None:
    someone(world, at, 28)
    remind_of_extensions(at=at)
    assert "还有28天" in InboxMessage.objects.all()[0].content["body"]["zh"]


def test_the_name_is_masked_and_whoever_left_is_not_told_of(world: World, at: datetime) -> None:
    someone(world, at, 7)
    remind_of_extensions(at=at)
    content = InboxMessage.objects.all()[0].content
    assert "WEBER A*****" in content["subject"]["zh"]
    assert "KATHARINA" not in str(content)
    assert "C01X00T47" not in str(content)
    member = roster.member(world, at, passport_number="B1234567", permit_number="WPX8")
    units.leave_roster(staff_id=member.id, on=date(2026, 11, 1), actor=world.handler, at=at)
    before = InboxMessage.objects.count()
    remind_of_extensions(at=at + timedelta(days=21))
    assert InboxMessage.objects.count() == before, "the one who stays was told for seven days already"
