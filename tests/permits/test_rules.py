"""Validity, codes and numbers."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laihua.permits.rules import (
    CROCKFORD,
    State,
    code_in_groups,
    network_of,
    new_code,
    number_in_groups,
    read_code,
    read_number,
    state_on,
)

FROM, TO = date(2026, 12, 1), date(2028, 11, 30)


@pytest.mark.req("WP-8")
@pytest.mark.parametrize(
    ("day", "revoked", "state"),
    [
        (date(2026, 11, 30), False, State.NOT_YET), (FROM, False, State.VALID), (TO, False, State.VALID),
        (date(2028, 12, 1), False, State.EXPIRED), (FROM, True, State.REVOKED), (date(2030, 1, 1), True, State.REVOKED),
    ],
)
def test_state_at_every_boundary(day: date, revoked: bool, state: State) -> None:
    revoked_at = datetime(2027, 1, 1, tzinfo=UTC) if revoked else None
    assert state_on(day, valid_from=FROM, valid_to=TO, revoked_at=revoked_at) is state


def test_a_paper_without_dates_stays_valid() -> None:
    assert state_on(date(2099, 1, 1), valid_from=None, valid_to=None, revoked_at=None) is State.VALID


@given(st.text(alphabet=CROCKFORD, min_size=10, max_size=10))
def test_a_code_is_read_however_it_is_typed(code: str) -> None:
    typed = code_in_groups(code).lower().replace("0", "o").replace("1", "l").replace("-", " - ")
    assert read_code(typed) == code


def test_new_codes_are_readable_and_differ() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(read_code(code) == code for code in codes)


@pytest.mark.parametrize(
    "typed", ["", "7F3K9", "7F3K9-2QDXU", "7F3K9-2QDXA1", "'; DROP TABLE", "七F3K9-2QDXA", "WPX2026112504827"]
)
def test_what_is_no_code(typed: str) -> None:
    assert read_code(typed) is None


def test_numbers_in_groups_and_back() -> None:
    assert number_in_groups("WPX2026112504827") == "WPX 2026 1125 0482 7"
    assert number_in_groups("WP-20261112-0482") == "WP-20261112-0482"
    assert read_number("wpx 2026 1125 0482 7") == "WPX2026112504827"
    assert read_number("WPX%") is None
    assert read_number("") is None


def test_one_asker_is_an_ipv4_address_or_an_ipv6_network() -> None:
    assert network_of("1.23.4.5") != network_of("12.3.4.5")
    assert network_of("2001:db8:0:1::5") == network_of("2001:db8:0:1:ffff::9") != network_of("2001:db8:0:2::5")
    assert network_of("no address") == "unknown"
