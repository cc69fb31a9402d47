"""Requests that cannot be meant are refused before a page looks at them: too large, or with null bytes in their words."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from laihua.portal.views import bad_request


class RequestLimits:
    """The size is what the request says of itself, so that not a byte of a large one is read.

    No keyboard types a null byte and no column of PostgreSQL holds one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdecimal() and (len(said) > 18 or int(said) > settings.REQUEST_BYTES):
            return bad_request(request, RequestDataTooBig())
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request, BadRequest())
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """After the check of the form's token, which has read the form already."""
        if request.method == "POST" and any("\0" in text for _, texts in request.POST.lists() for text in texts):
            return bad_request(request, BadRequest())
        return None
