"""Invented people and organisations for tests, made through the actions, and clients that are signed in as them."""

import itertools
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.test import Client
from stdnum.cn import uscc

from laihua.accounts import actions, queries
from laihua.accounts.models import Account, Organisation
from laihua.accounts.permissions import SYSTEM
from laihua.units import actions as units
from laihua.units.models import Unit

PASSWORD = "opens-the-hall-2026"
AT = datetime(2026, 11, 12, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
_numbers = itertools.count(1)


def natural(login_name: str = "", *, password: str | None = None, name: str = "顾言") -> Account:
    return actions.create_account(kind="natural", login_name=login_name or f"person{next(_numbers)}", password=password,
                                  name_zh=name, actor=SYSTEM, at=AT)


def legal(login_name: str = "", *, password: str | None = None, name: str = "样例机械有限公司") -> Account:
    return actions.create_account(kind="legal", login_name=login_name or f"company{next(_numbers)}", password=password,
                                  name_zh=name, actor=SYSTEM, at=AT)


def office(name: str = "示例区外国人工作管理科") -> Organisation:
    return actions.create_organisation(kind="authority", code=f"office-{next(_numbers)}", name_zh=name,
                                       name_en="Example District Office", actor=SYSTEM, at=AT)


def hall() -> Organisation:
    return actions.create_organisation(kind="hall", code=f"hall-{next(_numbers)}", name_zh="来华服务大厅",
                                       name_en="Laihua hall", actor=SYSTEM, at=AT)


def credit_code(number: int) -> str:
    body = f"91310000{number:09d}"
    return body + uscc.calc_check_digit(body)


def unit(name: str = "", *, filed: tuple[date, date] | None = (date(2026, 1, 1), date(2027, 12, 31))) -> Unit:
    number = next(_numbers)
    made = units.register_unit(
        name_zh=name or f"样例科技{number}有限公司", name_en=f"Sample Technology {number}", credit_code=credit_code(number),
        registered_address="示例市示例路1号", contact_name="顾言", contact_phone="13800000000", actor=SYSTEM, at=AT,
    )
    if filed:
        units.approve_filing(unit_id=made.id, number=f"F-{number}", valid_from=filed[0], valid_to=filed[1],
                             actor=SYSTEM, at=AT)
    return made


def give(account: Account, role: str, organisation_id: UUID) -> UUID:
    return actions.grant_role(account_id=account.id, organisation_id=organisation_id, role=role, actor=SYSTEM, at=AT).id


def signed_in(account: Account, *, organisation_id: UUID | None = None, second_factor: bool = True,
              client: Client | None = None) -> Client:
    """A client with an open session: the ways through the sign-in pages themselves are tested in tests/portal."""
    client = client or Client()
    client.force_login(account)
    session = client.session
    if organisation_id:
        session[queries.CHOSEN] = str(organisation_id)
    if second_factor:
        session[queries.CONFIRMED] = True
    session.save()
    return client
