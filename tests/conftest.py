"""Where tests run: one PostgreSQL per session, a data folder of their own, and a moment that never moves.

Without LAIHUA_DATABASE_URL an embedded server starts in the temporary folder; it stays there between runs, so only the
first one pays for it. LAIHUA_TEST_SUFFIX keeps runs on one machine apart.
"""

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SUFFIX = os.environ.get("LAIHUA_TEST_SUFFIX", "")


def _prepare_environment() -> None:
    """Before Django reads its settings. Workers of pytest-xdist inherit the server of the process that started them."""
    for name in [name for name in os.environ if name.startswith("LAIHUA_")]:
        if name not in {"LAIHUA_DATABASE_URL", "LAIHUA_TEST_SUFFIX"}:
            del os.environ[name]
    data = tempfile.mkdtemp(prefix="laihua-test-data-")
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    os.environ |= {
        "LAIHUA_DEMO": "1",
        "LAIHUA_DATA": data,
        "LAIHUA_OCR": "0",  # a test that wants scans to be read says so
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright's loop runs in the thread of the test
    }
    if not os.environ.get("LAIHUA_DATABASE_URL"):
        os.environ["LAIHUA_DATABASE_URL"] = _embedded_server()


def _embedded_server() -> str:
    import psycopg

    from laihua.kernel import postgres

    folder = Path(tempfile.gettempdir()) / f"laihua-tests-{os.getuid()}{'-' + SUFFIX if SUFFIX else ''}"
    address = postgres.database_url(folder)
    atexit.register(postgres.stop)
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "jit = off",
                        "max_connections = 200"):
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    return address


def _prepare_settings() -> None:
    from django.conf import settings

    name = "test_laihua" + (f"_{SUFFIX}" if SUFFIX else "")
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = name
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0  # each thread of a live server would keep one open
    settings.PASSWORD_HASHERS = ["tests.doubles.hashing.QuickArgon2"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


_prepare_environment()
_prepare_settings()

from tests.append_only import let_flush_empty_protected_tables  # noqa: E402  after the environment is prepared

let_flush_empty_protected_tables()

# How fast the machine is says nothing about the code.
hypothesis.settings.register_profile(
    "laihua", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("laihua")


@pytest.fixture
def at() -> datetime:
    """A Thursday morning on which the tests take place."""
    return datetime(2026, 11, 12, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def world(db: None, at: datetime) -> Any:
    """A small hall with invented people: see tests/world.py."""
    from tests import world as building

    return building.build(at)


@pytest.fixture(autouse=True)
def _clock_is_read_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The demo's clock is read again every second; a test that counts statements must not depend on how fast it runs."""
    from laihua.kernel import clock

    monkeypatch.setattr(clock, "_SECONDS", 3600.0)
    clock.forget()
    yield
    clock.forget()


@pytest.fixture(autouse=True)
def _chinese_is_the_language_until_a_test_chooses() -> Iterator[None]:
    """A page that an earlier test asked for in English leaves its thread in English."""
    from django.utils import translation

    with translation.override("zh-hans"):
        yield
