"""What a handler types into the form for a person and a post, and what the person's documents say."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from laihua.portal.operator.demo.casting import Person, people

DEGREES = {"bachelor": ("学士", "Bachelor"), "master": ("硕士", "Master"), "doctor": ("博士", "Doctor")}
STUDIED = {"bachelor": 4, "master": 6, "doctor": 9}
HALF = ("location", "duration", "clause", "surname", "given_names", "sex", "birth_date", "nationality",
        "passport_type", "passport_number", "email", "position", "occupation", "education")


def typed(person: Person, post: str, changes: Mapping[str, Any], unit: Mapping[str, str], today: date) -> dict[str, Any]:
    """All answers of the unit, declarations of the subject left out. Dates lie around `today`, the day of the draft."""
    row = {**people()["posts"][post], **changes}
    short = row.get("duration") == "short"
    begins = today + timedelta(days=45)
    years = row.pop("years", 0) or 2
    ends = begins + timedelta(days=75) if short else begins.replace(year=begins.year + years, day=1) - timedelta(days=1)
    answers: dict[str, Any] = {
        "location": "outside", "duration": "long", **of_person(person, today),
        "hire_type": "contract", "work_address": f"{unit['registered_address']}{person.number % 7 + 2}层{person.number + 201}室",
        "contract_from": begins.isoformat(), "contract_to": ends.isoformat(), "months_per_year": 3 if short else 12,
        "pay_source": "domestic", "embassy": person.embassy, "delivery": "electronic", "declare_unit_truth": True, **row,
    }
    if person.embassy == "other":
        answers["embassy_other"] = "中国驻当地大使馆"
    if answers["delivery"] == "post":
        answers |= {"post_recipient": unit["contact_name"], "post_phone": unit["contact_phone"],
                    "post_address": unit["registered_address"]}
    if not short:
        answers |= {"health_evidence": "certificate" if person.number % 3 == 0 else "pledge"}
    return answers


def slips(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Two digits of the passport that have changed places, and a term that ends a month early."""
    number = answers["passport_number"]
    at = next(n for n in range(len(number) - 1, 0, -1) if number[n] != number[n - 1])
    ends = date.fromisoformat(answers["contract_to"])
    return {
        "passport_number": number[:at - 1] + number[at] + number[at - 1] + number[at + 1:],
        "contract_to": (ends - timedelta(days=31)).isoformat(),
    }


def of_person(person: Person, today: date) -> dict[str, Any]:
    issued = passport_issued(person, today)
    return {
        "surname": person.surname, "given_names": person.given_names, "chinese_name": person.chinese_name,
        "sex": person.sex, "birth_date": person.born.isoformat(), "nationality": person.nationality,
        "passport_type": "ordinary", "passport_number": person.passport, "passport_issue": issued.isoformat(),
        "passport_expiry": passport_expires(issued).isoformat(), "marital": "20" if person.number % 2 else "10",
        "email": person.email, "mobile_cn": f"+861380000{7000 + person.number}",
        "education": education(person), "work": work(person, today),
    }


def passport_issued(person: Person, today: date) -> date:
    return (today - timedelta(days=400 + person.number * 31)).replace(day=12)


def passport_expires(issued: date) -> date:
    return issued.replace(year=issued.year + 10) - timedelta(days=1)


def education(person: Person) -> list[dict[str, str]]:
    left = person.born.year + 18
    country = person.nationality
    rows = [{"school": "Example Secondary School", "country": country, "level": "senior_high",
             "from": f"{left - 3}-09", "to": f"{left}-06"}]
    for degree, level, after, years in (("bachelor", "undergraduate", 0, 4), ("master", "postgraduate", 4, 2),
                                        ("doctor", "postgraduate", 6, 3)):
        if after < STUDIED[person.degree]:
            rows.append({"school": person.school, "country": country, "level": level, "degree": degree,
                         "major": person.major, "from": f"{left + after}-09", "to": f"{left + after + years}-06"})
    return rows


def work(person: Person, today: date) -> list[dict[str, Any]]:
    """Without a gap from the last degree until now."""
    began = person.born.year + 18 + STUDIED[person.degree]
    changed = began + max(1, (today.year - began) // 2)
    common = {"kind": "work", "country": person.nationality, "referee_contact": "hr@example.com"}
    return [
        {**common, "employer": "Example First Employer", "title": "助理", "from": f"{began}-07", "to": f"{changed}-08",
         "referee": "Referee One"},
        {**common, "employer": person.firm, "title": "主管", "related": True, "from": f"{changed}-09", "current": True,
         "referee": "Referee Two"},
    ]


def facts(person: Person, answers: Mapping[str, Any], unit: str, country: str, number: int, today: date) -> dict[str, str]:
    """What the documents of the case say."""
    issued = passport_issued(person, today)
    degree_zh, degree_en = DEGREES[person.degree]
    return {
        "number": str(100000 + number), "name": person.name, "surname": person.surname, "given_names": person.given_names,
        "passport": person.passport, "country": country, "nationality": person.nationality, "born": person.born.isoformat(),
        "sex": "男 M" if person.sex == "1" else "女 F", "issued": issued.isoformat(),
        "expires": passport_expires(issued).isoformat(), "school": person.school, "major": person.major,
        "degree": degree_zh, "degree_en": degree_en, "firm": person.firm, "unit": unit,
        "position": answers.get("position", ""), "position_en": answers.get("position_en", ""),
        "duties": answers.get("duties", ""), "work_address": answers.get("work_address", ""),
        "salary": answers.get("salary_monthly", ""), "from": answers.get("contract_from", ""),
        "to": answers.get("contract_to", ""), "past": (today - timedelta(days=70)).isoformat(),
        "recent": (today - timedelta(days=20)).isoformat(),
    }
