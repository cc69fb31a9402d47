"""Captchas on pages: picture, recording, another one.

A page takes `captchas.fresh()` into its context as `captcha`, shows `<c-captcha :captcha="captcha" error="…" />` and hands
the sent form to `captchas.check(request)`. Without script 换一张 sends the form with `another`; the page then shows what was
typed with a new captcha and does nothing else: `captchas.wants_another(request)`.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from laihua.accounts import actions, queries
from laihua.portal.access import ANYONE, allow
from laihua.portal.account import captcha_forms


def fresh() -> UUID:
    return actions.new_captcha(at=timezone.now())


def check(request: HttpRequest) -> None:
    """Raises Refused at the place `captcha`. Each captcha is good for one try, so a refused page needs a fresh one."""
    actions.check_captcha(
        captcha_id=request.POST.get("captcha_id", ""), answer=request.POST.get("captcha", ""), at=timezone.now()
    )


def wants_another(request: HttpRequest) -> bool:
    return "another" in request.POST


@allow(ANYONE)
@never_cache
@require_GET
def picture(request: HttpRequest, captcha_id: UUID) -> HttpResponse:
    return HttpResponse(captcha_forms.picture(_digits(captcha_id)), "image/png")


@allow(ANYONE)
@never_cache
@require_GET
def recording(request: HttpRequest, captcha_id: UUID) -> HttpResponse:
    return HttpResponse(captcha_forms.recording(_digits(captcha_id), get_language() or ""), "audio/wav")


@allow(ANYONE)
@never_cache
@require_POST
def another(request: HttpRequest) -> HttpResponse:
    made = fresh()
    return JsonResponse({
        "id": str(made), "picture": reverse("account:captcha-picture", args=[made]),
        "recording": reverse("account:captcha-recording", args=[made]),
    })


def _digits(captcha_id: UUID) -> str:
    digits = queries.captcha_answer(captcha_id, at=timezone.now())
    if not digits:
        raise Http404
    return digits


urlpatterns = [
    path("captcha/", another, name="captcha"),
    path("captcha/<uuid:captcha_id>.png", picture, name="captcha-picture"),
    path("captcha/<uuid:captcha_id>.wav", recording, name="captcha-recording"),
]
