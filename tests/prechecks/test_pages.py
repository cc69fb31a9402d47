"""Pictures of pages."""

from io import BytesIO

import pytest
from PIL import Image

from laihua.kernel.texts import Refused
from laihua.prechecks import pages
from tests.prechecks import samples


def test_a_page_is_drawn_at_the_width_asked_for() -> None:
    content = samples.scan(samples.page_image(), samples.page_image(colour=False))
    picture = Image.open(BytesIO(pages.render(content, 2, 600)))
    assert picture.format == "PNG"
    assert picture.width == 600
    assert picture.height == pytest.approx(600 * 1169 / 827, abs=2)


def test_a_photograph_is_its_own_only_page() -> None:
    assert Image.open(BytesIO(pages.render(samples.photo(), 1, 200))).width == 200


@pytest.mark.parametrize(("page", "width"), [(1, 1), (1, 10**9)])
def test_a_senseless_width_is_bounded(page: int, width: int) -> None:
    picture = Image.open(BytesIO(pages.render(samples.scan(), page, width)))
    assert pages.NARROWEST <= picture.width <= pages.WIDEST


@pytest.mark.parametrize("number", [0, 3, -1, 10**9])
def test_a_page_that_is_not_there_is_refused(number: int) -> None:
    with pytest.raises(Refused) as refused:
        pages.render(samples.scan(samples.page_image(), samples.page_image()), number, 600)
    assert refused.value.reasons[0].code == "no_such_page"


@pytest.mark.req("PRE-8")
@pytest.mark.parametrize("content", [b"", b"nonsense", samples.scan()[:500], samples.giant_png()])
def test_what_cannot_be_drawn_is_refused_with_a_reason(content: bytes) -> None:
    with pytest.raises(Refused):
        pages.render(content, 1, 600)
