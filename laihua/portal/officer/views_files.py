"""Documents of a case: pictures of their pages, the files, what the hall issued."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import content_disposition_header, parse_etags, quote_etag
from django.views.decorators.http import require_GET

from laihua.cases import queries
from laihua.kernel.texts import Refused
from laihua.permits import queries as permits
from laihua.portal.officer.pages import on_case

WIDTHS = (1100, 1800)
KEPT = "private, max-age=600"       # by the officer's own browser, for turning pages back and forth


@on_case()
@require_GET
def page(request: HttpRequest, seen: queries.Dossier, key: str, number: int) -> HttpResponse:
    """PNG of one page of a document, or of an earlier version of it."""
    return page_of(request, queries.material_file(seen, key, version_of(request)), number)


def page_of(request: HttpRequest, file: Any, number: int) -> HttpResponse:
    if not 1 <= number <= file.pages:
        raise queries.NotYours
    width = WIDTHS[1] if request.GET.get("size") == "large" else WIDTHS[0]
    etag = quote_etag(f"{file.stored.sha256[:24]}-{number}-{width}")
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return private(HttpResponseNotModified(), etag)
    try:
        return private(HttpResponse(queries.material_page(file, number, width), content_type="image/png"), etag)
    except Refused as refused:
        return HttpResponse(str(refused.reasons[0]), status=422, content_type="text/plain; charset=utf-8")


def private(response: HttpResponse, etag: str) -> HttpResponse:
    response["Cache-Control"], response["ETag"] = KEPT, etag
    return response


def version_of(request: HttpRequest) -> int | None:
    given = request.GET.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 6 else None


@on_case()
@require_GET
def file(request: HttpRequest, seen: queries.Dossier, key: str) -> HttpResponse:
    """The file itself, as it was uploaded, to be saved: it is never opened on the hall's address."""
    found = queries.material_file(seen, key, version_of(request))
    return download(queries.material_content(found), found.stored.content_type, found.name)


@on_case()
@require_GET
def document(request: HttpRequest, seen: queries.Dossier, document_id: UUID) -> HttpResponse:
    paper = permits.issued(document_id, seen.case.id)
    if paper is None:
        raise queries.NotYours
    return download(permits.content_of(paper), "application/pdf", f"{paper.number}-{paper.key}.pdf")


def download(content: bytes, content_type: str, name: Any) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, str(name)) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
