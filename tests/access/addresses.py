"""The addresses of the hall, taken from the resolver: whatever is added there is found here."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Address:
    name: str               # applicant:form
    route: str              # cases/<uuid:case_id>/form/
    wants: tuple[str, ...]  # ("case_id",)


def addresses() -> list[Address]:
    return sorted(_walk(get_resolver(), "", ""), key=lambda a: a.name)


def _walk(resolver: URLResolver, space: str, prefix: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space, route)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"the address {route} has no name"
            yield Address(f"{space}{pattern.name}", route, tuple(pattern.pattern.converters))
