"""Pages that belong to no part: the language switch, the errors, and the parts of the look side by side."""

import secrets

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from laihua.accounts import actions as account_actions
from laihua.accounts import queries as accounts
from laihua.kernel.texts import Text
from laihua.portal import components as examples
from laihua.portal.access import ANYONE, allow, is_script
from laihua.portal.help_lines import help_line

log = structlog.get_logger("laihua.portal")
# No 0/O or 1/I: the number is read out on the telephone.
TOO_LARGE = Text("内容太大，没有收下", "Too large to be taken")
TOO_LARGE_TEXT = Text(
    "这次发送的内容超过上限，没有保存；此前保存的内容都在。上传文件请先压缩到材料旁写明的大小，文字请分次填写。",
    "What was sent is over the limit and was not saved; what was saved before is kept. Reduce a file to the size that is "
    "named beside the document; enter long text in parts.",
)
UNREADABLE = Text("没有收到完整的内容", "What was sent could not be read")
UNREADABLE_TEXT = Text(
    "内容不完整或格式不对，没有办理；此前保存的内容都在。请返回上一页，刷新后再试一次。",
    "It was incomplete or malformed, and nothing was done; what was saved before is kept. Go back, reload the page and "
    "try again.",
)
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@allow(ANYONE)
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keeps the page that the person was on. An unknown language or a foreign address changes nothing."""
    target = request.POST.get("next", "/")
    here = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(target if here else "/")
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, samesite="Lax", httponly=True,
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
        actor = accounts.actor_of(request)
        if actor and actor.account_id:
            account_actions.set_language(account_id=actor.account_id, language=language)
    return response


@allow(ANYONE)
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every part in every state, for whoever builds pages. In a demo only."""
    if not settings.DEMO:
        raise Http404
    return render(request, "portal/components.html", examples.samples())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"reasons": getattr(exception, "reasons", ())}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What could not be read: too large, broken off, or sent to another name. Asks neither database nor session."""
    large = isinstance(exception, RequestDataTooBig)
    heading, text, status = (TOO_LARGE, TOO_LARGE_TEXT, 413) if large else (UNREADABLE, UNREADABLE_TEXT, 400)
    if is_script(request):
        return JsonResponse({"reasons": [{"code": "not_readable", "text": str(text)}]}, status=status)
    english = (get_language() or "").startswith("en")
    words = {"heading": heading, "text": text, "help": help_line(), "lang": "en" if english else "zh-Hans", "english": english}
    return HttpResponse(render_to_string("400.html", words), status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open longer than its session: nothing was done, and it can be opened again."""
    return render(request, "csrf.html", status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """Asks neither the database nor the session: they may be what failed. The number is in the log."""
    number = quotable_number()
    match = request.resolver_match
    log.exception("request_failed", number=number, method=request.method, view=match.view_name if match else "")
    english = (get_language() or "").startswith("en")
    words = {"number": number, "help": help_line(), "lang": "en" if english else "zh-Hans", "english": english}
    return HttpResponse(render_to_string("500.html", words), status=500)


def quotable_number() -> str:
    return "E-" + "".join(secrets.choice(LETTERS) for _ in range(8))
