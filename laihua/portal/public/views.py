"""The catalogue, its guides, and the pages that explain the hall."""

from pathlib import Path
from urllib.parse import urlencode

from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from laihua.accounts.queries import actor_of
from laihua.cases import queries as cases
from laihua.catalog import queries as catalog
from laihua.catalog.compiled import Definition
from laihua.kernel import clock
from laihua.kernel.texts import Text
from laihua.portal.access import ANYONE, allow
from laihua.portal.account.entry.views import entry_address
from laihua.portal.help_lines import help_line
from laihua.portal.public.directory import AUDIENCES, directory, in_order, limit_text, often_used, starters_text
from laihua.portal.public.experience import experience
from laihua.portal.public.prose import prose
from laihua.portal.systems import systems

PAGES = Path(__file__).parent / "pages"
TITLES: dict[str, Text] = {
    "privacy": Text("隐私说明", "Privacy"),
    "accessibility": Text("无障碍声明", "Accessibility"),
    "agreement": Text("用户协议", "User agreement"),
    "pdf": Text("如何生成符合要求的 PDF 文件", "How to make a PDF file that meets the requirements"),
}
OFTEN = 4


@allow(ANYONE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    events = {choice.code: choice.label for choice in catalog.choices("life_events")}
    chosen = {name: request.GET.get(name, "").strip()[:80] for name in ("for", "family", "event", "q")}
    chosen |= {name: "" for name, known in (("for", AUDIENCES), ("event", events)) if chosen[name] not in known}
    every = [definition.service for definition in catalog.services()]
    services = in_order(cases.shown_to(every, actor_of(request), clock.now()), list(systems()))
    found = directory(
        services, audience=chosen["for"], family=chosen["family"], words=chosen["q"], event=chosen["event"], events=events)
    figures = cases.service_figures()
    rows = [
        (family, [
            {"service": s, "limit": limit_text(s.promise), "starters": starters_text(s), "start": entry_address(s),
             "because": found.found.hits[s.id].because, "experience": experience(s, figures.get(s.id))}
            for s in family.services
        ])
        for family in found.shown
    ]

    def link(**changes: str) -> str:
        query = urlencode({key: value for key, value in (chosen | changes).items() if value})
        return f"{request.path}?{query}#catalogue" if query else f"{request.path}#catalogue"

    return render(request, "public/home.html", {
        "chosen": chosen,
        "found": found,
        "rows": rows,
        "often": often_used(services, {id: figure.ended for id, figure in figures.items()}, OFTEN),
        "audiences": [("", Text("全部", "All"), link(**{"for": ""}))]
        + [(key, label, link(**{"for": key, "family": ""})) for key, label in AUDIENCES.items()],
        "events": [(code, label, count, link(event="" if code == chosen["event"] else code, family=""))
                   for code, label, count in found.events],
        "any_event": link(event="", family=""),
        "categories": [(family.key, family.title, len(family.services), link(family=family.key)) for family in found.families],
        "everything": link(family=""), "simulators": [s for s in every if s.simulator],
        "hidden": 0 if (actor := actor_of(request)) and actor.roles else len(every) - len(services),
    })


@allow(ANYONE)
@require_safe
def service(request: HttpRequest, service_id: str) -> HttpResponse:
    definition = _definition(service_id)
    about = definition.service
    if reasons := cases.not_shown(about, actor_of(request), clock.now()):
        return render(request, "public/service_not_shown.html", {
            "service": about, "reasons": reasons, "line": help_line(about.system),
        }, status=403)
    return render(request, "public/service.html", {
        "service": about,
        "guide": prose(definition.guide(get_language() or "")),
        "promise": limit_text(about.promise),
        "statutory": limit_text(about.statutory) if about.statutory else None,
        "starters": starters_text(about),
        "steps": [(step, limit_text(step.limit) if step.limit else None) for step in about.line()],
        "start": entry_address(about),
        "experience": experience(about, cases.service_figures().get(about.id)),
        "help_line": help_line(about.system),
    })


@allow(ANYONE)
@require_safe
def sample(request: HttpRequest, service_id: str, slot: str) -> HttpResponse:
    """The filled-in example of one material, as the service folder holds it."""
    definition = _definition(service_id)
    material = definition.service.slots().get(slot)
    if material is None or not material.sample:
        raise Http404
    suffix = Path(material.sample).suffix.lower()
    response = HttpResponse(
        definition.sample(material.sample),
        content_type={".pdf": "application/pdf", ".jpg": "image/jpeg", ".png": "image/png"}.get(suffix, "application/octet-stream"),
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{slot}{suffix}"'
    return response


@allow(ANYONE)
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "public/help.html", {"text": _page_text("help"), "pages": TITLES.items()})


@allow(ANYONE)
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    if name not in TITLES:
        raise Http404
    return render(request, "public/page.html", {"heading": TITLES[name], "text": _page_text(name)})


@allow(ANYONE)
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """For load balancers: 200 while the database answers, 503 otherwise. Says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})


def _definition(service_id: str) -> Definition:
    for definition in catalog.services():
        if definition.service.id == service_id:
            return definition
    raise Http404


def _page_text(name: str) -> str:
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return prose((PAGES / f"{name}.{language}.md").read_text(encoding="utf-8"))
