"""The hall of these tests stands for the whole run of a file; every visit is undone."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

AT = datetime(2026, 11, 12, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def hall(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    from django.db import transaction

    from laihua.kernel import clock
    from tests.access import people

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(clock, "now", lambda: AT)
        yield people.build(AT)
        transaction.set_rollback(True)
