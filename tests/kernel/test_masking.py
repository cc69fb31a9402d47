"""What is left of a value, for every kind, down to the shortest ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laihua.kernel.masking import _RULES, mask


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("name_zh", "顾明远", "顾**"),
        ("name_zh", "单霖", "单**"),
        ("name_zh", "欧阳明月", "欧**"),
        ("name_zh", "顾", "**"),
        ("name_latin", "LINDQVIST SARA", "LINDQVIST S*****"),
        ("name_latin", "LINDQVIST SARA MARIA ELISABET", "LINDQVIST S*****"),
        ("name_latin", "van der Meer, Pieter Jan", "van der Meer P*****"),
        ("name_latin", "SUPARDI", "S*****"),
        ("name_latin", "SUPARDI,", "S*****"),
        ("name_latin", "Ó", "Ó*****"),
        ("identity_card", "330102198001014627", "3301**********4627"),
        ("identity_card", "33010219800101462X", "3301**********462X"),
        ("identity_card", "330102800101462", "3301*******1462"),
        ("identity_card", "3301024627", "**********"),
        ("passport", "EM1234538", "EM*****38"),
        ("passport", "em 12345 38", "em*****38"),
        ("passport", "EM38", "****"),
        ("mobile", "13800006021", "138****6021"),
        ("mobile", "+86 138-0000-6021", "138****6021"),
        ("mobile", "0086 138 0000 6021", "138****6021"),
        ("mobile", "+46 70 123 45 67", "+46*****4567"),
        ("mobile", "110", "***"),
        ("email", "sara@example.com", "s***@example.com"),
        ("email", "s@example.com", "***@example.com"),
        ("email", "@example.com", "***@example.com"),
        ("email", "sara", "***"),
        ("bank_account", "6222 0000 0000 7710", "**** 7710"),
        ("bank_account", "7710", "****"),
        ("login_name", "ylst_handler", "ylst_****"),
        ("login_name", "ylst", "yl****"),
        ("login_name", "y", "****"),
    ],
)
def test_what_is_shown(kind, value, shown):
    assert mask(kind, value) == shown


@pytest.mark.parametrize("kind", sorted(_RULES))
@pytest.mark.parametrize("value", ["", "   "])
def test_nothing_stays_nothing(kind, value):
    assert mask(kind, value) == ""


def test_a_kind_without_a_rule_is_refused():
    with pytest.raises(ValueError, match="no rule"):
        mask("passport_number", "EM1234538")


@pytest.mark.parametrize("kind", ["identity_card", "passport", "mobile", "bank_account", "login_name", "name_zh"])
@given(value=st.text("0123456789ABCXYZ", min_size=1, max_size=24))
def test_at_least_three_characters_or_half_of_them_are_hidden(kind, value):
    shown = mask(kind, value)
    left = [character for character in shown if character not in "* "]
    assert len(left) <= max(len(value) - 3, len(value) // 2)
    assert "*" in shown or not left
