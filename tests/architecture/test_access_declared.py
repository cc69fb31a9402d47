"""Every address of the hall declares who may open it."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from laihua.portal.access import Access


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, object]]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def test_every_address_declares_who_may() -> None:
    found = dict(addresses(get_resolver()))
    assert "sign-in/" in found
    undeclared = [route for route, view in found.items() if not isinstance(getattr(view, "allowed", None), Access)]
    assert undeclared == []


def test_a_misspelt_role_does_not_import() -> None:
    from laihua.portal.access import allow

    with pytest.raises(ValueError, match="prereviewer"):
        allow("prereviewer")
    with pytest.raises(ValueError, match="nobody"):
        allow()
