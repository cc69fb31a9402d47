"""What is remembered of a page."""

import pytest

from laihua.prechecks.document import page_of
from tests.prechecks.leafs import leaf


@pytest.mark.parametrize("text", [
    "第2页 共5页", "第 2 页，共 5 页", "第2页/共5页", "第2页（共5页）", "共5页 第2页", "共 5 页，第 2 页",
    "第2页 总5页", "Page 2 of 5", "PAGE 2 / 5", "page 2 out of 5",
    "Seite 2 von 5", "Página 2 de 5", "Page 2 sur 5", "Strona 2 z 5", "стр. 2 из 5", "Labour contract  Page 2 of 5",
])
def test_the_number_of_a_page(text: str) -> None:
    assert page_of(leaf("甲方应当按月支付工资", text)).numbered == (2, 5)


@pytest.mark.parametrize("text", ["本合同共5页", "see page 2", "2/5", "第2条 共5项", "homepage 2 of 5", "11/12/2026"])
def test_what_numbers_no_page(text: str) -> None:
    assert page_of(leaf(text)).numbered is None


@pytest.mark.parametrize(("rows", "share"), [
    (("无犯罪记录证明",), 1.0), (("Certificate of good conduct",), 0.0), (("甲乙丙丁 ABCD",), 0.5),
    (("2026-11-20",), 0.0), ((), 0.0),
])
def test_how_much_of_a_page_is_chinese(rows: tuple[str, ...], share: float) -> None:
    assert page_of(leaf(*rows)).chinese == pytest.approx(share)
