"""A hall that stands for all tests of a file: built once, and gone when they are done."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

AT = datetime(2026, 11, 12, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@contextmanager
def standing_hall(blocker: Any) -> Iterator[Any]:
    from django.db import transaction

    from laihua.kernel import clock
    from tests.access import people

    with blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(clock, "now", lambda: AT)
        yield people.build(AT)
        transaction.set_rollback(True)
