"""One invented case that waits for its decision, made from rows: the way there is proved by the tests of the engine."""

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from PIL import Image

from laihua.accounts.models import Account, Organisation
from laihua.accounts.permissions import Actor
from laihua.cases import rows, store
from laihua.cases.models import Case, Material, MaterialFile, Proceeding, Window
from laihua.catalog import actions as catalog
from laihua.catalog import queries as services
from laihua.kernel.actions import import_calendar, store_file
from laihua.units.models import Unit

ANSWERS: dict[str, Any] = {
    "location": "inside", "duration": "long", "surname": "LINDQVIST", "given_names": "SOEREN MIKAEL",
    "chinese_name": "林索伦", "sex": "1", "birth_date": "1985-03-14", "nationality": "SWE", "passport_number": "EM7204138",
    "email": "soeren@example.com", "position": "光学研发经理", "position_en": "Optical R&D Manager",
    "duties": "负责精密光学仪器的研发", "work_address": "上海市浦东新区望江路88号3幢502室", "contract_from": "2026-12-01",
    "contract_to": "2028-11-30", "salary_monthly": "40000.00",
    "work": [{"kind": "work", "employer": "Norrsken Optik AB", "country": "SWE", "from": "2009-08", "to": "2026-06"}],
    "delivery": "post", "post_recipient": "测试收件人", "post_phone": "13800000000", "post_address": "上海市示例区样例路1号",
}


@dataclass(frozen=True)
class World:
    case: Case
    proceeding: Proceeding
    office: Organisation
    unit: Unit
    decider: Actor
    clerk: Actor
    handler: Actor


def make_world(at: datetime, *, number: str = "WP-20261112-0482") -> World:
    import_calendar(at=at)
    catalog.sync(at=at)
    version = services.current("work_permit.new")
    office = _organisation("authority", number, "示例签发机关", "Example Issuing Authority")
    home = _organisation("employer", f"U{number}", "上海砚桥精密仪器有限公司", "Shanghai Yanqiao Precision Instruments Co., Ltd.")
    unit = Unit.objects.create(
        organisation=home, name_zh=home.name_zh + number[-4:], name_en=home.name_en, credit_code=f"9131{number[-14:]}",
        registered_address="上海市示例区样例路1号", contact_name="测试联系人", contact_phone="021-55500123", registered_at=at,
    )
    people = {role: _account(f"{role}{number}", at) for role in ("decider", "window_clerk", "handler", "pre_reviewer")}
    case = Case.objects.create(
        number=number, service="work_permit.new", version_id=version.version_id, unit=unit, office=office,
        started_by=people["handler"], answers=ANSWERS, created_at=at, saved_at=at, submitted_at=at,
    )
    proceeding = Proceeding.objects.create(
        case=case, office=office, step="decision", entered_at=at, clock="running", promised_on=at.date(),
        due_on=at.date() + timedelta(days=7), holder=people["decider"], held_at=at, number=number,
        service="work_permit.new", unit_name=unit.name_zh, subject_name="LINDQVIST SOEREN MIKAEL",
    )
    store.append(store.EventRow(
        case_id=case.id, proceeding_id=proceeding.id, at=at - timedelta(days=1), actor_id=people["pre_reviewer"].id,
        organisation_id=office.id, role="subject", move="confirm", from_step="confirmation", to_step="decision",
        clock="start", round=1,
    ), rows.trail(case.id, proceeding.id))
    _photograph(case, people["handler"], at)
    return World(
        case, proceeding, office, unit, _actor(people["decider"], "decider", office),
        _actor(people["window_clerk"], "window_clerk", office), _actor(people["handler"], "handler", home),
    )


def add_window(world: World) -> Window:
    return Window.objects.create(
        office=world.office, code=world.case.number, name_zh="示例窗口3号", name_en="Example window 3",
        address_zh="上海市示例区样例路1号", address_en="1 Sample Road", hours=[["09:00", "11:30"]],
    )


def days(text: str) -> date:
    return date.fromisoformat(text)


def _photograph(case: Case, by: Account, at: datetime) -> None:
    out = io.BytesIO()
    Image.new("RGB", (413, 551), "#88aacc").save(out, "JPEG")
    stored = store_file(content=out.getvalue(), content_type="image/jpeg", at=at)
    material = Material.objects.create(case=case, key="photo")
    file = MaterialFile.objects.create(
        material=material, version=1, stored=stored, name="photo.jpg", pages=1, uploaded_by=by, uploaded_at=at
    )
    Material.objects.filter(id=material.id).update(current=file, status="uploaded")


def _organisation(kind: str, code: str, zh: str, en: str) -> Organisation:
    return Organisation.objects.create(kind=kind, code=code, name_zh=zh, name_en=en)


def _account(name: str, at: datetime) -> Account:
    return Account.objects.create(kind="natural", login_name=name, created_at=at)


def _actor(account: Account, role: str, organisation: Organisation) -> Actor:
    return Actor(
        account_id=account.id, name=account.login_name, roles=frozenset({role}), organisation_id=organisation.id,
        organisation_name=organisation.name_zh,
    )
