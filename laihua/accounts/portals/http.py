"""One request to a portal: a few seconds, a small answer, no redirects, nothing logged."""

import http.client
import json
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

TIMEOUT = 8
LARGEST = 200_000


class PortalDown(Exception):
    """The portal did not answer, or not with what its protocol says."""


def fetch(address: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None) -> bytes:
    """The body of a 200 answer; a POST where there is a form. Raises PortalDown for everything else."""
    parts = urlsplit(address)
    port, target = parts.port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = parts.hostname or ""
    connection = (
        http.client.HTTPSConnection(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
        if parts.scheme == "https" else http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    )
    sent = {"Accept": "application/json, application/xml", **(headers or {})}
    if form is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request("GET" if form is None else "POST", target, urlencode(form) if form else None, sent)
        response = connection.getresponse()
        body = response.read(LARGEST + 1)
    except (OSError, http.client.HTTPException) as error:
        raise PortalDown(type(error).__name__) from None
    finally:
        connection.close()
    if response.status != 200 or len(body) > LARGEST:
        raise PortalDown(f"http_{response.status}")
    return body


def fetch_json(address: str, *, form: Mapping[str, str] | None = None,
               headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    try:
        answer = json.loads(fetch(address, form=form, headers=headers))
    except ValueError:
        raise PortalDown("no_json") from None
    if not isinstance(answer, dict):
        raise PortalDown("no_object")
    return answer
