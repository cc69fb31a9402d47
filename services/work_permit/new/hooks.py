"""What the data of this service cannot say: the points table, and facts worked out from the rows.

The points table is 积分要素计分赋值表, the version in force since 2018 (total 120; 85 and over is category A,
60 and over is category B). The trial version of 2017 gave years of work at most 15 and Chinese at most 10.
"""

from calendar import isleap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from laihua.catalog.hooks import PanelResult, PanelRow, Text, hook

A_FROM, B_FROM, TOTAL_MAXIMUM = 85, 60, 120

# Lowest yearly pay in yuan of each band, and its points.
PAY = ((450_000, 20), (350_000, 17), (250_000, 14), (150_000, 11), (70_000, 8), (50_000, 5))
DEGREE = {"doctor": 20, "master": 15, "bachelor": 10}
SKILL = {"highest": 20, "technician": 15, "advanced": 10}
MONTHS = ((9, 15), (6, 10), (3, 5))
CHINESE = {"former_national": 5, "degree": 5, "hsk6": 5, "hsk5": 5, "hsk4": 4, "hsk3": 3, "hsk2": 2, "hsk1": 1}
# First and last age of each band in completed years, and its points.
AGE = ((18, 25, 10), (26, 45, 15), (46, 55, 10), (56, 60, 5))
MAXIMA = {"pay": 20, "education": 20, "experience": 20, "months": 15, "chinese": 5,
          "region": 10, "age": 15, "merit": 5, "local": 10}

DIRECT = {"A1": "A", "A2": "A", "A3": "A", "A4": "A", "A5": "A",
          "B1": "B", "B2": "B", "B3": "B", "B4": "B", "B5": "B", "C1": "C", "C3": "C"}


@dataclass(frozen=True, slots=True)
class Points:
    """Points per row of the table, each within its own maximum."""

    pay: int = 0
    education: int = 0
    experience: int = 0
    months: int = 0
    chinese: int = 0
    region: int = 0
    age: int = 0
    merit: int = 0
    local: int = 0

    @property
    def total(self) -> int:
        return sum(getattr(self, row) for row in MAXIMA)

def points(
    *, yearly_pay: float = 0, degree: str = "", skill: str = "", years: int = 0, months: int = 0,
    chinese: str = "", special_region: bool = False, age: int = 0, merit: bool = False, local: int = 0,
) -> Points:
    """The points table. Pay in yuan a year from the employer in China; years and age completed; months of one year."""
    return Points(
        pay=_from_floor(PAY, yearly_pay),
        education=max(DEGREE.get(degree, 0), SKILL.get(skill, 0)),
        experience=0 if years < 2 else min(5 + years - 2, MAXIMA["experience"]),
        months=_from_floor(MONTHS, months),
        chinese=CHINESE.get(chinese, 0),
        region=MAXIMA["region"] if special_region else 0,
        age=next((given for first, last, given in AGE if first <= age <= last), 0),
        merit=MAXIMA["merit"] if merit else 0,
        local=min(max(local, 0), MAXIMA["local"]),
    )


def category_of(total: int) -> str:
    """A, B, or empty where the points are too few for either."""
    return "A" if total >= A_FROM else "B" if total >= B_FROM else ""


def _from_floor(bands: Iterable[tuple[int, int]], value: float) -> int:
    return next((given for floor, given in bands if value >= floor), 0)


# --- facts worked out from the answers; each may use those above it in service.yaml -------------------------------
# In the simulator the figures themselves are given, in fields that begin with sim_; in a case these are empty.


@hook
def annual_salary_domestic(names: Mapping[str, Any]) -> float:
    """Yuan a year before tax from the employer in China: the only pay that earns points."""
    if given := names.get("sim_pay"):
        return float(given)
    source = names["pay_source"]
    if source == "overseas":
        return 0.0
    return 12 * float(names["salary_monthly_domestic" if source == "both" else "salary_monthly"])


@hook
def highest_degree(names: Mapping[str, Any]) -> str:
    """Highest degree already awarded; an honorary doctorate counts as none."""
    if given := names.get("sim_degree"):
        return str(given)
    held = {row["degree"] for row in names["education"] if row["to"] is not None and row["to"] <= names["today"]}
    return next((degree for degree in DEGREE if degree in held), "none")


@hook
def work_years(names: Mapping[str, Any]) -> int:
    """Completed years of work related to the post. Months worked in two jobs at once count once."""
    return int(names.get("sim_work_years") or 0) or len(_months_worked(names, lambda row: row["related"])) // 12


@hook
def china_years(names: Mapping[str, Any]) -> int:
    """Completed years of the longest unbroken work in mainland China."""
    if given := names.get("sim_china_years"):
        return int(given)
    longest = run = 0
    previous = None
    for month in sorted(_months_worked(names, lambda row: row["country"] == "CHN")):
        run = run + 1 if month - 1 == previous else 1
        longest, previous = max(longest, run), month
    return longest // 12


