from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laihua.prechecks.comparing import money


@pytest.mark.req("PRE-4")
@pytest.mark.parametrize("text", [
    "40,000元/月", "RMB 40,000 per month", "RMB40,000permonth", "CNY40000/month", "人民币40,000元整（肆万元整）每月",
    "月薪为人民币肆万元整（¥40,000.00）", "4万元/月", "月薪：40000元",
    "The monthly salary shall be RMB 40,000 (before tax).", "40k RMB per month", "工资：￥４０，０００元／月",
    "monthly wage CNY 4O,OOO", "每月税前40 000元", "月工资标准人民币：40000.00",
    "RMB 40,000.00 (in words: forty thousand yuan only) per month",
    "salary of 40,000 Yuan (RMB) per month", "40000元人民币/月（税前）", "人民币四万元每月", "CNY 40.000,00 / month",
])
def test_one_salary_in_every_usual_notation(text: str) -> None:
    assert [one.value for one in money.read(text)] == ["40000.00 CNY/month"]


@pytest.mark.parametrize(("text", "value"), [
    ("年薪48万元", "480000.00 CNY/year"), ("an annual gross salary of USD 120,000", "120000.00 USD/year"),
    ("EUR 4.500,00 / Monat", "4500.00 EUR/month"),
    ("€ 60 000 per annum", "60000.00 EUR/year"), ("Rs. 4,80,000 per year", "480000.00 INR/year"),
    ("HK$30,000 monthly", "30000.00 HKD/month"),
    ("¥40,000.50", "40000.50 CNY"), ("月工资标准：35000.00", "35000.00/month"),
    ("€3.500,00 monatlich", "3500.00 EUR/month"), ("一万二千五百元", "12500.00 CNY"),
    ("壹拾贰万叁仟元整", "123000.00 CNY"),
    ("1.5万元", "15000.00 CNY"), ("200元/小时", "200.00 CNY/other"),
])
def test_currency_and_period(text: str, value: str) -> None:
    assert [one.value for one in money.read(text)] == [value]


@pytest.mark.parametrize("text", [
    "2026年11月20日", "合同期3年", "工作时间每周40小时", "身份证310101198503141234元", "第5条", "工资每月15日支付",
    "月薪于2026年发放", "三人以上", "20%", "",
])
def test_what_is_no_money(text: str) -> None:
    assert money.read(text) == []


def test_a_plain_number_takes_currency_and_period_from_its_label() -> None:
    assert [one.value for one in money.read("40,000.00", "Monthly salary (RMB)")] == ["40000.00 CNY/month"]
    assert [one.value for one in money.read("40000")] == ["40000.00"]
    assert money.read("Room 40000 on floor 3", "月薪") == []


def test_several_sums_each_with_its_period() -> None:
    text = "Basic salary: RMB 35,000/month; annual bonus: RMB 70,000 per year."
    assert [one.value for one in money.read(text)] == ["35000.00 CNY/month", "70000.00 CNY/year"]


@pytest.mark.parametrize(("form", "read", "label", "level"), [
    ("40000.00", "40000.00 CNY/month", "税前月薪", "equal"), ("40000", "40000.00", "税前月薪", "equal"),
    ("40000", "480000.00 CNY/year", "税前月薪", "equal"),
    ("480000", "40000.00 CNY/month", "年薪", "equal"), ("40000", "40000.00 CNY/year", "税前月薪", "different"),
    ("40000", "480000.00 CNY", "税前月薪", "near"),
    ("40000", "480000.00 CNY", "工资", "near"), ("40000", "40000.01 CNY/month", "税前月薪", "different"),
    ("40000", "40000.00 USD/month", "税前月薪", "different"),
    ("40000", "41000.00 CNY/month", "税前月薪", "different"), ("40000", "40000.00 CNY/other", "工资", "near"),
    ("0", "0.00 CNY", "工资", "equal"),
    ("40000", "480011.00 CNY/year", "税前月薪", "equal"), ("40000", "480012.00 CNY/year", "税前月薪", "different"),
])
def test_likeness(form: str, read: str, label: str, level: str) -> None:
    assert money.likeness(form, read, label=label).level == level


def test_likeness_says_what_differs() -> None:
    assert "币种" in money.likeness("40000", "40000.00 USD/month", label="月薪").text.zh
    assert "year" in money.likeness("40000", "40000.00 CNY/year", label="月薪").text.en


@settings(max_examples=80, deadline=None)
@given(st.integers(100, 9_999_999))
def test_every_amount_is_read_as_itself(amount: int) -> None:
    german = f"{amount:,}".replace(",", ".")
    for text in (f"{amount}元", f"RMB {amount:,}", f"¥{amount:,}.00", f"EUR {german},00", f"CNY {amount:,.2f}", f"{amount}.00元"):
        (found,) = money.read(text)
        assert money.amount_in(found.value) == Decimal(amount), text


@settings(max_examples=80, deadline=None)
@given(st.integers(10, 99_999_999))
def test_amounts_in_words(amount: int) -> None:
    (found,) = money.read(f"人民币{in_words(amount)}元整")
    assert money.amount_in(found.value) == amount


def in_words(amount: int) -> str:
    """As a bank writes it: a zero where a place is skipped."""
    digits, units = "零壹贰叁肆伍陆柒捌玖", ("仟", "佰", "拾", "")
    groups = [f"{amount // 10000:04}", f"{amount % 10000:04}"]
    said = []
    for group, unit in zip(groups, ("万", ""), strict=True):
        words = "".join(digits[int(d)] + u if d != "0" else "零" for d, u in zip(group, units, strict=True))
        while "零零" in words:
            words = words.replace("零零", "零")
        words = words.rstrip("零")
        said.append(words + unit if words else "零")
    return "".join(said).replace("零零", "零").strip("零")


def test_words_are_read_before_they_are_compared() -> None:
    assert money.likeness("40,000元/月", "40000.00 CNY/month", label="月薪").level == "equal"
    assert money.likeness("面议", "40000.00 CNY/month", label="月薪").level == "near"
    assert money.likeness("40000", "", label="月薪").level == "near"
