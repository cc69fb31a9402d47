"""Forms that the hall prints itself: told apart by their titles, with the number that their code and their head carry."""

import re
from collections.abc import Iterator

from laihua.prechecks.kind import Fields, Found
from laihua.prechecks.kinds._readers import Value, name, organisation
from laihua.prechecks.kinds._told import Told, fields, full_names, sheets
from laihua.prechecks.words import Box, Reading

CASE_NUMBER = re.compile(r"(?<![A-Z0-9])[A-Z]{2,4}\s?-\s?(?:20)\d{6}\s?-\s?\d{3,8}(?!\d)")
CODE = re.compile(r"^LH\d+:(?P<number>[^:]+):")
CORNER = Box(0.7, 0.03, 0.95, 0.2)

TOLD = Told(
    labels={
        "organisation": ("单位名称", "单位名称（中文）", "单位中文名称", "单位中文全称", "用人单位", "用人单位名称", "申请单位",
            "企业名称", "Name of the unit", "Employer", "Name of employer", "Name in Chinese", "Company name", "Organisation"),
        "name": ("姓名", "姓名（护照）", "Name", "Full name", "Applicant", "申请人", "申请人姓名"),
        "surname": ("姓", "姓（英文）", "Surname", "Family name"),
        "given_names": ("名", "名（英文）", "Given names", "Given name"),
        "-": ("案件号", "Case number", "Case", "填报版本", "Version", "护照号", "国籍", "统一社会信用代码", "法定代表人", "地址",
            "联系人", "电话", "Passport number", "Nationality", "Address", "Contact", "Mobile", "经办人", "单位盖章",
            "Seal of the unit", "编号", "Number", "限额", "Ceiling", "日期", "Date"),
    },
    readers={"organisation": organisation, "name": name, "surname": lambda t: own_words(t), "given_names": lambda t: own_words(t)},
)


def own_words(text: str) -> Iterator[Value]:
    if (match := re.match(r"\s*([A-Za-zÀ-ž][A-Za-zÀ-ž' -]{0,40})\s*$", text)):
        yield Value(match[1].strip(), *match.span(1))


def extract(reading: Reading) -> Fields:
    """The number in the code is surer than the printed one, so it comes first."""
    pages = tuple(leaf.number for leaf in reading.leaves)
    found = full_names(TOLD.gather(reading, pages))
    numbers = [Found(code["number"], text, pages[0] if pages else 1, CORNER, 1.0,
    "code") for text in reading.codes if (code := CODE.match(text))]
    for one in sheets(reading, pages):
        for match in CASE_NUMBER.finditer(one.text):
            if spot := one.found(Value(re.sub(r"\s", "", match.group()), *match.span())):
                numbers.append(spot)
    found["case_number"] = numbers
    return fields(found)