@hook
def work_gap(names: Mapping[str, Any]) -> str:
    """First stretch of over three months that no row explains, within ten years and since graduation."""
    graduated, today = _graduated(names["education"]), _month(names["today"])
    if graduated is None:
        return ""
    covered = {today}
    for row in [*names["work"], *names["education"]]:
        covered |= _span(row, today)
    reached = max(graduated, today - 120)
    for month in sorted(m for m in covered if m > reached):
        if month - reached - 1 > 3:
            return f"{_written(reached + 1)} – {_written(month - 1)}"
        reached = month
    return ""


@hook
def points_total(names: Mapping[str, Any]) -> int:
    return _points_of(names).total


@hook
def category(names: Mapping[str, Any]) -> str:
    """A, B or C by the clause chosen; by points where that is the clause; empty while undecided or too few."""
    if names["duration"] == "short":
        return "C"
    clause = names["clause"]
    return category_of(int(names["points_total"])) if clause == "points" else DIRECT.get(clause, "")


@hook
def clause_code(names: Mapping[str, Any]) -> str:
    """The clause of the 分类标准 as it is cited: A1 … A6, B1 … B6, C1 … C3."""
    if names["duration"] == "short":
        return "C2"
    clause = names["clause"]
    return {"A": "A6", "B": "B6"}.get(names["category"], "") if clause == "points" else clause


@hook
def contract_days(names: Mapping[str, Any]) -> int:
    """Days of the contract, first and last included; 0 while one is missing."""
    start, end = names["contract_from"], names["contract_to"]
    return 0 if start is None or end is None else (end - start).days + 1


@hook
def contract_years(names: Mapping[str, Any]) -> int:
    """Years of the contract, a begun year counted as whole: 2026-12-01 to 2028-11-30 is 2, to 2028-12-01 is 3."""
    start, end = names["contract_from"], names["contract_to"]
    if start is None or end is None or end < start:
        return 0
    return next(n for n in range(1, end.year - start.year + 2) if end <= _last_day(start, n))


@hook
def permit_to(names: Mapping[str, Any]) -> date | None:
    """Last day of the permit: the contract's, never past the passport's; one year at first for A by promised pay."""
    start, end, passport = names["contract_from"], names["contract_to"], names["passport_expiry"]
    if start is None or end is None:
        return None
    promised_pay = names["clause"] == "A3" and names["a3_item"] == "pay"
    return min(day for day in (end, passport, _last_day(start, 1) if promised_pay else None) if day is not None)


# --- the panel beside the form -----------------------------------------------------------------------------------


@hook
def points_panel(names: Mapping[str, Any]) -> PanelResult:
    """All rows of the table with what gave the points, the category that follows, and what is missing to the next."""
    got = _points_of(names)
    rows = [
        PanelRow(label=label, detail=detail, points=getattr(got, key), maximum=MAXIMA[key], rule=rule)
        for key, label, detail, rule in _explained(names)
    ]
    return PanelResult(
        total=got.total, maximum=TOTAL_MAXIMUM,
        marks=((B_FROM, Text("B类", "Category B")), (A_FROM, Text("A类", "Category A"))),
        rows=rows, result=_result(names), note=_note(names, got),
        source=Text("《积分要素计分赋值表》，2018年起的现行版本", "Table of points, the version in force since 2018"),
    )


def _result(names: Mapping[str, Any]) -> Text:
    found = names["category"]
    return Text(f"{found}类", f"Category {found}") if found else Text("未达到", "Not reached")


def _note(names: Mapping[str, Any], got: Points) -> Text:
    if names["duration"] == "short":
        return Text("90日以下的工作不计积分。", "Work of up to 90 days is not scored.")
    if (names["clause"] or "points") != "points":
        return Text("按所选条款直接认定，积分仅供参考。", "The chosen clause decides. The points are for information.")
    if got.total >= A_FROM:
        return Text("已达到A类。按现行计分赋值表估算，以审核结果为准。",
                    "Category A is reached. An estimate by the current table; the officers decide.")
    letter, missing = ("A", A_FROM - got.total) if got.total >= B_FROM else ("B", B_FROM - got.total)
    return Text(f"还差{missing}分达到{letter}类。按现行计分赋值表估算，以审核结果为准。",
                f"{missing} more for category {letter}. An estimate by the current table; the officers decide.")


