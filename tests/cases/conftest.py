"""The cases begin hundreds of times with the same small hall: it is put back, not built anew."""

from datetime import datetime
from typing import Any

import pytest


@pytest.fixture
def world(db: None, at: datetime) -> Any:
    from tests import snapshot  # pytest reads this file before Django is set up
    from tests import world as building

    return snapshot.again(("world", at), lambda: building.build(at))
