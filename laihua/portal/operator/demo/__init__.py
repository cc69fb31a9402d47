"""The demo: invented people and their cases, made through the actions that real people use.

The database itself carries the mark of a demo, so that a demo never mixes with real data.
"""

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from laihua.kernel import clock
from laihua.kernel.calendar import ZONE
from laihua.kernel.jobs import defer
from laihua.kernel.queries import working_calendar

MARK = "laihua demo"
OPENS = 9


def is_built() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')")
        return bool(cursor.fetchone()[0] == MARK)


def holds_other_data() -> bool:
    return not is_built() and get_user_model()._default_manager.exists()


@transaction.atomic
def build(*, at: datetime) -> None:
    """Make the demo as of this moment, all of it or nothing.

    On a day off the demo begins with the next working day, and its clock is set to the morning of it: otherwise nothing
    would be due and nobody would come to the window.
    """
    from laihua.portal.operator.demo.acts import perform
    from laihua.portal.operator.demo.boards import post
    from laihua.portal.operator.demo.casting import gather
    from laihua.portal.operator.demo.counter import bring
    from laihua.portal.operator.demo.entries import come_in
    from laihua.portal.operator.demo.permits import play_permits
    from laihua.portal.operator.demo.points import play_points
    from laihua.portal.operator.demo.projects import apply
    from laihua.portal.operator.demo.roster import fill
    from laihua.portal.operator.demo.single_window import play as play_single_window

    opening = first_moment(at)
    if opening != at:
        clock.move_to(opening)
    cast = gather(opening)
    perform(cast, opening)
    come_in(cast, opening)
    fill(cast, opening)
    bring(cast, opening)
    play_permits(cast, opening)
    apply(cast, opening)
    post(cast, opening)
    play_points(cast, opening)
    play_single_window(cast, opening)
    defer("cases.jobs.count_days", timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON SCHEMA public IS '{MARK}'")


def first_moment(at: datetime) -> datetime:
    calendar, at = working_calendar(), at.astimezone(ZONE)
    moment = at
    while not calendar.is_working_day(moment.date()):
        moment = (moment + timedelta(days=1)).replace(hour=OPENS, minute=0, second=0, microsecond=0)
    return moment


def account_lines() -> list[str]:
    """One line for each account that a visitor may use: name, password, what it can do."""
    from laihua.portal.operator.demo.guide import lines

    return lines()
