"""The hall of these tests stands for the whole run of a file; every visit is undone."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.access.standing import standing_hall


@pytest.fixture(scope="module")
def hall(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    with standing_hall(django_db_blocker) as made:
        yield made
