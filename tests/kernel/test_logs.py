"""Logs hold no personal data."""

import pytest

from laihua.kernel.logs import drop_personal, is_personal


@pytest.mark.parametrize(
    "key", ["name", "login_name", "passport_number", "phone", "Email", "birth_date", "answers", "sessionid_cookie",
            "identity_card", "home_address", "password", "access_token"]
)
def test_personal_keys_lose_their_value(key: str) -> None:
    assert drop_personal(None, "", {key: "secret", "event": "signed in"}) == {key: "[removed]", "event": "signed in"}


@pytest.mark.parametrize("key", ["case_number", "status", "logger", "task_name", "account_id"])
def test_plain_keys_stay(key: str) -> None:
    assert not is_personal(key)
