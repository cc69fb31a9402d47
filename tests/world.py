"""A small hall with invented people, for tests that need a case: an office with its officers, a unit with its filing.

Accounts have no password: `world.client("handler")` is a signed-in browser, second factor included.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings
from django.test import Client

from laihua.accounts import actions as accounts
from laihua.accounts import queries as account_queries
from laihua.accounts.models import Account, Consent, Organisation
from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases import actions as cases
from laihua.cases import queries as case_queries
from laihua.cases.actions import materials as uploads
from laihua.cases.models import Case, Proceeding
from laihua.cases.prints import Code
from laihua.catalog import actions as catalog
from laihua.catalog.consents import purposes
from laihua.catalog.models import ServiceFile, ServiceVersion
from laihua.kernel import actions as kernel
from laihua.prechecks.gate import GateResult
from laihua.units import actions as units
from laihua.units.models import Unit
from tests.prechecks import samples

WORK_PERMIT = "work_permit.new"
EXAMPLES = settings.BASE_DIR / "services" / "work_permit" / "new" / "examples" / "points.yaml"
BACKEND = "django.contrib.auth.backends.ModelBackend"
_synced: tuple[list[ServiceVersion], list[ServiceFile]] | None = None


@dataclass
class World:
    office: Organisation
    unit: Unit
    other_unit: Unit
    platform: Organisation
    national: Organisation
    accounts: dict[str, Account] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Actor:
        """handler, second_handler, stranger (handler of another unit), subject, other_person, pre_reviewer, registrar (of
        the platform), local_registrar (of the office), national_registrar, …"""
        try:
            return self.__dict__["actors"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(name) from None

    def client(self, who: str, language: str = "zh-hans") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(self.accounts[who], backend=BACKEND)
        session = client.session
        session[account_queries.CONFIRMED] = True
        session.save()
        return client


PEOPLE = (
    # name, kind, name_zh, name_latin, role, where
    ("handler", "natural", "沈知遥", "", "handler", "unit"),
    ("second_handler", "natural", "何望舒", "", "handler", "unit"),
    ("stranger", "natural", "钱若谷", "", "handler", "other_unit"),
    ("subject", "natural", "", "LINDQVIST SOEREN MIKAEL", "", ""),
    ("other_person", "natural", "", "OKONJO ADAEZE", "", ""),
    ("pre_reviewer", "natural", "韩静姝", "", "pre_reviewer", "office"),
    ("second_pre_reviewer", "natural", "罗砚秋", "", "pre_reviewer", "office"),
    ("clerk", "natural", "梁栖梧", "", "window_clerk", "office"),
    ("decider", "natural", "贺兰舟", "", "decider", "office"),
    ("head", "natural", "秦时雨", "", "head", "office"),
    ("registrar", "natural", "宁远山", "", "registrar", "platform"),
    ("local_registrar", "natural", "方既白", "", "registrar", "office"),
    ("national_registrar", "natural", "左思齐", "", "registrar", "national"),
    ("operator", "natural", "周行远", "", "operator", "hall"),
    ("auditor", "natural", "郑如初", "", "auditor", "hall"),
)


def build(at: datetime) -> World:
    kernel.import_calendar(at=at)
    sync_services(at)
    office = accounts.create_organisation(
        kind="authority", code="SH-WP", name_zh="上海市示例审批机关", name_en="Example Authority of Shanghai", actor=SYSTEM, at=at
    )
    hall = accounts.create_organisation(kind="hall", code="HALL", name_zh="来华平台", name_en="Laihua", actor=SYSTEM, at=at)
    platform = accounts.create_organisation(
        kind="authority", code="PLATFORM", name_zh="平台审核中心", name_en="Platform Review Centre", actor=SYSTEM, at=at
    )
    national = accounts.create_organisation(
        kind="authority", code="NATIONAL", name_zh="国家外国专家局", name_en="State Administration of Foreign Experts Affairs",
        actor=SYSTEM, at=at,
    )
    for system, place in (
        ("one_network", office), ("work_system", office), ("r_visa", office), ("account", platform), ("expert_projects", national),
    ):
        units.assign_office(system=system, region="", office_id=place.id, actor=SYSTEM, at=at)
    unit = new_unit("上海砚桥精密仪器有限公司", "Shanghai Yanqiao Precision Instruments Co., Ltd.", "91310115MA1HEXAM5R", at)
    other = new_unit("上海青屿文化有限公司", "Shanghai Qingyu Culture Co., Ltd.", "91310115MA1HDEM012", at)
    world = World(office, unit, other, platform, national)
    places = {
        "unit": unit.id, "other_unit": other.id, "office": office.id, "hall": hall.id, "platform": platform.id,
        "national": national.id,
    }
    for number, (name, kind, name_zh, name_latin, role, place) in enumerate(PEOPLE):
        account = accounts.create_account(
            kind=kind, login_name=f"demo_{name}", password=None, name_zh=name_zh, name_latin=name_latin, actor=SYSTEM, at=at,
            phone=f"+861380000{6000 + number}", email=f"{name}@example.com",
        )
        consent_to_everything(account, at)
        if role:
            accounts.grant_role(account_id=account.id, organisation_id=places[place], role=role, actor=SYSTEM, at=at)
        world.accounts[name] = account
        world.actors[name] = Actor(
            account_id=account.id, name=name_zh or name_latin, roles=frozenset({role} if role else ()),
            organisation_id=places.get(place), organisation_name=place,
        )
    return world


def consent_to_everything(account: Account, at: datetime) -> None:
    """Asking for consents has tests of its own."""
    Consent.objects.bulk_create(
        Consent(account=account, purpose=one.key, version=one.version, given_at=at) for one in purposes().values()
    )


def new_unit(name_zh: str, name_en: str, credit_code: str, at: datetime) -> Unit:
    unit = units.register_unit(
        name_zh=name_zh, name_en=name_en, credit_code=credit_code, registered_address="上海市浦东新区望江路88号",
        contact_name="沈知遥", contact_phone="+862155500123", actor=SYSTEM, at=at,
    )
    units.approve_filing(
        unit_id=unit.id, number=f"BA-{credit_code[-4:]}", valid_from=date(2025, 1, 1), valid_to=date(2027, 12, 31),
        actor=SYSTEM, at=at,
    )
    return unit


def sync_services(at: datetime) -> None:
    """Read and checked once in a run; later tests get the same rows back, so that their definitions stay compiled."""
    global _synced
    if _synced is None:
        catalog.sync(at=at)
        _synced = list(ServiceVersion.objects.all()), list(ServiceFile.objects.all())
    elif not ServiceVersion.objects.exists():
        ServiceVersion.objects.bulk_create(_synced[0])
        ServiceFile.objects.bulk_create(_synced[1])


@cache
def _example() -> dict[str, Any]:
    """The first example of the service: 80 points, category B, outside China."""
    found: dict[str, Any] = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))[0]
    return found


def complete_answers(**changes: Any) -> dict[str, Any]:
    """What the unit fills in; the declarations of the subject are left out. Dates as they are typed."""
    answers = {k: v.isoformat() if isinstance(v, date) else v for k, v in _example()["answers"].items()}
    for key in ("declare_truth", "declare_no_crime", "consent_health"):
        answers.pop(key, None)
    return {k: v for k, v in {**answers, **changes}.items() if v is not None}


@cache
def pdf(pages: int = 1) -> bytes:
    return samples.scan(*(samples.page_image(text=f"LAIHUA {n}") for n in range(pages)))


@cache
def photo() -> bytes:
    return samples.photo()


def draft(world: World, at: datetime, answers: Mapping[str, Any] | None = None) -> Case:
    """A draft with these answers, without materials."""
    case = cases.start_case(service_id=WORK_PERMIT, actor=world.handler, at=at)
    if answers:
        cases.save_answers(case_id=case.id, changes=answers, base=0, actor=world.handler, at=at)
        case.refresh_from_db()
    return case


def complete_draft(world: World, at: datetime, **changes: Any) -> Case:
    """A draft that may be submitted: all answers, all materials."""
    case = draft(world, at, complete_answers(**changes))
    fill_slots(world, case, at)
    return case


def fill_slots(world: World, case: Case, at: datetime) -> None:
    """A file in every required slot that has none. Without the gate, which has tests of its own."""
    seen = case_queries.dossier(case.id, actor=world.handler, at=at)
    for view in seen.slots:
        if view.required and not view.deferrable and view.file is None and view.slot.by != "subject":
            put_file(case.id, view.slot, world.handler, at)


def put_file(case_id: UUID, slot: Any, actor: Actor, at: datetime) -> None:
    is_photo = slot.accept != "pdf"
    result = GateResult(True, 1, "image/jpeg" if is_photo else "application/pdf", [], 0.0, codes_of(case_id, slot, actor, at))
    name = f"{slot.key}.jpg" if is_photo else f"{slot.key}.pdf"
    uploads.keep(case_id, slot, name, photo() if is_photo else pdf(), result, actor, at)


def codes_of(case_id: UUID, slot: Any, actor: Actor, at: datetime) -> tuple[str, ...]:
    """What a scan of the form of this slot would say, printed just now."""
    seen = case_queries.dossier(case_id, actor=actor, at=at)
    if uploads.round_trip_of(seen, slot) is None:
        return ()
    kept = cases.keep_print(case_id=case_id, output=slot.form, actor=actor, at=at)
    code = Code(seen.case.number, kept.version, kept.digest)
    return (str(code), str(code.reverse)) if seen.service.outputs[slot.form].duplex else (str(code),)


def confirmation_case(world: World, at: datetime, **changes: Any) -> Case:
    """Submitted by the unit; the subject is linked and has yet to confirm."""
    case = complete_draft(world, at, **changes)
    cases.move(case_id=case.id, move="submit", actor=world.handler, at=at)
    Case.objects.filter(id=case.id).update(subject_id=world.subject.account_id)
    case.refresh_from_db()
    return case


def submitted_case(world: World, at: datetime, **changes: Any) -> Case:
    """Declared and confirmed by the subject: it lies at the pre-review."""
    case = confirmation_case(world, at, **changes)
    seen = case_queries.dossier(case.id, actor=world.subject, at=at)
    declarations = {
        f.key: True for s in seen.definition.visible_sections(seen.names) for f in s.fields
        if f.by == "subject" and f.type == "declaration"
    }
    cases.save_answers(
        case_id=case.id, changes=declarations, base=case.revision, actor=world.subject, at=at
    )
    cases.move(case_id=case.id, move="confirm", actor=world.subject, at=at)
    case.refresh_from_db()
    return case


def returned_case(
    world: World, at: datetime, *, fields: tuple[str, ...] = ("work_address",), materials: tuple[str, ...] = ("degree",),
    field_reason: str = "WP-R07", material_reason: str = "WP-R02", note: str = "请补全。", **changes: Any,
) -> Case:
    """Returned by the pre-reviewer for these fields and materials; everything else is accepted and locked."""
    case = submitted_case(world, at, **changes)
    cases.claim(case_id=case.id, actor=world.pre_reviewer, at=at)
    judge = {"case_id": case.id, "actor": world.pre_reviewer, "at": at}
    wrong = {("field", k) for k in fields} | {("material", k) for k in materials}
    items = [i.id for i in case_queries.dossier(case.id, actor=world.pre_reviewer, at=at).items]
    cases.record_verdicts(items=[i for i in items if i not in wrong], result="accepted", **judge)
    for key in fields:
        cases.record_verdicts(items=[("field", key)], result="returned", reasons=[field_reason], note=note, **judge)
    for key in materials:
        cases.record_verdicts(items=[("material", key)], result="returned", reasons=[material_reason], note=note, **judge)
    cases.move(case_id=case.id, move="return_for_correction", actor=world.pre_reviewer, at=at)
    case.refresh_from_db()
    return case


def passed_case(world: World, at: datetime, **changes: Any) -> Case:
    """Pre-review passed: it awaits the originals check."""
    case = submitted_case(world, at, **changes)
    cases.claim(case_id=case.id, actor=world.pre_reviewer, at=at)
    items = [i.id for i in case_queries.dossier(case.id, actor=world.pre_reviewer, at=at).items]
    cases.record_verdicts(case_id=case.id, items=items, result="accepted", actor=world.pre_reviewer, at=at)
    cases.move(case_id=case.id, move="pass", actor=world.pre_reviewer, at=at)
    case.refresh_from_db()
    return case


def decision_case(world: World, at: datetime, **changes: Any) -> Case:
    """Originals checked by the clerk: it awaits the decision."""
    case = passed_case(world, at, **changes)
    cases.claim(case_id=case.id, actor=world.clerk, at=at)
    for key, _, _ in case_queries.dossier(case.id, actor=world.clerk, at=at).originals:
        cases.tick_original(case_id=case.id, key=key, matches=True, actor=world.clerk, at=at)
    cases.move(case_id=case.id, move="verify_originals", actor=world.clerk, at=at)
    case.refresh_from_db()
    return case


def proceeding_of(case: Case) -> Proceeding:
    return Proceeding.objects.get(case=case, key="main")
