"""代理机构 “一事一委托” (SES-4): for whom an agency goes on, and how another unit lets it handle one matter."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from laihua.accounts import actions as accounts
from laihua.accounts import queries
from laihua.accounts.permissions import Actor
from laihua.catalog import queries as catalog
from laihua.kernel import clock
from laihua.kernel.masking import mask
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal import navigation
from laihua.portal.access import allow
from laihua.portal.account import captchas, codes
from laihua.portal.account.ways import codes_for, landing, told
from laihua.units import actions
from laihua.units import queries as units
from laihua.units.queries import ValidHandler

PURPOSE = "delegation"
HANDLERS = ("unit_admin", "handler")
SMS = Text(
    "【来华】{agency}请贵单位委托其办理“{matter}”，有效期至{until}。同意请把验证码{code}告知对方，5分钟内有效；不同意请勿告知。",
    "[Laihua] {agency} asks to handle “{matter}” for your unit until {until}. If you agree, tell them the code {code}, valid for "
    "5 minutes; if not, tell it to nobody.")
NO_UNIT = {
    "unit_code": Text("请输入委托单位的单位代码", "Please type the principal’s unit code"),
    "unit_name": Text("请输入委托单位的名称", "Please type the principal’s name"),
}
PHONE_MISSING = Reason("phone_missing", Text("请输入该经办人的手机号码", "Please type the handler’s mobile number"), place="phone")


@allow(*HANDLERS)
@require_safe
def for_whom(request: HttpRequest) -> HttpResponse:
    """为自己单位办理 / 为其他用人单位办理. Units that are no agencies go on at once."""
    actor = acting(request)
    if not is_agency(actor):
        return redirect(landing())
    return render(request, "account/unit_for.html", {"own": landing(), "unit": actor.organisation_name})


@allow(*HANDLERS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Code and name of the principal first; then its handler agrees by the code that he is sent."""
    actor = acting(request)
    if not is_agency(actor):
        raise Http404
    typed = {name: request.POST.get(name, "").strip()[:200] for name in ("unit_code", "unit_name", "handler", "matter", "until", "phone")}
    if request.method != "POST":
        return _unit_page(request, typed)
    missing = [Reason(f"{name}_missing", text, place=name) for name, text in NO_UNIT.items() if not typed[name]]
    if missing:
        return _unit_page(request, typed, missing, status=422)
    unit = units.unit_called(code=typed["unit_code"], name=typed["unit_name"])
    if unit is None:
        return _unit_page(request, typed, is_new=True)
    if unit.organisation_id == actor.organisation_id:
        return _unit_page(request, typed, [units.SAME_UNIT], status=422)
    handlers = units.valid_handlers(unit.organisation_id)
    if "check" not in request.POST or captchas.wants_another(request):
        return _check_page(request, unit, handlers, typed)
    try:
        return _checked(request, actor, unit, handlers, typed)
    except Refused as refused:
        sent = codes.sent_before(request, purpose=codes_for(PURPOSE, agreed(actor, typed)))
        return _check_page(request, unit, handlers, typed, list(refused.reasons), status=422, sent=sent)


def _checked(
    request: HttpRequest, actor: Actor, unit: Any, handlers: list[ValidHandler], typed: dict[str, str]
) -> HttpResponse:
    chosen = next((one for one in handlers if str(one.account_id) == typed["handler"]), None)
    until, matter = day(typed["until"]), typed["matter"] if typed["matter"] in dict(matters()) else ""
    actions.refuse_delegation(
        principal_id=unit.organisation_id, handler_id=chosen.account_id if chosen else None, matter=matter, until=until,
        actor=actor, today=clock.today(),
    )
    if not typed["phone"]:
        raise Refused(PHONE_MISSING)
    phone = typed["phone"] if units.is_phone_of(chosen, typed["phone"]) else ""
    subject = agreed(actor, typed)
    purpose = codes_for(PURPOSE, subject)
    if "send_code" in request.POST:
        captchas.check(request)
        codes.send(request, phone=phone, purpose=purpose, subject=subject, text=SMS, agency=actor.organisation_name,
                   matter=dict(matters())[matter], until=until)
        return _check_page(request, unit, handlers, typed, sent=codes.sent_before(request, purpose=purpose))
    codes.check(request, phone=phone, purpose=purpose, subject=subject)
    if chosen is None or until is None:
        raise Refused(units.SAME_UNIT)      # refuse_delegation has seen to it
    return _made(request, actor, unit, chosen, matter, until)


