"""客户单位: the client units of a service company and their employees, as its own officers keep them."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages as toasts
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from laihua.kernel import clock
from laihua.kernel.masking import mask
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.access import View, allow
from laihua.portal.officer.pages import acting
from laihua.portal.systems import systems
from laihua.units import actions as units
from laihua.units import queries

KEEPERS = frozenset({"pre_reviewer", "head"})
PURPOSE = Text("维护服务公司的客户单位名单", "For the staff of a service company who keep its list of client units")
COLUMNS = Text("姓名，身份证号码，入职日期，离职日期（在职的留空）", "name, identity number, joined on, left on (empty while employed)")
WRONG_DAY = Text("日期应为YYYY-MM-DD", "The date must be YYYY-MM-DD")
AT_MOST, BYTES = 2000, 1024 * 1024
TOO_MANY = Reason("too_many", Text("一次最多2000行，文件不超过1 MB", "At most 2,000 lines at once, and a file under 1 MB"))
NOT_TEXT = Reason("not_text", Text("文件不是UTF-8编码的CSV", "The file is no CSV in UTF-8"))
NOTHING = Reason("nothing", Text("请填写或选择名单", "Enter the list, or choose a file"))
FIELDS = ("name_zh", "credit_code", "contract_from", "contract_to", "contact_name", "contact_phone")


@dataclass(frozen=True, slots=True)
class EmployeeRow:
    name: str
    number: str
    joined_on: date
    left_on: date | None


def keepers(view: Any) -> View:
    """For officers whose office handles a system of client units; for everybody else there is no such page."""

    @allow(*sorted(KEEPERS), purpose=PURPOSE)
    @wraps(view)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not queries.keeps_clients(acting(request), [key for key, one in systems().items() if one.clients]):
            raise Http404
        response: HttpResponse = view(request, *args, **kwargs)
        return response

    return found


@keepers
@require_http_methods(["GET", "POST"])
def clients(request: HttpRequest) -> HttpResponse:
    """The list; POST enters a further unit."""
    given = {key: request.POST.get(key, "").strip() for key in FIELDS}
    reasons: Sequence[Reason] = ()
    if request.method == "POST":
        try:
            client = keep(request, given)
        except Refused as refused:
            reasons = refused.reasons
        else:
            return redirect("officer:client", client_id=client.id)
    return render(request, "officer/clients.html", {
        "clients": queries.clients_of(acting(request).organisation_id), "given": given, "today": clock.today(), **told(reasons),
    }, status=422 if reasons else 200)


@keepers
@require_http_methods(["GET", "POST"])
def client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """One unit with its people. POST changes the unit, or enters the lines of a list: all of them or none."""
    known = queries.client_of(acting(request).organisation_id, client_id)
    if known is None:
        raise Http404
    given = {key: request.POST.get(key, "").strip() for key in FIELDS} | {"credit_code": known.credit_code}
    lines, reasons = request.POST.get("lines", "")[:BYTES], tuple[Reason, ...]()
    if request.method == "POST":
        try:
            said = change(request, known, given, lines)
        except Refused as refused:
            reasons = tuple(refused.reasons)
        else:
            toasts.success(request, str(said))
            return redirect("officer:client", client_id=client_id)
    if request.POST.get("do") != "unit":
        given = {key: str(getattr(known, key) or "") for key in FIELDS}
    return render(request, "officer/client.html", {
        "client": known, "given": given, "lines": lines, "columns": COLUMNS, "people": [shown(one) for one in queries.employees_of(known)],
        **told(reasons),
    }, status=422 if reasons else 200)


def change(request: HttpRequest, known: Any, given: dict[str, str], lines: str) -> Text:
    if request.POST.get("do") == "unit":
        keep(request, given)
        return Text("已保存", "Saved")
    listed = read(text_of(request, lines))
    n = units.list_employees(client_id=known.id, listed=listed, actor=acting(request), at=clock.now())
    return Text(f"已登记{n}人", f"{n} entered")


def keep(request: HttpRequest, given: dict[str, str]) -> Any:
    wrong = [Reason("date", WRONG_DAY, place=key) for key in ("contract_from", "contract_to")
             if (given[key] or key == "contract_from") and day(given[key]) is None]
    first = day(given["contract_from"])
    if wrong or first is None:
        raise Refused(*wrong)
    return units.keep_client(
        name_zh=given["name_zh"], credit_code=given["credit_code"], contract_from=first, contract_to=day(given["contract_to"]),
        contact_name=given["contact_name"], contact_phone=given["contact_phone"], actor=acting(request), at=clock.now(),
    )


def text_of(request: HttpRequest, lines: str) -> str:
    """What was typed, or the file that was chosen."""
    file = request.FILES.get("file")
    if file is None:
        if not lines.strip():
            raise Refused(NOTHING)
        return lines
    if (file.size or 0) > BYTES:
        raise Refused(TOO_MANY)
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(NOT_TEXT) from None


def read(text: str) -> list[Any]:
    """Lines of a list, a heading left out. Refused with every line that cannot be read."""
    rows = [row for row in csv.reader(io.StringIO(text.replace("，", ",").replace("\t", ","))) if any(cell.strip() for cell in row)]
    if rows and not any(c.isdigit() for c in "".join(rows[0])):
        rows = rows[1:]
    if len(rows) > AT_MOST:
        raise Refused(TOO_MANY)
    found, wrong = [], []
    for n, row in enumerate(rows):
        name, number, joined, left = ([cell.strip() for cell in row] + [""] * 4)[:4]
        begins, ends = day(joined), day(left)
        if begins is None or (left and ends is None):
            wrong.append(Reason("date", WRONG_DAY, place=f"rows.{n}"))
            continue
        found.append(units.Listed(name, number, begins, ends))
    if wrong:
        raise Refused(*wrong)
    return found


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def shown(one: Any) -> EmployeeRow:
    return EmployeeRow(mask("name_zh", one.name), mask("identity_card", one.document_number), one.joined_on, one.left_on)


def told(reasons: Sequence[Reason]) -> dict[str, Any]:
    """Faults of lines by their number, of fields by their key, the rest above."""
    rows = [(int(r.place.split(".")[1]) + 1, r.text) for r in reasons if r.place.startswith("rows.")]
    return {
        "row_faults": rows, "errors": {r.place: r.text for r in reasons if r.place and not r.place.startswith("rows.")},
        "general": [r for r in reasons if not r.place],
    }
