"""The points table of 《上海市居住证积分管理办法》, and facts worked out from the answers.

Where the sources differ, this table takes:
* the current text (tax or local jobs at most 120, not 100; a base of three times the average earns 120);
* “满5年后开始计入” as most texts read it: after five full years all of them count, not only those above five;
* months at a base or above it: who paid at twice the average also paid at 80 %;
* a certificate that fits the post as a condition of every title and skill level, the base of six months from level 2
  and intermediate titles on;
* 56 to 60 years of age as the last step; outside 18 to 60 there are no points for age;
* education and title: the higher of the two counts, as do tax and local jobs; of several awards the highest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from laihua.catalog.hooks import PanelResult, PanelRow, Text, hook

STANDARD = 120
EDUCATION = {"below_college": 0, "college": 50, "undergraduate": 60, "bachelor": 90, "master": 100, "doctor": 110}
TITLE = {"five": 15, "four": 30, "three": 60, "two": 100, "one": 140}
NEEDS_BASE = ("two", "one")
# Months that are needed at the level or above it, within how many years, and the points.
BASE = {"from_80": (36, 4, 25), "from_1": (36, 4, 50), "from_2": (36, 4, 100), "from_3": (24, 3, 120)}
AWARD = {"city_special": 30, "city_general": 60, "province": 110}
MAXIMA = {"age": 30, "education": 110, "title": 140, "years": 0, "founder": 120, "intermediary": 120, "shortage": 30,
          "tax": 120, "jobs": 120, "base": 120, "public_service": 0, "suburb": 20, "graduate": 10, "award": 110, "spouse": 40}
PENALTY = {"forged": 150, "detained": 50, "crimes": 150}


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody brings. Years are completed ones, months those that count, money yuan a year."""

    age: int = 0
    education: str = ""
    title: str = ""
    title_fits: bool = True
    title_base: bool = True
    insured_years: float = 0
    founder: bool = False
    intermediary: bool = False
    shortage_listed: bool = False
    shortage_fits: bool = False
    tax_average: float = 0
    jobs_average: float = 0
    base_level: str = ""
    base_months: int = 0
    service_years: float = 0
    suburb_years: float = 0
    graduate: bool = False
    award: str = ""
    local_spouse: bool = False
    married_years: float = 0
    forged: int = 0
    detained: int = 0
    crimes: int = 0


def table(claim: Claim) -> dict[str, int]:
    """Points of each row. Of rows that exclude each other the lower one has none."""
    education, title = EDUCATION.get(claim.education, 0), title_points(claim.title, claim.title_fits, claim.title_base)
    tax, jobs = tax_points(claim.tax_average), jobs_points(claim.jobs_average)
    return {
        "age": age_points(claim.age),
        "education": education if education >= title else 0,
        "title": title if title > education else 0,
        "years": 3 * int(max(claim.insured_years, 0)),
        "founder": 120 if claim.founder else 0,
        "intermediary": 120 if claim.intermediary else 0,
        "shortage": 30 if claim.shortage_listed and claim.shortage_fits else 0,
        "tax": tax if tax >= jobs else 0,
        "jobs": jobs if jobs > tax else 0,
        "base": base_points(claim.base_level, claim.base_months),
        "public_service": 4 * int(claim.service_years) if claim.service_years >= 5 else 0,
        "suburb": min(2 * int(claim.suburb_years), 20) if claim.suburb_years >= 5 else 0,
        "graduate": 10 if claim.graduate else 0,
        "award": AWARD.get(claim.award, 0),
        "spouse": min(4 * int(max(claim.married_years, 0)), 40) if claim.local_spouse else 0,
        **{key: -each * max(getattr(claim, key), 0) for key, each in PENALTY.items()},
    }


def age_points(age: int) -> int:
    """5 from 56 to 60, two more for each year younger, 30 at most: 55 gives 7, 44 gives 29, 43 and below 30."""
    return min(5 + 2 * max(56 - age, 0), 30) if 18 <= age <= 60 else 0


def title_points(title: str, fits: bool, base: bool) -> int:
    return TITLE.get(title, 0) if fits and (base or title not in NEEDS_BASE) else 0