def _explained(names: Mapping[str, Any]) -> list[tuple[str, Text, Text, Text]]:
    """Row key, its name, what was counted, and the rule in one sentence."""
    empty = Text("未填写", "Not filled in")
    pay, months = names["annual_salary_domestic"], int(names["months_per_year"])
    years, years_old = int(names["work_years"]), int(names["age"])
    return [
        ("pay", Text("年薪", "Yearly pay"),
         Text(f"{pay / 10_000:g}万元", f"CNY {pay:,.0f}") if pay else empty,
         Text("境内单位支付：45万元20分，35万元17分，25万元14分，15万元11分，7万元8分，5万元5分",
              "Paid in China: CNY 450,000 20, 350,000 17, 250,000 14, 150,000 11, 70,000 8, 50,000 5")),
        ("education", Text("学历或技能", "Degree or skill"), _education_detail(names),
         Text("博士或最高等级技能20分，硕士或技师15分，学士或高级工10分，取高者",
              "Doctor or highest skill 20, master or technician 15, bachelor or advanced 10; the higher counts")),
        ("experience", Text("相关工作年限", "Related work"), Text(f"{years}年", f"{years} years"),
         Text("满2年5分，每多1年加1分", "Two years 5, one more for each further year")),
        ("months", Text("每年在华工作", "Months a year"),
         Text(f"{months}个月", f"{months} months") if months else empty,
         Text("9个月以上15分，6个月10分，3个月5分", "Nine months 15, six 10, three 5")),
        ("age", Text("年龄", "Age"), Text(f"{years_old}周岁", f"{years_old} years") if years_old else empty,
         Text("26至45岁15分，18至25岁、46至55岁10分，56至60岁5分",
              "26 to 45 15; 18 to 25 and 46 to 55 10; 56 to 60 5")),
        ("chinese", Text("汉语水平", "Chinese"), _chinese_detail(names),
         Text("曾具中国国籍、汉语授课学士以上、HSK 5级以上5分，4级至1级4至1分",
              "Former Chinese national, degree taught in Chinese, HSK 5 or above 5; HSK 4 to 1 4 to 1")),
        ("region", Text("工作定向", "Region"), Text("上海不加分", "None in Shanghai"),
         Text("西部地区、东北等老工业基地、国家级贫困县等10分",
              "West, north-eastern and other old industrial bases, poor counties 10")),
        ("merit", Text("高水平大学等", "University and others"),
         Text("符合1项以上", "At least one met") if _merit(names) else Text("无", "None"),
         Text("国（境）外高水平大学、500强任职、专利、连续在华工作5年以上，任一项5分",
              "High-level university abroad, Fortune 500, patent, five years' work in China in a row: any one 5")),
        ("local", Text("地方加分", "Local bonus"),
         Text("按认定文件", "As recognised") if names["local_bonus"] else Text("无", "None"),
         Text("地方紧缺特殊人才，按认定文件0至10分", "Specially needed locally, 0 to 10 by the recognition")),
    ]


def _education_detail(names: Mapping[str, Any]) -> Text:
    degrees = {"doctor": Text("博士", "Doctor"), "master": Text("硕士", "Master"), "bachelor": Text("学士", "Bachelor")}
    skills = {"highest": Text("最高等级技能", "Highest skill"), "technician": Text("技师", "Technician"),
              "advanced": Text("高级工", "Advanced skill")}
    degree, skill = names["highest_degree"], names["skill_level"]
    by_skill = SKILL.get(skill, 0) > DEGREE.get(degree, 0)
    return skills[skill] if by_skill else degrees.get(degree, Text("未填写", "Not filled in"))


def _chinese_detail(names: Mapping[str, Any]) -> Text:
    level = names["chinese_level"]
    if level.startswith("hsk"):
        return Text(f"HSK {level[3:]}级", f"HSK {level[3:]}")
    return {"former_national": Text("曾具中国国籍", "Former Chinese national"),
            "degree": Text("汉语授课学位", "Degree taught in Chinese"),
            "none": Text("无", "None")}.get(level, Text("未填写", "Not filled in"))


# --- reading answers ---------------------------------------------------------------------------------------------


def _points_of(names: Mapping[str, Any]) -> Points:
    return points(
        yearly_pay=names["annual_salary_domestic"], degree=names["highest_degree"], skill=names["skill_level"],
        years=int(names["work_years"]), months=int(names["months_per_year"]), chinese=names["chinese_level"],
        age=int(names["age"]), merit=_merit(names), local=int(names["local_bonus"]),
    )


def _merit(names: Mapping[str, Any]) -> bool:
    return bool(names["high_level_university"] or names["fortune500"] or names["patents"] or names["china_years"] >= 5)


def _months_worked(names: Mapping[str, Any], counts: Callable[[Mapping[str, Any]], bool]) -> set[int]:
    today = _month(names["today"])
    spans = (_span(row, today) for row in names["work"] if row["kind"] == "work" and counts(row))
    return set().union(*spans)


def _span(row: Mapping[str, Any], today: int) -> set[int]:
    """Months of a row, first and last included, up to this month; a current job runs to this month."""
    if row["from"] is None:
        return set()
    last = today if row.get("current") else _month(row["to"]) if row["to"] is not None else -1
    return set(range(_month(row["from"]), min(last, today) + 1))


def _graduated(education: Sequence[Mapping[str, Any]]) -> int | None:
    """End of the first studies after senior high school, or of senior high school where there are none."""
    ends = [(row["level"] == "senior_high", _month(row["to"])) for row in education if row["to"] is not None]
    return min(ends)[1] if ends else None


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _written(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def _last_day(start: date, years: int) -> date:
    """Last day of the years that begin with `start`."""
    year = start.year + years
    moved = (start.month, start.day) == (2, 29) and not isleap(year)
    return (date(year, 3, 1) if moved else start.replace(year=year)) - timedelta(days=1)
