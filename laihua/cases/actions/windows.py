"""Windows as reference data: where originals are checked, and when."""

from typing import Any
from uuid import UUID, uuid5

import yaml
from django.conf import settings
from django.db import transaction

from laihua.accounts.queries import organisations
from laihua.cases.booking import parts_of
from laihua.cases.models import Window

NAMESPACE = UUID("5f0c8a4e-6a0d-4d5a-9a5e-6f3f0f6f2b11")


@transaction.atomic
def sync_windows() -> list[str]:
    """Bring the windows up to date with reference/windows.yaml; returns the codes of those that are there now.

    A window keeps its id, which follows from its code, and its bookings. One whose authority is not in this hall is
    passed over; one that left the file stays for the bookings that it has. Raises ValueError on hours that are none.
    """
    offices = {office.code: office.id for office in organisations("authority")}
    rows = yaml.safe_load((settings.BASE_DIR / "reference" / "windows.yaml").read_text(encoding="utf-8"))
    kept = []
    for row in rows:
        if row["office"] not in offices:
            continue
        values = {"office_id": offices[row["office"]], **values_of(row)}
        Window.objects.update_or_create(code=row["code"], defaults=values, create_defaults={
            **values, "id": uuid5(NAMESPACE, row["code"]),
        })
        kept.append(row["code"])
    return kept


def values_of(row: dict[str, Any]) -> dict[str, Any]:
    hours = [[begins, ends] for begins, ends in row["hours"]]
    if not all(parts_of(begins, ends, row["minutes"]) for begins, ends in hours):
        raise ValueError(f"window {row['code']}: hours that hold no appointment of {row['minutes']} minutes")
    return {
        "name_zh": row["name"]["zh"], "name_en": row["name"]["en"],
        "address_zh": row["address"]["zh"], "address_en": row["address"]["en"],
        "hours": hours, "minutes": row["minutes"], "places": row["places"],
    }
