"""The sign-in log as auditors read it: searched, masked, each look and each export kept in the audit trail (SES-6)."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from laihua.accounts import actions, queries
from laihua.accounts.queries import WAYS, SignInFilter
from laihua.kernel import clock
from laihua.kernel.masking import mask
from laihua.kernel.texts import Text
from laihua.portal.access import allow

PAGE, AT_MOST = 50, 50_000
FILTERS = ("since", "until", "way", "unit", "phone", "handler")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
PURPOSE = Text("查阅登录日志", "Reading the sign-in log")
NOBODY = UUID(int=0)
HEADS = (
    Text("时间", "Time"), Text("登录方式", "Way"), Text("单位代码", "Unit code"), Text("单位名称", "Unit"),
    Text("统一社会信用代码", "Credit code"), Text("手机号码", "Mobile number"), Text("门户", "Portal"),
    Text("门户用户标识", "Portal user"), Text("经办人", "Handler"), Text("账号", "Account"), Text("委托", "Delegation"),
    Text("链与序号", "Chain, number"),
)


@allow("auditor", purpose=PURPOSE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_ins(request: HttpRequest) -> HttpResponse:
    """POST: what was typed becomes an address without any number in it, since addresses are written down everywhere."""
    if request.method == "POST":
        return HttpResponseRedirect(f"{reverse('operator:sign-ins')}?{urlencode(searched(request))}")
    asked = asked_for(request)
    rows = queries.sign_ins(asked, after=position(request.GET.get("after", "")), limit=PAGE + 1)
    shown = rows[:PAGE]
    kept = {name: value for name in FILTERS if (value := request.GET.get(name, "")[:200].replace("\0", ""))}
    last = shown[-1] if len(rows) > PAGE else None
    return render(request, "operator/sign_ins.html", {
        "rows": lines(shown), "asked": asked, "kept": list(kept.items()), "ways": list(WAYS.items()), "filtered": bool(kept),
        "first": f"?{urlencode(kept)}" if "after" in request.GET else "", "at_most": AT_MOST,
        "next": f"?{urlencode({**kept, 'after': f'{last.at.isoformat()}_{last.id}'})}" if last else "",
    })


@allow("auditor", purpose=PURPOSE)
@require_POST
def unmask(request: HttpRequest, entry_id: UUID, what: str) -> HttpResponse:
    """One value of one line in full. Kept in the audit trail before it is shown."""
    entry = queries.sign_in_entry(entry_id)
    if entry is None or what not in ("phone", "handler", "portal_user"):
        raise Http404
    actions.look_at_sign_in(entry_id=entry_id, what=what, actor=reader(request), at=clock.now())
    if what == "handler":
        value = queries.names_of([entry.handler_id]).get(entry.handler_id, "") if entry.handler_id else ""
    else:
        value = entry.phone if what == "phone" else entry.portal_user_id
    return render(request, "operator/sign_in_value.html", {"value": value, "id": entry_id, "what": what})


@allow("auditor", purpose=PURPOSE)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """What was searched, masked as on the page, as a file that a spreadsheet opens without running anything in it."""
    asked = asked_for(request)
    actions.export_sign_ins(asked, actor=reader(request), at=clock.now(), limit=AT_MOST)
    response = HttpResponse(written(asked), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sign-ins-{clock.today():%Y%m%d}.csv"'
    return response


def written(asked: SignInFilter) -> Iterator[str]:
    """With a byte order mark, by which spreadsheets know UTF-8."""
    yield "\ufeff" + line_of(HEADS)
    portion: list[Any] = []
    for entry in queries.every_sign_in(asked, AT_MOST):
        portion.append(entry)
        if len(portion) == 500:
            yield "".join(line_of(cells(one)) for one in lines(portion))
            portion = []
    yield "".join(line_of(cells(one)) for one in lines(portion))


def line_of(values: Any) -> str:
    out = StringIO()
    csv.writer(out).writerow([safe(value) for value in values])
    return out.getvalue()


def safe(value: Any) -> str:
    """A value that a spreadsheet would take for a formula gets an apostrophe before it, also behind spaces."""
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) or text.startswith(FORMULA) else text


def lines(entries: list[Any]) -> list[dict[str, Any]]:
    """As an auditor sees them: personal values masked. One statement for all names."""
    names = queries.names_of({e.handler_id for e in entries if e.handler_id})
    return [
        {
            "entry": e, "at": timezone.localtime(e.at), "way": WAYS.get(e.way, e.way), "phone": mask("mobile", e.phone),
            "portal_user": mask("login_name", e.portal_user_id), "handler": masked_name(names.get(e.handler_id, "")),
        }
        for e in entries
    ]


def masked_name(name: str) -> str:
    return mask("name_latin" if name.isascii() else "name_zh", name) if name else ""


def cells(one: dict[str, Any]) -> list[Any]:
    e = one["entry"]
    return [
        f"{one['at']:%Y-%m-%d %H:%M:%S}", one["way"], e.unit_code, e.unit_name, e.credit_code, one["phone"], e.portal,
        one["portal_user"], one["handler"], e.account_id or "", e.delegation_id or "", f"{e.chain} {e.seq}",
    ]


def searched(request: HttpRequest) -> dict[str, str]:
    typed = {name: request.POST.get(name, "").strip()[:200].replace("\0", "") for name in ("since", "until", "way", "unit")}
    phone, handler = (request.POST.get(name, "").strip()[:60].replace("\0", "") for name in ("phone", "handler"))
    if phone:
        typed["phone"] = queries.phone_index(phone).hex() or "00"
    if handler:
        typed["handler"] = str(queries.handler_called(handler) or NOBODY)
    return {name: value for name, value in typed.items() if value}


def asked_for(request: HttpRequest) -> SignInFilter:
    """From an address, or from the hidden fields of the export."""
    source = request.POST if request.method == "POST" else request.GET
    text = {name: source.get(name, "")[:200].replace("\0", "") for name in FILTERS}
    return SignInFilter(
        since=day(text["since"]), until=day(text["until"]), way=text["way"] if text["way"] in WAYS else "", unit=text["unit"],
        phone=hexadecimal(text["phone"]), handler=identifier(text["handler"]),
    )


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def hexadecimal(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def identifier(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def position(after: str) -> tuple[datetime, UUID] | None:
    moment, _, row_id = after.partition("_")
    try:
        found = datetime.fromisoformat(moment), UUID(row_id)
    except ValueError:
        return None
    return found if found[0].tzinfo else None


def reader(request: HttpRequest) -> UUID:
    actor = queries.actor_of(request)
    if actor is None:
        raise Http404
    return actor.person_id
