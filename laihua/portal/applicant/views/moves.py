"""One address for every move of the applicant's side, and his words on a return."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from laihua.cases import actions as cases
from laihua.cases.queries import Dossier
from laihua.kernel import clock
from laihua.kernel.texts import Reason, Refused
from laihua.portal import navigation
from laihua.portal.applicant.opening import acting, applicants, open_case
from laihua.portal.applicant.views import check
from laihua.portal.given import whole_number

Page = Callable[[HttpRequest, Dossier, Sequence[Reason]], HttpResponse]
# The pages that carry moves, by the name that their forms send as `page`: each can be drawn again with reasons.
PAGES: dict[str, Page] = {"check": check.show}


@applicants
@require_POST
def move(request: HttpRequest, case_id: UUID, move: str) -> HttpResponse:
    """Make it. `version`: of the proceeding as the page showed it. `confirmed`: the question of the move was answered.

    Refused: the page again with every reason, 422. Pressed twice: the second finds the move made, and goes on as well.
    """
    dossier = open_case(request, case_id)
    row = dossier.service.moves.get(move)
    if row is None:
        raise Http404
    proceeding = dossier.service.proceeding_of(move)
    text = request.POST.get("text", "")[:2000]
    needs_words = row.text == "required" and not text.strip()
    if (row.confirm is not None or needs_words) and request.POST.get("confirmed") != "1":
        return render(request, "applicant/move_confirm.html", {
            "move": row, "case": dossier.case, "text": text, "page": request.POST.get("page", ""),
            "version": request.POST.get("version", ""), "back": came_from(request, dossier),
        })
    expected = whole_number(request.POST.get("version"))
    try:
        if also := moves_besides(request, dossier):
            cases.hand_in(case_id=case_id, moves={move: expected, **also}, actor=acting(request), at=clock.now())
        else:
            cases.move(
                case_id=case_id, move=move, actor=acting(request), at=clock.now(), expected=expected, text=text,
                proceeding=proceeding,
            )
    except Refused as refused:
        if not is_made_already(open_case(request, case_id, proceeding=proceeding), move, expected, refused):
            return refused_page(request, open_case(request, case_id), refused.reasons)
    else:
        messages.success(request, str(row.past))
    return HttpResponseRedirect(case_page(case_id))


def moves_besides(request: HttpRequest, dossier: Dossier) -> dict[str, int | None]:
    """What the same button hands in for other offices: `also`, each with the version of its proceeding."""
    pairs = (value.partition(":") for value in request.POST.getlist("also"))
    return {key: whole_number(version) for key, _, version in pairs if key in dossier.service.moves}


def is_made_already(now: Dossier, move: str, expected: int | None, refused: Refused) -> bool:
    """The same press, sent twice: this move by this person is the only thing that happened since the page was drawn."""
    last = now.last
    return (
        expected is not None
        and {r.code for r in refused.reasons} <= {"stale", "moved_on"}
        and now.proceeding.version == expected + 1
        and last is not None and last.move == move and last.actor_id == now.actor.account_id
    )


def refused_page(request: HttpRequest, dossier: Dossier, reasons: Sequence[Reason]) -> HttpResponse:
    page = PAGES.get(request.POST.get("page", ""))
    if page is not None:
        return page(request, dossier, reasons)
    words = {"reasons": reasons, "case": dossier.case, "service": dossier.service, "back": came_from(request, dossier)}
    return render(request, "applicant/move_refused.html", words, status=422)


def case_page(case_id: UUID) -> str:
    return navigation.address("applicant:case", case_id) or reverse("applicant:check", args=[case_id])


def came_from(request: HttpRequest, dossier: Dossier) -> str:
    asked = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_ours else case_page(dossier.case.id)


@applicants
@require_POST
def reply(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """“What I gave is right”: words on a returned field or material, which the officer reads beside it."""
    kind, key = request.POST.get("kind", ""), request.POST.get("key", "")
    page = "applicant:materials" if kind == "material" else "applicant:form"
    here = reverse(page, args=[case_id])
    try:
        cases.reply_to_return(
            case_id=case_id, item=(kind, key), text=request.POST.get("text", ""), actor=acting(request), at=clock.now()
        )
    except Refused as refused:
        return refused_page(request, open_case(request, case_id), refused.reasons)
    place = f"material-{key}" if kind == "material" else f"f-{key.replace('.', '-')}"
    return HttpResponseRedirect(f"{here}#{place}")
