"""Suspected duplicates: both accounts side by side, hidden values by a recorded look, and the decision (ENT-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laihua.accounts import actions, queries
from laihua.accounts.permissions import ROLES, Actor
from laihua.cases import queries as cases
from laihua.kernel import clock
from laihua.kernel.masking import mask
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.access import allow
from laihua.portal.account.entry.facts import KINDS, masked_document, user_number
from laihua.portal.statuses import Status
from laihua.portal.systems import systems
from laihua.units import queries as units

if TYPE_CHECKING:
    from laihua.accounts.models import Account

STATES = {
    "open": Status("amber", "player-pause", Text("待处理", "To decide")),
    "kept": Status("green", "circle-check", Text("分别保留", "Both kept")),
    "merged": Status("azure", "circle-check", Text("已合并", "Merged")),
    "rejected": Status("red", "circle-x", Text("已驳回", "Rejected")),
}
SAME = {"document": Text("证件号码", "document number"), "phone": Text("手机号", "mobile number")}
DECIDED = Text("已处理，短信通知已发出", "Decided; the account is told by SMS")
NO_DECISION = Reason("decision_missing", Text("请选择处理方式", "Please choose what to do"), place="decision")
REAL_NAME = {
    "none": Text("未认证", "Not done"), "pending": Text("审核中", "Under review"), "passed": Text("已通过", "Passed"),
    "failed": Text("失败", "Failed"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of one account. `what` names it to be shown in full, empty where nothing is hidden."""

    value: str | Text
    what: str = ""
    chinese: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    label: Text
    held: Cell
    other: Cell
    same: bool = False


@allow("operator")
@never_cache
@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    decided = request.GET.get("tab") == "decided"
    rows = queries.decided_pairs() if decided else queries.open_pairs()
    counts = queries.counts_of_pairs()
    return render(request, "operator/duplicates.html", {
        "rows": [(row, STATES[row.state], _same(row.same), _system(row.system), masked_names(row)) for row in rows], "decided": decided,
        "open_count": counts.get("open", 0), "decided_count": sum(n for state, n in counts.items() if state != "open"),
    })


@allow("operator")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: HttpRequest, duplicate_id: UUID) -> HttpResponse:
    """GET compares; POST decides: keep, merge or reject, always with a note."""
    if request.method != "POST":
        return _page(request, duplicate_id)
    try:
        _decide(request, duplicate_id)
    except Refused as refused:
        return _page(request, duplicate_id, refused.reasons, status=422)
    messages.success(request, str(DECIDED))
    return HttpResponseRedirect(reverse("operator:duplicates"))


@allow("operator")
@require_POST
def unmask(request: HttpRequest, duplicate_id: UUID, account_id: UUID, what: str) -> HttpResponse:
    """The page with one value in full. The look is recorded before anything is shown."""
    if queries.pair(duplicate_id) is None:
        raise Http404
    try:
        value = actions.look_at_account(
            duplicate_id=duplicate_id, account_id=account_id, what=what, actor=_actor(request), at=clock.now()
        )
    except Refused:
        raise Http404 from None
    return _page(request, duplicate_id, revealed={(account_id, what): value})


def _decide(request: HttpRequest, duplicate_id: UUID) -> None:
    if queries.pair(duplicate_id) is None:
        raise Http404
    how: dict[str, Any] = {
        "duplicate_id": duplicate_id, "note": request.POST.get("note", ""), "actor": _actor(request), "at": clock.now(),
    }
    match request.POST.get("decision", ""):
        case "keep":
            actions.keep_both(**how)
        case "reject":
            actions.reject_account(**how)
        case "merge_held" | "merge_other" as chosen:
            pair = queries.pair(duplicate_id)
            sides = pair.sides if pair else ()
            actions.merge_accounts(keep_id=sides[chosen == "merge_other"].id if sides else None, **how)
        case _:
            raise Refused(NO_DECISION)


