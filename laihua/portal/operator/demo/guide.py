"""What the demo prints at its start: who can sign in, as what, and what there is to see."""

from datetime import timedelta
from unicodedata import east_asian_width

from django.conf import settings

from laihua.accounts import queries as accounts
from laihua.accounts.permissions import ROLES, Actor
from laihua.kernel import clock
from laihua.portal.operator.demo import invitations
from laihua.portal.operator.demo.casting import people, persons
from laihua.portal.operator.demo.entries import script
from laihua.portal.operator.demo.permits import script as permits
from laihua.portal.operator.demo.points import script as points
from laihua.portal.operator.demo.projects import script as projects
from laihua.portal.operator.demo.single_window import OFFICERS as single_window

SUBJECT = ("个人", "Person")


def lines() -> list[str]:
    """Bilingual, in columns that stay level in a terminal, where a Chinese character is two wide."""
    entered = [{"role": "registrar"} | row for row in script()["registrars"]]
    entered += [{"role": "unit_admin"} | row for row in script()["legal"]] + script()["people"]
    entered += [{"role": "expert"} | row for row in projects()["experts"]] + projects()["officers"]
    entered += permits()["people"] + points()["officers"] + points()["people"]
    shown = [row for row in [*people()["accounts"], *entered, *single_window] if "show" in row]
    table = [("登录名 Login", "身份 Role", "可以看到 What there is to see"), *(columns(row) for row in shown)]
    widths = [max(width(row[n]) for row in table) for n in (0, 1)]
    address, now = f"{settings.PUBLIC_URL.rstrip('/')}/sign-in/?kind=natural", clock.now()
    return [
        f"登录 Sign in: {address}    密码 Password: {people()['password']}  （全部账号相同 the same for all）",
        "账号都在“自然人登录”页签登录，单位账号（…-unit）在“法人登录”。",
        "All sign in under “Natural person”, the accounts of units (…-unit) under “Legal person”.",
        "机关和平台人员还要输入动态口令，演示中显示在页面上。 Officers also type a one-time code, which the page shows.",
        "",
        *("  ".join((pad(row[0], widths[0]), pad(row[1], widths[1]), row[2])) for row in table),
        "",
        *invitation_lines(),
        f"演示时钟 Demo clock: {now:%Y-%m-%d %H:%M}   "
        f"调整 move it: .venv/bin/laihua demo clock {now + timedelta(days=7):%Y-%m-%d}T09:00",
    ]


def columns(row: dict[str, object]) -> tuple[str, str, str]:
    role = ROLES.get(str(row.get("role", "")))
    title = f"{role.title.zh} {role.title.en}" if role else " ".join(SUBJECT)
    show = row["show"]
    return str(row["login"]), title, f"{show['zh']} · {show['en']}"  # type: ignore[index]


def invitation_lines() -> list[str]:
    """The link of one foreigner who has not come yet, with what he is asked; nothing once it is used or has ended."""
    operator = accounts.account_named("operator")
    if operator is None:
        return []
    reader = Actor(account_id=operator.id, name="", roles=frozenset({"operator"}))
    letters = invitations.tokens(reader)
    for person in persons().values():
        for token in letters.get(person.email, []):
            if invitations.is_open(token, clock.now()):
                return [
                    f"邀请链接 An invitation for {person.name}: {settings.PUBLIC_URL.rstrip('/')}/invitation/{token}/",
                    f"    护照号 Passport {person.passport} · 出生日期 Date of birth {person.born}",
                ]
    return []


def width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, to: int) -> str:
    return text + " " * (to - width(text))
