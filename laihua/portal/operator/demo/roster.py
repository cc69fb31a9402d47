"""Plays the rosters: foreigners whose permits are older than the hall, in every state that a roster shows."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from laihua.portal.operator.demo.casting import Cast
from laihua.units import actions as units

FILE = Path(__file__).with_name("roster.yaml")
DATES = {"permit_to": "permit_to", "contract_to": "contract_to", "passport_to": "passport_expiry"}


def fill(cast: Cast, opening: datetime) -> None:
    today = timezone.localtime(opening).date()
    for row in yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["members"]:  # noqa: S506  text only
        actor, unit_id = cast.actors[row["unit"]], cast.places[row["unit"]]
        member = units.enter_staff(
            unit_id=unit_id, record=record_of(row, today), source="imported", actor=actor, at=opening - timedelta(days=60))
        if "left" in row:
            units.mark_as_left(
                unit_id=unit_id, staff_id=member.id, on=today + timedelta(days=int(row["left"])), actor=actor, at=opening)


def record_of(row: dict[str, Any], today: date) -> dict[str, str]:
    days = {key: (today + timedelta(days=int(row[name]))).isoformat() for name, key in DATES.items() if name in row}
    born = {"surname": row["surname"], "given_names": row["given"], "chinese_name": row.get("zh", ""), "sex": row["sex"],
            "birth_date": row["born"], "nationality": row["nationality"]}
    work = {"position": row["position"], "category": row["category"], "hire_type": "contract", "months_per_year": "12",
            "salary_monthly": "32000.00", "pay_source": "domestic", "work_address": "上海市浦东新区望江路88号3幢502室",
            "duties": "负责本岗位的专业工作", "email": f"{row['surname'].split()[0].lower()}@example.com"}
    numbers = {"passport_number": row["passport"], "passport_type": "ordinary", "permit_number": row.get("permit", "")}
    return {**born, **work, **numbers, **days, "visa_type": "work_residence", "visa_expiry": days.get("permit_to", ""),
            "contract_from": (today - timedelta(days=400)).isoformat()}