def _page(
    request: HttpRequest, duplicate_id: UUID, reasons: Sequence[Reason] = (), *,
    revealed: dict[tuple[UUID, str], str] | None = None, status: int = 200,
) -> HttpResponse:
    pair = queries.pair(duplicate_id)
    if pair is None:
        raise Http404
    return render(request, "operator/duplicate.html", {
        "pair": pair, "row": pair.row, "status": STATES[pair.row.state], "lines": lines(pair, revealed or {}), "same": _same(pair.row.same),
        "system": _system(pair.row.system), "is_open": pair.row.state == "open", "numbers": [user_number(a) for a in pair.sides],
        "general": [r for r in reasons if r.place not in ("note", "decision", "keep")],
        "errors": {("decision" if r.place == "keep" else r.place): r.text for r in reasons},
        "note": request.POST.get("note", ""), "decision": request.POST.get("decision", ""),
    }, status=status)


def lines(pair: queries.Pair, revealed: dict[tuple[UUID, str], str]) -> list[Line]:
    held, other = pair.sides

    def hidden(label: Text, what: str, masked: Any, same: bool = False, chinese: bool = False) -> Line:
        mine, theirs = (_cell(account, what, masked(account), revealed, chinese) for account in (held, other))
        return Line(label, mine, theirs, same=same)

    def plain(label: Text, value: Any, chinese: bool = False) -> Line:
        return Line(label, Cell(value(held), chinese=chinese), Cell(value(other), chinese=chinese))

    return [
        plain(Text("用户编号", "User ID"), user_number), plain(Text("用户类型", "Kind of user"), lambda a: KINDS[a.kind]),
        hidden(Text("中文姓名", "Chinese name"), "name_zh", lambda a: mask("name_zh", a.name_zh), chinese=True),
        hidden(Text("外文姓名", "Latin name"), "name_latin", lambda a: mask("name_latin", a.name_latin)),
        hidden(Text("证件号码", "Document number"), "document_number", masked_document, "document" in pair.row.same),
        hidden(Text("手机号码", "Mobile number"), "phone", lambda a: mask("mobile", a.phone), "phone" in pair.row.same),
        hidden(Text("电子邮箱", "E-mail"), "email", lambda a: mask("email", a.email)),
        hidden(Text("登录账号", "Login name"), "login_name", lambda a: mask("login_name", a.login_name)),
        plain(Text("实名认证", "Real name"), lambda a: REAL_NAME[a.real_name_status]),
        plain(Text("注册时间", "Registered"), lambda a: _moment(a.created_at)),
        plain(Text("最近登录", "Last sign-in"), lambda a: _moment(pair.last_sign_in.get(a.id))),
        plain(Text("授权", "Roles"), lambda a: _grants(pair, a), chinese=True),
        plain(Text("业务系统登记", "Enrolments"), _enrolments),
        plain(Text("办件（本人 / 发起）", "Cases (about / begun)"), lambda a: " / ".join(map(str, cases.count_of(a.id)))),
    ]


def _cell(account: "Account", what: str, masked: str, revealed: dict[tuple[UUID, str], str], chinese: bool) -> Cell:
    shown = revealed.get((account.id, what))
    return Cell(shown if shown is not None else masked, what if masked and shown is None else "", chinese)


def masked_names(row: Any) -> list[str]:
    return [mask("name_zh", a.name_zh) if a.name_zh else mask("name_latin", a.name_latin) for a in (row.account, row.other)]


def _grants(pair: queries.Pair, account: "Account") -> str:
    return "；".join(
        f"{grant.organisation.name_zh}（{ROLES[grant.role].title if grant.role in ROLES else grant.role}）"
        for grant in pair.grants[account.id]
    )


def _enrolments(account: "Account") -> str:
    known = systems()
    return ", ".join(str(known[key].short) if key in known else key for key, _ in units.systems_of(account_id=account.id))


def _same(same: list[str]) -> Text:
    found = [SAME[one] for one in same if one in SAME]
    return Text("、".join(t.zh for t in found), ", ".join(t.en for t in found))


def _system(key: str) -> Text:
    return systems()[key].short if key in systems() else Text(key, key)


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _actor(request: HttpRequest) -> Actor:
    actor = queries.actor_of(request)
    if actor is None:
        raise RuntimeError("the page is not open to visitors")
    return actor
