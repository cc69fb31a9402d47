"""Invented people, employers and papers: the facts that documents print. The same seed gives the same facts.

None of them exists. Identity numbers begin with an area that was never given out, and passports with a letter or a length
that only looks like those of their country.
"""

import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml
from stdnum.cn import ric, uscc

TODAY = date(2026, 11, 12)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
DIGITS = "〇一二三四五六七八九"

SPECIAL = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae", "ł": "l", "đ": "d", "ı": "i", "'": ""}
DEGREES = {"bachelor": ("Bachelor", "学士"), "master": ("Master", "硕士"), "doctor": ("Doctor", "博士")}
INVENTED = yaml.safe_load((Path(__file__).parent / "invented.yaml").read_text(encoding="utf-8"))


def months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def styles(day: date) -> dict[str, str]:
    """The notations in use for a day."""
    english, two = MONTHS[day.month - 1], f"{day.day:02}"
    year = "".join(DIGITS[int(d)] for d in str(day.year))
    return {
        "iso": day.isoformat(), "dots": f"{day.year}.{day.month:02}.{two}", "slashes": f"{day.year}/{day.month:02}/{two}",
        "zh": f"{day.year}年{day.month}月{day.day}日", "zh0": f"{day.year}年{day.month:02}月{two}日",
        "spaced": f"{day.year} 年 {day.month:02} 月 {two} 日",
        "han": f"{year}年{tens(day.month)}月{tens(day.day)}日", "dmy": f"{two} {english[:3].upper()} {day.year}",
        "de": f"{two}.{day.month:02}.{day.year}",
        "en": f"{english} {day.day}, {day.year}", "gb": f"{day.day} {english} {day.year}",
        "tight": f"{two}{english[:3].upper()}{day.year}",
        "th": f"{day.day}{ordinal(day.day)} day of {english} {day.year}", "short": f"{two}-{english[:3]}-{day.year}",
        "month": f"{english} {day.year}",
        "zhmonth": f"{day.year}年{day.month}月",
    }


def tens(number: int) -> str:
    ten, one = divmod(number, 10)
    return (("" if ten == 1 else DIGITS[ten]) + "十" if ten else "") + (DIGITS[one] if one or not ten else "")


def ordinal(day: int) -> str:
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def latin(text: str) -> str:
    """As a machine-readable zone spells it, without the fillers."""
    spelled = "".join(SPECIAL.get(c, c) for c in text.lower())
    return "".join(c for c in unicodedata.normalize("NFD", spelled) if not unicodedata.combining(c)).upper()


def check_digit(text: str) -> str:
    return str(sum((0 if c == "<" else int(c, 36)) * (7, 3, 1)[n % 3] for n, c in enumerate(text)) % 10)


def td3(country: str, surname: str, given: str, number: str, born: date, sex: str, expires: date) -> list[str]:
    def zone(text: str, width: int) -> str:
        return text.replace(" ", "<").replace("-", "<").ljust(width, "<")[:width]

    parts = [zone(number, 9), born.strftime("%y%m%d"), expires.strftime("%y%m%d"), "<" * 14]
    digits = [check_digit(part) for part in parts]
    end = check_digit("".join(p + d for p, d in zip(parts, digits, strict=True)))
    state = "D<<" if country == "DEU" else country
    return [f"P<{state}{zone(f'{latin(surname)}  {latin(given)}', 39)}",
            f"{parts[0]}{digits[0]}{state}{parts[1]}{digits[1]}{sex}{parts[2]}{digits[2]}{parts[3]}{digits[3]}{end}"]


@dataclass(frozen=True, slots=True)
class Facts:
    """`values`: what the form may ask, as it is kept; `printed`: what a layout may print, dates in every notation."""

    values: dict[str, str]
    printed: dict[str, Any]


