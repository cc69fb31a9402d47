"""Earlier cases: an operator looks for what an old account left, checks it, and links it to a current one (ACC-14)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from laihua.accounts import queries
from laihua.accounts.permissions import Actor
from laihua.cases import actions as case_actions
from laihua.cases import queries as cases
from laihua.kernel import clock
from laihua.kernel.masking import mask
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.access import allow
from laihua.portal.account.entry.facts import KINDS, masked_document, masked_name, user_number
from laihua.portal.statuses import Status
from laihua.units import queries as units

if TYPE_CHECKING:
    from laihua.accounts.models import Account

LINKED = Text("已关联{n}件，用户可在“我的办件”中看到", "{n} cases linked; the user finds them under “My cases”")
STATES = {
    "approved": Status("green", "circle-check", Text("已办结", "Completed")),
    "refused": Status("red", "circle-x", Text("不予许可", "Refused")),
    "withdrawn": Status("grey", "arrow-back-up", Text("已撤回", "Withdrawn")),
    "cancelled": Status("grey", "circle-x", Text("已注销", "Cancelled")),
}


@allow("operator")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def earlier(request: HttpRequest) -> HttpResponse:
    """POST `do=look` shows what both names stand for; `do=link` links what is ticked. Names stand in no address."""
    if request.method != "POST" or request.POST.get("do") != "link":
        return _page(request)
    try:
        done = case_actions.link_earlier_cases(
            case_ids=[i for one in request.POST.getlist("cases") if (i := _uuid(one))], login_name=_typed(request, "login_name"),
            unit_id=_uuid(request.POST.get("unit", "")), note=request.POST.get("note", ""), actor=_actor(request), at=clock.now(),
        )
    except Refused as refused:
        return _page(request, refused.reasons, status=422)
    messages.success(request, str(LINKED.format(n=done)))
    return HttpResponseRedirect(reverse("operator:earlier"))


def _page(request: HttpRequest, reasons: Sequence[Reason] = (), status: int = 200) -> HttpResponse:
    old, name = _typed(request, "old_login_name"), _typed(request, "login_name")
    rows = cases.earlier_cases_of_login(old) if old else []
    account = queries.account_named(name) if name else None
    codes = {row.credit_code for row in rows} - {""}
    ticked = set(request.POST.getlist("cases")) if request.POST.get("do") == "link" else {str(r.id) for r in rows if not r.linked_at}
    return render(request, "operator/earlier.html", {
        "old": old, "name": name, "asked": bool(old), "account": account, "note": request.POST.get("note", ""),
        "rows": [(row, STATES[row.state], _person(row.subject_name), str(row.id) in ticked) for row in rows],
        "free": sum(not row.linked_at for row in rows), "facts": _facts(account) if account else [],
        "posts": _units(account, codes) if account else [], "chosen": request.POST.get("unit", ""),
        "general": [r for r in reasons if r.place not in ("note", "unit")], "errors": {r.place: r.text for r in reasons},
        "not_found": bool(name) and account is None,
    }, status=status)


def _facts(account: "Account") -> list[tuple[Text, Any]]:
    return [
        (Text("用户编号", "User ID"), user_number(account)), (Text("用户类型", "Kind of user"), KINDS[account.kind]),
        (Text("姓名", "Name"), masked_name(account)), (Text("证件号码", "Document number"), masked_document(account)),
        (Text("手机号码", "Mobile number"), mask("mobile", account.phone)),
    ]


def _units(account: "Account", codes: set[str]) -> list[tuple[UUID, Text, str, bool]]:
    """The units that the account acts for: id, name, credit code, and whether the old cases carry that code."""
    found = [(post, units.unit_of(post.organisation_id)) for post in queries.posts_of(account.id)]
    return [(post.organisation_id, post.name, unit.credit_code, unit.credit_code in codes) for post, unit in found if unit]


def _person(name: str) -> str:
    return mask("name_latin" if name.isascii() else "name_zh", name)


def _typed(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()[:64].replace("\0", "")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _actor(request: HttpRequest) -> Actor:
    actor = queries.actor_of(request)
    if actor is None:
        raise RuntimeError("the page is not open to visitors")
    return actor
