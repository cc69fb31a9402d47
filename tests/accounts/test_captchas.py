"""Captchas: one try, five minutes, readable and audible."""

import io
import wave
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from laihua.accounts import actions, captchas
from laihua.accounts.models import Captcha
from laihua.kernel.texts import Refused
from laihua.portal.account import captcha_forms

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def passes(captcha_id: object, answer: str, at: timedelta = timedelta()) -> bool:
    try:
        actions.check_captcha(captcha_id=str(captcha_id), answer=answer, at=NOW + at)
    except Refused as refused:
        return refused.reasons != (captchas.CAPTCHA_WRONG,)
    return True


@pytest.mark.req("ACC-1")
def test_the_right_answer_passes_once() -> None:
    made = actions.new_captcha(at=NOW)
    digits = Captcha.objects.get(id=made).answer
    assert passes(made, f" {digits} ")
    assert not passes(made, digits)


def test_a_wrong_answer_uses_it_up() -> None:
    made = actions.new_captcha(at=NOW)
    digits = Captcha.objects.get(id=made).answer
    assert not passes(made, digits[::-1] + "0")
    assert not passes(made, digits)


def test_it_lasts_five_minutes() -> None:
    for late, taken in ((timedelta(minutes=5, seconds=-1), True), (timedelta(minutes=5), False)):
        made = actions.new_captcha(at=NOW)
        assert passes(made, Captcha.objects.get(id=made).answer, late) is taken


def test_nonsense_is_refused() -> None:
    for captcha_id in ("", "nonsense", "00000000-0000-0000-0000-000000000000"):
        assert not passes(captcha_id, "12345")


@pytest.mark.req("ACC-1")
def test_it_can_be_seen_and_heard() -> None:
    made = actions.new_captcha(at=timezone.now())
    picture = Client().get(f"/captcha/{made}.png")
    assert Image.open(io.BytesIO(picture.content)).size == (264, 80)
    for language in ("zh-hans", "en"):
        heard = Client(headers={"accept-language": language}).get(f"/captcha/{made}.wav")
        with wave.open(io.BytesIO(heard.content)) as sound:
            assert 3 < sound.getnframes() / sound.getframerate() < 12
    assert Client().get("/captcha/00000000-0000-0000-0000-000000000000.png").status_code == 404


def test_every_digit_is_spoken_in_both_languages() -> None:
    for language in ("zh-hans", "en"):
        assert len({captcha_forms._spoken("en" if language == "en" else "zh", digit) for digit in "0123456789"}) == 10


def test_another_one_for_the_script_of_a_page() -> None:
    told = Client().post("/captcha/").json()
    assert Client().get(told["picture"]).status_code == 200
    assert Captcha.objects.filter(id=told["id"]).exists()