def facts(seed: int, **changes: Any) -> Facts:
    """Changes: days by their key, or any printed text; the values of the form stay those of the unchanged document."""
    rng = Random(seed)
    days, values = dates(rng), foreigner(rng)
    unit, work, resident = employer(rng), post(rng), citizen(rng, days["c_birth"])
    values |= unit | work | resident
    days |= {key: day for key, day in changes.items() if isinstance(day, date)}
    values |= {key: day.isoformat() for key, day in days.items()}
    texts = {key: value for key, value in changes.items() if not isinstance(value, date)}
    printed: dict[str, Any] = values | texts
    printed |= {key: styles(day) for key, day in days.items()}
    printed["salary_grouped"] = f"{int(printed['salary']):,}"
    printed["salary_zh"] = f"{int(printed['salary']) / 10000:g}万"
    printed["salary_year"] = f"{int(printed['salary']) * 12:,}"
    printed["mrz"] = changes.get("mrz") or td3(
        values["country"], values["surname"], values["given_names"], values["passport_number"], days["birth"], values["sex"],
        days["p_expires"])
    printed |= more(values, rng) | texts
    printed["strokes"] = [[(rng.uniform(-1, 1), rng.uniform(-1, 1)) for _ in range(3)] for _ in range(9)]
    return Facts(values, printed)


def more(values: dict[str, str], rng: Random) -> dict[str, Any]:
    """What only documents say: who signed, which pages there are, what is sealed."""
    country, surname = values["country_en"], values["surname"]
    field = "Philosophy" if values["degree"] == "doctor" else "Science"
    return {
        "official": rng.choice(("H. Ekwall", "M. Ferrandis", "T. Oyelowo")), "cert_office": f"Registry of {values['city']}",
        "cert_authority": f"Ministry of Foreign Affairs of {country}",
        "degree_title_en": f"{values['degree_en']} of {field} in {values['major']}", "agent": "上海云岫人才服务有限公司",
        "spouse_full": f"Robin {surname}", "child_full": f"Alexis {surname}", "father_full": values["full"],
        "mother_full": f"Robin {surname}",
        "name_zh_or_latin": values["full_up"], "apostilled": True, "translated": True, "sealed": True, "has_signature": True,
        "pages": [1, 2],
    }


def dates(rng: Random) -> dict[str, date]:
    """Days as they stand in documents that are good on TODAY, none of them within a fortnight of a limit."""
    def before(least: int, most: int) -> date:
        return TODAY - timedelta(days=rng.randint(least, most))

    signed, issued, card = before(10, 40), before(400, 1500), before(60, 500)
    begins = TODAY + timedelta(days=rng.randint(20, 60))
    old_from = before(3200, 4200)
    old_to = before(200, 900)
    return {
        "birth": before(27 * 365, 55 * 365), "p_issued": issued, "p_expires": months_on(issued, 120) - timedelta(days=1),
        "signed": signed, "begins": begins,
        "ends": months_on(begins, rng.choice((12, 24, 36))) - timedelta(days=1), "graduated": before(1500, 5000),
        "certified": before(30, 300), "old_from": old_from,
        "old_to": old_to, "letter": min(old_to + timedelta(days=rng.randint(1, 20)), TODAY), "police": before(20, 150),
        "medical": before(20, 150), "r_issued": card,
        "r_expires": months_on(TODAY, rng.randint(8, 22)), "founded": before(2000, 6000),
        "licence_to": months_on(TODAY, rng.randint(60, 240)), "c_birth": before(25 * 365, 50 * 365),
        "c_from": before(800, 2500), "c_to": months_on(TODAY, rng.randint(30, 120)), "card_from": before(30, 120),
        "card_to": months_on(TODAY, rng.randint(6, 11)),
        "married": before(600, 4000), "stamped": before(3, 40), "taxed": before(3, 30), "w_from": before(100, 300),
        "w_to": months_on(TODAY, rng.randint(5, 20)),
        "child_birth": before(400, 4500), "spouse_birth": before(27 * 365, 50 * 365), "household": before(1000, 3000),
    }


def foreigner(rng: Random) -> dict[str, str]:
    land = rng.choice(INVENTED["countries"])
    code, zh, en, adjective, pattern, city = (land[key] for key in ("code", "zh", "en", "adjective", "passport", "city"))
    surname, given, sex = rng.choice(land["people"])
    full = f"{given} {surname}"
    letters = "FGHKLMNPRTVWXYZ"
    number = "".join(rng.choice(letters) if c == "X" else rng.choice("123456789") if c == "#" else c for c in pattern)
    return {
        "country": code, "country_zh": zh, "country_en": en, "adjective": adjective, "city": city, "surname": surname,
        "given_names": given, "sex": sex, "full": full,
        "surname_up": surname.upper(), "given_up": given.upper(), "full_up": full.upper(),
        "surname_first": f"{surname.upper()} {given.upper()}",
        "comma": f"{surname.upper()}, {given.upper()}", "surname_latin": latin(surname), "given_latin": latin(given),
        "latin_first": f"{latin(surname)} {latin(given)}",
        "chinese_name": INVENTED["chinese_names"].get(surname, ""), "sex_zh": "男" if sex == "M" else "女",
        "sex_en": "Male" if sex == "M" else "Female", "passport_number": number,
        "title": "Mr." if sex == "M" else "Ms.", "he": "he" if sex == "M" else "she", "his": "his" if sex == "M" else "her",
    }


