"""Requests that are larger than anything the hall takes are refused before a byte of them is read."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from laihua.portal.views import bad_request


class RequestSize:
    """By what the request says of itself; what it sends beyond that is never read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdecimal() and int(said[:20]) > settings.REQUEST_BYTES:
            return bad_request(request, RequestDataTooBig())
        return self.get_response(request)