def tax_points(average: float) -> int:
    return min(10 * int(max(average, 0) // 100_000), 120)


def jobs_points(average: float) -> int:
    return min(10 * int(max(average, 0) // 10), 120)


def base_points(level: str, months: int) -> int:
    needed, _, points = BASE.get(level, (0, 0, 0))
    return points if months >= needed else 0


# --- facts worked out from the answers ---------------------------------------------------------------------------


@hook
def birth_date(names: Mapping[str, Any]) -> date | None:
    """Out of the identity card number: digits 7 to 14."""
    number = str(names["id_number"])
    if len(number) != 18 or not number[6:14].isdigit():
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


@hook
def age(names: Mapping[str, Any]) -> int:
    """Completed years; 0 while they are not known."""
    return int(names["sim_age"]) or _years(names["birth_date"], names["today"])


@hook
def points_total(names: Mapping[str, Any]) -> int:
    return sum(table(_claim(names)).values())


@hook
def points_panel(names: Mapping[str, Any]) -> PanelResult:
    """All rows with what was counted and the rule, the total against the standard score."""
    claim = _claim(names)
    got = table(claim)
    total = sum(got.values())
    rows = [
        PanelRow(label=label, detail=detail, points=got[key], maximum=MAXIMA.get(key, 0), rule=rule)
        for key, label, detail, rule in _explained(claim)
        if key not in PENALTY or got[key]
    ]
    return PanelResult(
        total=total, maximum=0, marks=((STANDARD, Text("标准分值", "Standard score")),), rows=rows,
        result=_result(names, total),
        note=Text("按现行办法估算，以审核结果为准。", "An estimate by the present rules; the review decides."),
        source=Text("《上海市居住证积分管理办法》，2018年1月1日起施行",
                    "Measures of Shanghai on Points for Residence Permits, in force since 2018"),
    )


def _result(names: Mapping[str, Any], total: int) -> Text:
    if {names["obstacle"], names["sim_obstacle"]} - {"", "none"}:
        return Text("属一票否决情形，不能申请积分。", "This rules out points.")
    if total >= STANDARD:
        return Text("已达到标准分值120分。", "The standard score of 120 is reached.")
    return Text(f"还差{STANDARD - total}分达到标准分值120分。", f"{STANDARD - total} more for the standard score of 120.")


def _claim(names: Mapping[str, Any]) -> Claim:
    """What was ticked and filled in; a field that a tick no longer opens does not count. Those of the simulator begin with sim_."""
    bonus, further = names["bonus"], names["further"]
    title, insurance = "title" in bonus, "insurance" in bonus
    return Claim(
        age=int(names["age"]),
        education=names["edu_level"] if "education" in bonus else "",
        title=names["title_level"] if title else "", title_fits=names["title_fits"], title_base=names["title_base"],
        insured_years=names["insured_years"] if insurance else 0,
        base_level=names["base_level"] if insurance else "", base_months=int(names["base_months"]),
        shortage_listed="shortage" in bonus and names["shortage_listed"], shortage_fits=names["shortage_fits"],
        graduate="graduate" in bonus and names["graduate_fulltime"],
        founder="founder" in further, intermediary="intermediary" in further,
        tax_average=names["tax_average"] if "tax" in further else 0,
        jobs_average=names["jobs_average"] if "jobs" in further else 0,
        service_years=names["service_years"] if "public_service" in further else 0,
        suburb_years=names["suburb_years"] if "suburb" in further else 0,
        award=names["award_level"] if "award" in further else "",
        local_spouse="local_spouse" in names["spouse"] or names["sim_local_spouse"],
        married_years=names["sim_married_years"] or _years(names["married_on"], names["today"]),
        forged=int(names["sim_forged"]), detained=int(names["sim_detained"]), crimes=int(names["sim_crimes"]),
    )


def _years(start: date | None, today: date) -> int:
    if start is None or start > today:
        return 0
    return today.year - start.year - ((today.month, today.day) < (start.month, start.day))


def _explained(claim: Claim) -> list[tuple[str, Text, Text, Text]]:
    """Row key, its name, what was counted, and the rule of the source."""
    base_needed, base_years, _ = BASE.get(claim.base_level, (36, 4, 0))
    return [
        ("age", Text("年龄", "Age"), _if(claim.age, f"{claim.age}周岁", f"{claim.age} years"),
         Text("56至60周岁积5分；年龄在56周岁以下的，每减少1岁，积分增加2分，最高30分。",
              "56 to 60 years: 5 points. Below 56 two points more for each year, 30 at most.")),
        ("education", Text("教育背景", "Education"), _word(EDUCATION_WORDS, claim.education),
         Text("大专（高职）50分，大学本科学历60分，大学本科学历和学士学位90分，硕士100分，博士110分；与职称技能只选其一，取高者。",
              "College 50, undergraduate 60, with bachelor's degree 90, master 100, doctor 110. Either this or the title: the "
              "higher counts.")),
        ("title", Text("专业技术职称和技能等级", "Title and skill"), _title_detail(claim),
         Text("五级15分，四级30分，三级60分，二级或中级职称100分，一级或高级职称140分；证书须与岗位相符，二级、中级以上须最近1年内"
              "累计6个月缴费基数不低于本市上年度职工社会平均工资。",
              "Level 5 15, level 4 30, level 3 60, level 2 or intermediate 100, level 1 or senior 140. It fits the post; from level 2 "
              "and intermediate on, six months of the last year at the average base.")),
        ("years", Text("在本市工作及缴纳职工社会保险年限", "Years of work and insurance"),
         _if(claim.insured_years, f"满{int(claim.insured_years)}年", f"{int(claim.insured_years)} full years"),
         Text("每满1年积3分。", "3 points for each full year.")),
        ("founder", Text("创业人才", "Founder"), _yes(claim.founder),
         Text("在本市创业，符合条件的，积120分。", "A founder in Shanghai who meets the conditions: 120.")),
        ("intermediary", Text("创新创业中介服务人才", "Intermediary"), _yes(claim.intermediary),
         Text("在本市创新创业服务机构工作，符合条件的，积120分。", "In a service body for start-ups, meeting the conditions: 120.")),
        ("shortage", Text("紧缺急需专业", "Major in short supply"), _shortage_detail(claim),
         Text("所学专业属于紧缺急需专业目录（名称完全一致），且工作岗位与专业一致，积30分。",
              "The major is on the list by its exact name and the post fits it: 30.")),
        ("tax", Text("投资纳税", "Investment and tax"),
         _if(claim.tax_average, f"平均每年{claim.tax_average / 10_000:g}万元", f"CNY {claim.tax_average:,.0f} a year"),
         Text("最近连续3年平均每年纳税额（按个人投资份额）10万元以上，每10万元积10分，最高120分；与带动本地就业只选其一。",
              "Tax by own share of at least CNY 100,000 a year on average of three years: 10 for each 100,000, 120 at most. "
              "Either this or local jobs.")),
        ("jobs", Text("带动本地就业", "Local jobs"),
         _if(claim.jobs_average, f"平均每年{claim.jobs_average:g}人", f"{claim.jobs_average:g} people a year"),
         Text("最近连续3年平均每年聘用本市户籍人员10人以上，每10人积10分，最高120分；与投资纳税只选其一。",
              "At least ten staff with a Shanghai hukou on average of three years: 10 for each ten, 120 at most. Either this or tax.")),
        ("base", Text("缴纳职工社会保险费基数", "Contribution base"),
         _if(claim.base_level in BASE, f"{base_years}年内{claim.base_months}个月，须满{base_needed}个月",
             f"{claim.base_months} months in {base_years} years; {base_needed} are needed"),
         Text("最近4年内累计36个月缴费基数为本市上年度职工社会平均工资的80%以上25分，1倍以上50分，2倍以上100分；"
              "最近3年内累计24个月3倍以上120分。",
              "36 months of the last four years at 80 % of the average or more 25, at 1 time 50, at 2 times 100; 24 months of "
              "the last three at 3 times 120.")),
        ("public_service", Text("特定公共服务领域就业", "Public service"),
         _if(claim.service_years, f"满{int(claim.service_years)}年", f"{int(claim.service_years)} full years"),
         Text("每满1年积4分，满5年后开始计入总积分。", "4 for each full year, counted once five are full.")),
        ("suburb", Text("远郊重点区域", "Outer suburb"),
         _if(claim.suburb_years, f"满{int(claim.suburb_years)}年", f"{int(claim.suburb_years)} full years"),
         Text("在重点区域工作并居住，每满1年积2分，满5年后开始计入总积分，最高20分。",
              "Work and residence there: 2 for each full year, counted once five are full, 20 at most.")),
        ("graduate", Text("全日制应届高校毕业生", "Fresh graduate"), _yes(claim.graduate),
         Text("全日制应届高校大学毕业生，积10分。", "A fresh full-time graduate: 10.")),
        ("award", Text("表彰奖励", "Awards"), _word(AWARD_WORDS, claim.award),
         Text("市级机关专项性表彰奖励30分，综合性60分，省部级及以上政府表彰奖励110分，取最高一项。",
              "City department, special 30, general 60; province or ministry and above 110. The highest counts.")),
        ("spouse", Text("配偶为本市户籍人员", "Local spouse"),
         _if(claim.local_spouse, f"结婚满{int(claim.married_years)}年", f"married for {int(claim.married_years)} full years"),
         Text("持证人的配偶为本市户籍人员，结婚每满1年积4分，最高40分。", "4 for each full year of marriage, 40 at most.")),
        ("forged", Text("提供虚假材料", "False documents"), Text(f"{claim.forged}次", f"{claim.forged} times"),
         Text("最近3年内提供虚假材料的，每次扣150分。", "Each false document of the last three years takes 150.")),
        ("detained", Text("行政拘留记录", "Administrative detention"), Text(f"{claim.detained}次", f"{claim.detained} times"),
         Text("最近3年内每条行政拘留记录扣50分。", "Each administrative detention of the last three years takes 50.")),
        ("crimes", Text("一般刑事犯罪记录", "Minor offences"), Text(f"{claim.crimes}次", f"{claim.crimes} times"),
         Text("最近3年内每条一般刑事犯罪记录扣150分。", "Each conviction for a minor crime in the last three years takes 150.")),
    ]


EMPTY = Text("未填写", "Not filled in")
EDUCATION_WORDS = {
    "below_college": Text("大专以下", "Below college"), "college": Text("大专（高职）", "College"),
    "undergraduate": Text("大学本科学历", "Undergraduate"), "bachelor": Text("本科学历和学士学位", "Bachelor's degree"),
    "master": Text("硕士学位", "Master's degree"), "doctor": Text("博士学位", "Doctor's degree"),
}
TITLE_WORDS = {
    "five": Text("五级", "Level 5"), "four": Text("四级", "Level 4"), "three": Text("三级", "Level 3"),
    "two": Text("二级或中级职称", "Level 2 or intermediate"), "one": Text("一级或高级职称", "Level 1 or senior"),
}
AWARD_WORDS = {
    "city_special": Text("市级机关专项性", "City, special"), "city_general": Text("市级机关综合性", "City, general"),
    "province": Text("省部级及以上", "Province or ministry"),
}


def _if(there: Any, zh: str, en: str) -> Text:
    return Text(zh, en) if there else EMPTY


def _yes(there: bool) -> Text:
    return Text("符合", "Yes") if there else Text("无", "None")


def _word(words: Mapping[str, Text], code: str) -> Text:
    return words.get(code, EMPTY)


def _title_detail(claim: Claim) -> Text:
    word = _word(TITLE_WORDS, claim.title)
    if claim.title and not claim.title_fits:
        return Text(f"{word.zh}，与岗位不符，不计分", f"{word.en}, does not fit the post: none")
    if claim.title in NEEDS_BASE and not claim.title_base:
        return Text(f"{word.zh}，缴费基数不足，不计分", f"{word.en}, base too low: none")
    return word


def _shortage_detail(claim: Claim) -> Text:
    if claim.shortage_listed and not claim.shortage_fits:
        return Text("岗位与专业不一致，不计分", "The post does not fit: none")
    return _yes(claim.shortage_listed)
