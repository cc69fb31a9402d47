"""What the gate says of photographs."""

from io import BytesIO

import pytest
from PIL import Image

from laihua.prechecks import gate
from tests.prechecks import samples


def inspect(content: bytes, name: str = "photo.jpg", *, colour: bool = True) -> gate.GateResult:
    return gate.inspect(content, name=name, accept="photo", max_bytes=8 * 1024**2, colour=colour)


def codes(result: gate.GateResult) -> list[str]:
    return [problem.code for problem in result.problems]


@pytest.mark.req("PRE-1")
@pytest.mark.parametrize(("kind", "name", "content_type"), [
    ("JPEG", "photo.jpg", "image/jpeg"), ("JPEG", "PHOTO.JPEG", "image/jpeg"), ("PNG", "photo.png", "image/png"),
])
def test_a_proper_photograph_passes(kind: str, name: str, content_type: str) -> None:
    result = inspect(samples.photo(kind=kind), name)
    assert result.ok, result.problems
    assert (result.pages, result.content_type) == (1, content_type)


def test_the_kind_is_read_from_the_file_and_not_from_its_name() -> None:
    assert inspect(samples.photo(kind="PNG"), "photo.jpg").content_type == "image/png"


@pytest.mark.req("PRE-8")
@pytest.mark.parametrize(("content", "expected"), [
    (samples.photo(size=(353, 472)), ["photo_too_small"]),
    (samples.photo(size=(354, 471)), ["photo_too_small"]),
    (samples.photo(size=(100, 120)), ["photo_too_small", "photo_too_light"]),
    (samples.photo(colour=False), ["no_colour"]),
    (samples.photo()[:30_000], ["damaged"]),
    (samples.giant_png(), ["photo_too_large"]),
    (samples.scan(), ["not_a_photo"]),
    (b"GIF89a" + bytes(50_000), ["not_a_photo"]),
    (b"\xff\xd8\xff" + bytes(50_000), ["not_a_photo"]),
])
def test_what_is_wrong_is_said(content: bytes, expected: list[str]) -> None:
    assert codes(inspect(content)) == expected


def test_an_empty_white_picture_is_no_photograph() -> None:
    out = BytesIO()
    Image.new("RGB", (413, 531), "white").save(out, "PNG")
    assert codes(inspect(out.getvalue(), "a.png")) == ["photo_too_light", "blank_photo"]