def employer(rng: Random) -> dict[str, str]:
    zh, en, address, address_en = rng.choice(INVENTED["employers"])
    stem = "91310199MA" + "".join(rng.choice("0123456789FGHKLW") for _ in range(7))
    return {"employer": zh, "employer_en": en, "address": address, "address_en": address_en,
        "credit_code": stem + uscc.calc_check_digit(stem), "legal": rng.choice(INVENTED["residents"])[0],
            "capital": f"{rng.choice((100, 500, 1000, 3000))}万元", "case_number": f"UR2026{rng.randint(1, 9999999):07}",
            "fx_number": f"FX2026{rng.randint(1, 9999999):07}"}


def post(rng: Random) -> dict[str, str]:
    position, position_en, other, other_en = rng.choice(INVENTED["positions"])
    degree = rng.choice(tuple(DEGREES))
    school, school_en, school_zh = rng.choice(INVENTED["schools"])
    major, major_zh = rng.choice(INVENTED["majors"])
    return {
        "position": position, "position_en": position_en, "other_position": other, "other_position_en": other_en,
        "salary": str(rng.randrange(18, 90) * 1000),
        "old_employer": rng.choice(INVENTED["old_employers"]), "old_position": position_en, "degree": degree,
        "degree_en": DEGREES[degree][0], "degree_zh": DEGREES[degree][1], "school": school,
        "school_en": school_en, "school_zh": school_zh, "major": major, "major_zh": major_zh,
        "apostille_number": f"{rng.choice('ABKT')}-{rng.randint(10000, 99999)}/2026",
        "certificate_number": f"{rng.randint(1000, 9999)}/{rng.randint(10, 99)}-{rng.randint(100, 999)}",
        "visa_number": f"{rng.randint(300000000, 399999999)}",
        "permit_number": f"310{rng.randint(100000000000, 999999999999)}", "category": rng.choice("ABC"),
        "tax_number": f"3101{rng.randint(10**13, 10**14 - 1)}",
        "income": f"{rng.randrange(100, 900) * 1000:,}.00", "tax": f"{rng.randrange(10, 90) * 1000:,}.00",
    }


def citizen(rng: Random, born: date) -> dict[str, str]:
    """A Chinese resident with a spouse and the parents' names."""
    (name, sex), (spouse, _) = rng.sample(INVENTED["residents"], 2)
    return {
        "c_name": name, "c_sex": sex, "c_sex_zh": "男" if sex == "M" else "女", "c_id": identity(born, sex, rng),
        "c_address": rng.choice(INVENTED["home_addresses"]), "c_home": rng.choice(INVENTED["streets"]),
        "c_nation": rng.choice(("汉", "回", "土家")), "c_authority": rng.choice(("黄山市公安局屯溪分局", "绵阳市公安局涪城分局",
            "岳阳市公安局云溪分局")), "spouse": spouse,
        "spouse_id": identity(date(born.year, 5, 17), "F" if sex == "M" else "M", rng),
        "card_number": f"990{rng.randint(10**14, 10**15 - 1)}",
        "marriage_number": f"J310199-{rng.randint(2005, 2025)}-{rng.randint(1, 9999):06}",
        "household_number": f"{rng.randint(10**8, 10**9 - 1)}",
        "father": rng.choice(("顾松年", "钱望舒")), "mother": rng.choice(("陈映雪", "林素言")), "c_child": name[0] + "小满",
    }


def identity(born: date, sex: str, rng: Random) -> str:
    number = f"000101{born:%Y%m%d}{rng.randint(10, 99)}{rng.choice('13579' if sex == 'M' else '02468')}"
    return number + str(ric.calc_check_digit(number + "0"))
