"""Files of a case for the eyes of those who may see it: the upload itself, its pages, samples, forms to sign."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from laihua.cases.queries import Dossier
from laihua.kernel import clock
from laihua.kernel.queries import file_content
from laihua.kernel.texts import Refused
from laihua.permits.actions import print_form
from laihua.portal.applicant.opening import applicants, open_case
from laihua.prechecks import pages

if TYPE_CHECKING:
    from laihua.cases.models import MaterialFile

SHOWN_AS = frozenset({"application/pdf", "image/jpeg", "image/png"})
ALONE = "default-src 'none'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
WIDTH = 1000


@applicants
@require_safe
def file(request: HttpRequest, case_id: UUID, key: str) -> HttpResponse:
    current = current_file(open_case(request, case_id), key)
    return shown(file_content(current.stored), current.stored.content_type, current.name)


@applicants
@require_safe
def page(request: HttpRequest, case_id: UUID, key: str, number: int) -> HttpResponse:
    """A picture of one page, drawn on the server. The same upload is drawn once for one browser."""
    current = current_file(open_case(request, case_id), key)
    tag = f'"{current.stored.sha256[:32]}-{number}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        try:
            response = HttpResponse(pages.render(file_content(current.stored), number, WIDTH), content_type="image/png")
        except Refused:
            raise Http404 from None
    response["ETag"] = tag
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response


@applicants
@require_safe
def sample(request: HttpRequest, case_id: UUID, key: str) -> HttpResponse:
    dossier = open_case(request, case_id)
    slot = dossier.service.slots().get(key)
    if slot is None or not slot.sample:
        raise Http404
    name = f"{slot.title}.pdf"
    return shown(dossier.definition.sample(slot.sample), "application/pdf", name, as_attachment=True)


@applicants
@require_safe
def form_pdf(request: HttpRequest, case_id: UUID, key: str) -> HttpResponse:
    """The form of this slot with the answers as they stand, to be printed, signed, scanned and uploaded."""
    dossier = open_case(request, case_id)
    slot = dossier.service.slots().get(key)
    if slot is None or not slot.form:
        raise Http404
    content = print_form(dossier, dossier.service.outputs[slot.form], clock.now())
    return shown(content, "application/pdf", f"{dossier.case.number} {slot.title}.pdf")


def current_file(dossier: Dossier, key: str) -> "MaterialFile":
    material = dossier.materials.get(key)
    if material is None or material.current is None:
        raise Http404
    return material.current


def shown(content: bytes, content_type: str, name: str, *, as_attachment: bool = False) -> HttpResponse:
    known = content_type in SHOWN_AS
    response = HttpResponse(content, content_type=content_type if known else "application/octet-stream")
    header = content_disposition_header(as_attachment or not known, name)
    response["Content-Disposition"] = header or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = ALONE
    return response
