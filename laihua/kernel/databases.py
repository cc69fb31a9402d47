"""A PostgreSQL address as Django's settings want it."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def from_url(url: str) -> dict[str, Any]:
    """Understands `postgresql://user:password@host:port/name?sslmode=…`, or `?host=/folder` for a socket."""
    address = urlsplit(url)
    options = dict(parse_qsl(address.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path.lstrip("/")),
        "USER": unquote(address.username or options.pop("user", "")),
        "PASSWORD": unquote(address.password or options.pop("password", "")),
        "HOST": options.pop("host", "") or unquote(address.hostname or ""),
        "PORT": str(address.port or options.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
