"""What the component page shows: invented values for every part in every state."""

from dataclasses import dataclass
from typing import Any

from laihua.catalog.definitions import Choice, Field
from laihua.kernel.texts import Reason, Text
from laihua.portal.statuses import STATUSES

COLOURS = (
    ("azure-600", "#0F5C8C"), ("azure-700", "#0B4A72"), ("azure-900", "#0C2F45"), ("azure-50", "#EAF3F9"),
    ("ink", "#17222D"), ("ink-2", "#465462"), ("ink-3", "#5F6D7B"), ("control", "#7B8998"),
    ("green", "#1B7048"), ("green-50", "#E8F4EE"), ("amber", "#8A5000"), ("amber-50", "#FDF4E1"),
    ("red", "#B32D23"), ("red-50", "#FCEEEC"), ("page", "#F4F6F8"), ("line", "#DCE2E8"),
)
GROUPS = (
    (Text("材料", "Documents"), ("not_uploaded", "uploading", "checking", "uploaded", "accepted", "returned")),
    (Text("办件", "Cases"),
     ("draft", "confirmation", "under_way", "correction", "paused", "approved", "refused", "withdrawn")),
    (Text("核对与时限", "Checks and time"), ("match", "doubt", "mismatch", "due_today", "late")),
)
TWO = (Choice("male", Text("男", "Male")), Choice("female", Text("女", "Female")))
SIX = tuple(
    Choice(code, Text(zh, en))
    for code, zh, en in (
        ("bachelor", "学士", "Bachelor"), ("master", "硕士", "Master"), ("doctor", "博士", "Doctor"),
        ("college", "大专", "College diploma"), ("school", "高中", "High school"), ("none", "无", "None"),
    )
)
COUNTRIES = tuple(
    Choice(code, Text(zh, en))
    for code, zh, en in (
        ("SWE", "瑞典", "Sweden"), ("NOR", "挪威", "Norway"), ("FIN", "芬兰", "Finland"), ("DNK", "丹麦", "Denmark"),
        ("DEU", "德国", "Germany"), ("FRA", "法国", "France"), ("ITA", "意大利", "Italy"), ("ESP", "西班牙", "Spain"),
        ("PRT", "葡萄牙", "Portugal"), ("POL", "波兰", "Poland"), ("IRL", "爱尔兰", "Ireland"), ("JPN", "日本", "Japan"),
        ("KOR", "韩国", "Korea"), ("VNM", "越南", "Vietnam"), ("CHL", "智利", "Chile"), ("NGA", "尼日利亚", "Nigeria"),
    )
)
FIELDS: tuple[tuple[Field, Any], ...] = (
    (Field("latin", "latin_name", Text("姓（护照拼写）", "Surname (as in passport)"), required=True,
           hint=Text("按护照机读区的大写拉丁字母填写", "Capital Latin letters as in the machine-readable zone")),
     "LINDQVIST"),
    (Field("chinese", "text", Text("中文名", "Chinese name"), max_chars=20), "林索伦"),
    (Field("sex", "choice", Text("性别", "Sex"), required=True, choices=TWO), "male"),
    (Field("degree", "choice", Text("最高学位", "Highest degree"), required=True, choices=SIX), "master"),
    (Field("country", "country", Text("国籍", "Nationality"), required=True, choices=COUNTRIES), "SWE"),
    (Field("birth", "date", Text("出生日期", "Date of birth"), required=True), "1985-03-14"),
    (Field("month", "month", Text("毕业年月", "Month of graduation")), "2011-06"),
    (Field("passport", "passport_number", Text("护照号", "Passport number"), required=True), "EM7204138"),
    (Field("email", "email", Text("电子邮箱", "E-mail"), required=True), "s.lindqvist@example.com"),
    (Field("phone", "phone", Text("手机号码", "Mobile number")), ""),
    (Field("salary", "money", Text("税前月薪", "Monthly salary before tax"), required=True,
           unit_label=Text("元/月", "CNY")), "40000"),
    (Field("years", "integer", Text("相关工作年限", "Years of related work"), unit_label=Text("年", "years")), "9"),
    (Field("before", "boolean", Text("是否曾来华工作", "Has worked in China before"), required=True), "false"),
    (Field("languages", "choices", Text("外语", "Languages"), choices=SIX[:3]), ["master"]),
    (Field("duties", "long_text", Text("岗位职责", "Duties"), width="full", max_chars=500), ""),
    (Field("true", "declaration", Text("以上内容真实，与原件一致", "The above is true and agrees with the originals"),
           required=True), "true"),
)
STEPS = tuple(
    Text(zh, en) for zh, en in (
        ("填写信息", "Details"), ("上传材料", "Documents"), ("核对结果", "Check results"),
        ("本人确认", "Applicant confirms"), ("提交", "Submit"),
    )
)


@dataclass(frozen=True, slots=True)
class LineStep:
    label: Text
    state: str
    hint: Text
    date: str = ""


LINE = (
    LineStep(Text("已提交", "Submitted"), "done",
             Text("申请已经收到，提交当日不计入时限。", "Received; the day of submission is not counted."), "2026-11-12"),
    LineStep(Text("线上预审通过", "Pre-review passed"), "done",
             Text("一般3至5个工作日。", "Usually 3 to 5 working days."), "2026-11-20"),
    LineStep(Text("原件核验", "Originals check"), "current",
             Text("请按预约时间，携带护照、学历认证和无犯罪记录证明原件到窗口。",
                  "Please bring passport, diploma certification and police record to the window at the booked time.")),
    LineStep(Text("审查决定", "Decision"), "todo", Text("由另一位审核人员作出决定。", "A second officer decides.")),
    LineStep(Text("发证", "Permit"), "todo",
             Text("发放可以扫码验证的电子许可。", "An electronic permit that anyone can verify.")),
)
EXPIRED = Reason(
    "filing_expired", Text("企业备案已于2026-10-31过期，", "The enterprise filing expired on 2026-10-31;"),
    link="#buttons", link_text=Text("续备后可以提交", "renew it to submit"),
)
ERRORS = (Reason("address", Text("工作地点须细化到门牌号", "Work address must include the street number"), place="duties"),)
POINTS = (
    (Text("年薪", "Annual salary"), Text("48万元", "CNY 480,000"), "20/20"),
    (Text("学历", "Education"), Text("硕士", "Master"), "15/20"),
    (Text("汉语水平", "Chinese level"), Text("HSK 3级", "HSK 3"), "3/5"),
)


def samples() -> dict[str, Any]:
    return {
        "colours": COLOURS,
        "status_groups": [(title, keys) for title, keys in GROUPS if all(key in STATUSES for key in keys)],
        "fields": FIELDS, "steps": STEPS, "line": LINE, "reason": EXPIRED, "errors": ERRORS, "points": POINTS,
        "two": TWO, "six": SIX,
    }
