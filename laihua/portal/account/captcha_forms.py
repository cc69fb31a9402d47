"""A captcha's digits as a picture for people to read, and as a recording for people to hear.

It slows a program down and does not stop one that was made for it; what stops it are the limits on attempts.
"""

import io
import random
import wave
from functools import cache
from math import pi, sin
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT, SCALE = 132, 40, 2
GROUND, INK, LINE = "#E7EEF3", ("#0B4A72", "#0C2F45", "#17222D"), "#7FA3BC"
RATE = 11025
SOUNDS = Path(__file__).parent / "sounds"
_chance = random.SystemRandom()


def picture(digits: str) -> bytes:
    """PNG, twice the size at which it is shown. Every digit turned, moved and sized by itself, crossed by two thin waves."""
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), GROUND)
    draw = ImageDraw.Draw(image)
    _wave(draw)
    step = WIDTH * SCALE / (len(digits) + 0.6)
    for place, digit in enumerate(digits):
        glyph = _glyph(digit)
        left = round(step * (place + 0.8) - glyph.width / 2 + _chance.uniform(-5, 5))
        top = round((image.height - glyph.height) / 2 + _chance.uniform(-7, 7))
        image.paste(_chance.choice(INK), (left, top), glyph)
    _wave(draw)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def recording(digits: str, language: str) -> bytes:
    """WAV: the digits one after the other, at a pace that can be typed along with, over a faint noise."""
    voice = "en" if language.startswith("en") else "zh"
    samples = bytearray(_pause(0.4))
    for digit in digits:
        samples += _spoken(voice, digit) + _pause(_chance.uniform(0.55, 0.85))
    heard = bytes(min(255, max(0, sample + _chance.randint(-3, 3))) for sample in samples)
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(round(RATE * _chance.uniform(0.94, 1.04)))
        sound.writeframes(heard)
    return file.getvalue()


def _glyph(digit: str) -> Image.Image:
    font = _font(_chance.randint(52, 60))
    left, top, right, bottom = font.getbbox(digit)
    mask = Image.new("L", (round(right - left) + 8, round(bottom - top) + 8))
    ImageDraw.Draw(mask).text((4 - left, 4 - top), digit, 255, font=font, stroke_width=1)
    turned = mask.rotate(_chance.uniform(-20, 20), Image.Resampling.BICUBIC, expand=True)
    return turned.filter(ImageFilter.SMOOTH)


def _wave(draw: ImageDraw.ImageDraw) -> None:
    middle, swing = HEIGHT * SCALE * _chance.uniform(0.3, 0.7), _chance.uniform(6, 14)
    turns, start = _chance.uniform(0.8, 1.6), _chance.uniform(0, 2 * pi)
    width = WIDTH * SCALE
    points = [(x, middle + swing * sin(start + turns * 2 * pi * x / width)) for x in range(-4, width + 5, 4)]
    draw.line(points, LINE, 3)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Pillow's own, so that the picture is the same on every machine."""
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise RuntimeError("Pillow was built without FreeType, so captchas cannot be drawn")
    return font


@cache
def _spoken(voice: str, digit: str) -> bytes:
    with wave.open(str(SOUNDS / voice / f"{digit}.wav")) as sound:
        return sound.readframes(sound.getnframes())


def _pause(seconds: float) -> bytes:
    return b"\x80" * round(RATE * seconds)