def _made(request: HttpRequest, actor: Actor, unit: Any, chosen: ValidHandler, matter: str, until: date) -> HttpResponse:
    proved_at = timezone.now()
    made = actions.delegate(
        principal_id=unit.organisation_id, handler_id=chosen.account_id, matter=matter, until=until, actor=actor, at=clock.now(),
        evidence={"by": "sms_code", "phone": chosen.phone, "proved_at": proved_at.isoformat()},
    )
    accounts.act_under(
        request, delegation_id=made.id, at=proved_at, unit_code=unit.organisation.code, unit_name=unit.name_zh,
        credit_code=unit.credit_code, phone=chosen.phone, handler_id=chosen.account_id,
    )
    return redirect("applicant:start", matter)


def agreed(actor: Actor, typed: dict[str, str]) -> str:
    """What a code is given for. Whoever changes the matter or the day afterwards has to ask for a new one."""
    return " ".join((str(actor.organisation_id), *(typed[name] for name in ("handler", "matter", "until", "phone"))))


def matters() -> list[tuple[str, Text]]:
    """What can be delegated: what units file, except the hall's own matters of an account."""
    found = (d.service for d in catalog.services())
    return [(s.id, s.title) for s in found if "unit" in s.starts and s.system != "account"]


def is_agency(actor: Actor) -> bool:
    organisation = queries.organisation(actor.organisation_id) if actor.organisation_id else None
    return organisation is not None and organisation.kind == "agency"


def acting(request: HttpRequest) -> Actor:
    actor = queries.actor_of(request)
    if actor is None:
        raise Http404
    return actor


def masked(handlers: list[ValidHandler]) -> list[tuple[str, Text]]:
    """The agency sees no more than it needs to choose: whom it means, it was told by the principal."""
    return [
        (str(one.account_id), Text(f"{name}（手机尾号{one.phone[-2:]}）" if one.phone else name,
                                   f"{name} (number ends in {one.phone[-2:]})" if one.phone else name))
        for one in handlers if (name := mask("name_zh", one.name))
    ]


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def until_by_default() -> str:
    return date.fromordinal(clock.today().toordinal() + units.DELEGATED_DAYS).isoformat()


def _unit_page(
    request: HttpRequest, typed: dict[str, str], reasons: list[Reason] | None = None, *, is_new: bool = False, status: int = 200
) -> HttpResponse:
    register = navigation.address("account:register-unit")
    words = urlencode({"unit_name": typed["unit_name"], "credit_code": typed["unit_code"]})
    return render(request, "account/delegation_unit.html", {
        **told(reasons or []), "typed": typed, "is_new": is_new, "register": f"{register}?{words}" if register else "",
    }, status=status)


def _check_page(
    request: HttpRequest, unit: Any, handlers: list[ValidHandler], typed: dict[str, str], reasons: list[Reason] | None = None,
    status: int = 200, sent: Any = None,
) -> HttpResponse:
    return render(request, "account/delegation_check.html", {
        **told(reasons or []), "typed": {**typed, "until": typed["until"] or until_by_default()}, "unit": unit,
        "handlers": masked(handlers), "matters": matters(), "captcha": captchas.fresh(),
        "sent": sent, "at_most": units.DELEGATED_DAYS_AT_MOST,
    }, status=status)


def enter(request: HttpRequest, delegation_id: UUID, case_id: UUID | None, matter: str, unit: Any, handler_id: UUID) -> HttpResponse:
    """Take a delegation up again."""
    accounts.act_under(
        request, delegation_id=delegation_id, at=timezone.now(), unit_code=unit.credit_code, unit_name=unit.name_zh,
        credit_code=unit.credit_code, handler_id=handler_id,
    )
    return redirect(reverse("applicant:case", args=[case_id]) if case_id else reverse("applicant:start", args=[matter]))


urlpatterns = [
    path("way-in/for/", for_whom, name="unit-for"),
    path("delegations/new/", new, name="delegation-new"),
]
