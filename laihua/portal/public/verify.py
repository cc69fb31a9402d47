"""Anyone checks a permit: by the code on it, by its number, or by the file itself. No sign-in, no script, no traces."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from laihua.kernel import clock
from laihua.kernel.texts import Text
from laihua.permits import actions, queries
from laihua.permits.queries import State, Verification, code_in_groups, read_code
from laihua.portal.access import ANYONE, allow

log = structlog.get_logger("laihua.verify")
PERMIT = "permit"
FILE_BYTES = 5 * 1024 * 1024

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a result looks and what it means. `family` names it in the list of results."""

    title: Text
    meaning: Text
    icon: str
    look: str
    family: Text


VALID = Text("许可有效", "Permit valid")
GONE = Text("已注销或被替换", "Revoked or replaced")
NOT_NOW = Text("尚未生效或已过期", "Not yet valid, or expired")
NOT_FOUND = Text("未查到", "Not found")
SEE_DATES = Text("请看有效期。", "Please see its validity.")

OUTCOMES = {
    State.VALID: Outcome(
        VALID, Text("今天在有效期内，没有注销。", "Within its validity today, and not revoked."),
        "shield-check", "valid", VALID,
    ),
    State.REVOKED: Outcome(
        Text("已注销", "Revoked"), Text("许可曾经有效，现在不能使用。", "It was valid once and can no longer be used."),
        "circle-x", "revoked", GONE,
    ),
    State.NOT_YET: Outcome(Text("尚未生效", "Not yet valid"), SEE_DATES, "clock", "amber", NOT_NOW),
    State.EXPIRED: Outcome(Text("已过期", "Expired"), SEE_DATES, "clock", "amber", NOT_NOW),
    State.UNKNOWN: Outcome(
        NOT_FOUND,
        Text(
            "请检查编号和验证码；确认无误仍查不到，请联系签发机关。",
            "Check number and code; if both are right, please contact the issuing authority.",
        ),
        "help-circle", "unknown", NOT_FOUND,
    ),
}
REPLACED = Outcome(
    Text("已被替换", "Replaced"),
    Text("已签发新的许可，此件不能使用。", "A newer permit was issued; this one can no longer be used."),
    "circle-x", "revoked", GONE,
)
GENUINE = Outcome(
    Text("文书属实", "Document genuine"), Text("由签发机关出具，没有撤销。", "Issued by the authority and not withdrawn."),
    "shield-check", "valid", Text("文书属实", "Document genuine"),
)
FILE_UNKNOWN = Outcome(
    Text("文件未通过验证", "File not confirmed"),
    Text(
        "此文件不是本系统签发的原件，或者已被改动。请用许可上的编号和验证码再查一次，并向持有人索取原文件。",
        "This is not a file issued by this system, or it was changed. Check the number and code on the permit, and "
        "ask the holder for the original file.",
    ),
    "circle-x", "revoked", NOT_FOUND,
)
FILE_TOO_LARGE = Text("文件超过5 MB，不是本系统签发的许可。", "The file is over 5 MB and is no permit of this system.")
NO_FILE = Text("请选择PDF文件。", "Please choose a PDF file.")
NOTHING_TYPED = Text("请填写许可编号或验证码。", "Please enter the permit number or the code.")


def limited(view: View) -> View:
    """At most so many look-ups a minute from one address; then a page that says when to try again."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        at = clock.now()
        wait = actions.count_look_up(address=client_address(request), at=at)
        if not wait:
            return view(request, *args, **kwargs)
        log.info("verify_limited", view=view.__name__)
        page = render(
            request, "public/verify_wait.html", {"again_at": at + timedelta(seconds=wait), "wait": wait}, status=429)
        page["Retry-After"] = str(wait)
        return page

    return guarded


@allow(ANYONE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; what is typed into it is posted, so that no number stands in an address or a log."""
    return answer_typed(request) if request.method == "POST" else page(request)


@limited
def answer_typed(request: HttpRequest) -> HttpResponse:
    number, code = request.POST.get("number", "")[:60].strip(), request.POST.get("code", "")[:60].strip()
    if not number and not code:
        return page(request, error=NOTHING_TYPED, status=422)
    typed = {"number": number, "code": code}
    return answer(request, queries.verify(number or code, clock.today(), code=code if number else ""), typed=typed)


@allow(ANYONE)
@never_cache
@require_GET
@limited
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Where the QR code leads. An address of our own with another spelling of the code goes to the one spelling."""
    plain = read_code(code)
    if plain is not None and code != code_in_groups(plain):
        return redirect("verify:code", code_in_groups(plain))
    # Only a code: a number in an address would name a person's paper.
    result = queries.verify(code, clock.today()) if plain is not None else Verification(State.UNKNOWN)
    return answer(request, result)


@allow(ANYONE)
@never_cache
@require_POST
@limited
def by_file(request: HttpRequest) -> HttpResponse:
    """The file is compared with what was issued, byte for byte; it is neither opened nor kept."""
    upload = request.FILES.get("file")
    if upload is None or upload.size == 0:
        return page(request, file_error=NO_FILE, status=422)
    if upload.size is None or upload.size > FILE_BYTES:
        return page(request, file_error=FILE_TOO_LARGE, status=422)
    return answer(request, queries.verify_file(upload.read(), clock.today()), file=True)


def answer(
    request: HttpRequest, result: Verification, *, typed: dict[str, str] | None = None, file: bool = False
) -> HttpResponse:
    log.info("verified", state=str(result.state), by="file" if file else "code" if result.by_code else "number")
    outcome = OUTCOMES[result.state]
    if file and result.state is State.UNKNOWN:
        outcome = FILE_UNKNOWN
    elif result.replaced:
        outcome = REPLACED
    elif result.kind != PERMIT and result.state is State.VALID:
        outcome = GENUINE
    return page(request, result=result, outcome=outcome, typed=typed or {}, by_file=file)


def page(request: HttpRequest, *, status: int = 200, **context: object) -> HttpResponse:
    outcomes = [OUTCOMES[state] for state in (State.VALID, State.REVOKED, State.EXPIRED, State.UNKNOWN)]
    own = getattr(context.get("outcome"), "family", None)
    response = render(
        request, "public/verify.html",
        {
            "others": [outcome for outcome in outcomes if outcome.family != own],
            "checked_at": clock.now(), "host": request.get_host(), "nav": "verify", **context,
        },
        status=status,
    )
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def client_address(request: HttpRequest) -> str:
    """The asker's address; what a header says counts only when a proxy of ours wrote it."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    for forwarded in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        if address not in settings.TRUSTED_PROXIES or not forwarded.strip():
            break
        address = forwarded.strip()
    return address
