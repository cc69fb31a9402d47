"""What the hall issued, to be taken home."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from laihua.kernel.texts import Text
from laihua.permits import queries as permits
from laihua.portal.applicant.opening import applicants, open_case
from laihua.portal.applicant.views.files import shown


@applicants
@require_safe
def document(request: HttpRequest, case_id: UUID, document_id: UUID) -> HttpResponse:
    """The signed file, byte for byte, so that its signature holds. One of another case is not found."""
    open_case(request, case_id)
    paper = permits.issued(document_id, case_id)
    if paper is None:
        raise Http404
    name = f"{Text(paper.title_zh, paper.title_en)} {paper.number}.pdf"
    return shown(permits.content_of(paper), paper.file.content_type, name, as_attachment=True)
