"""The entries of the bars. Each part of the portal declares its own in its app config (`nav = (NavItem(...), …)`)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.apps import apps
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from laihua.accounts.permissions import Actor
from laihua.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class NavItem:
    """`views` are the view names on whose pages the entry is the current one ("officer:queue"; "officer:" is the whole part).

    `roles`: whoever holds one of them sees the entry; empty means everybody; `only` narrows it further. An entry without its
    address is not shown.
    """

    bar: Literal["public", "desk"]
    label: Text
    url_name: str
    order: int
    views: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()
    only: Callable[[Actor], bool] | None = None


@dataclass(frozen=True, slots=True)
class NavLink:
    label: Text
    url: str
    current: bool


def address(url_name: str, *args: object) -> str:
    """The address of a page, or nothing where this hall does not have the page."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return ""


def links(bar: str, request: HttpRequest, actor: Actor | None) -> list[NavLink]:
    match = request.resolver_match
    here = match.view_name if match else ""
    roles = actor.roles if actor else frozenset()
    items = [item for config in apps.get_app_configs() for item in getattr(config, "nav", ()) if item.bar == bar]
    return [
        NavLink(item.label, url, current=_is_here(item, here))
        for item in sorted(items, key=lambda item: item.order)
        if (not item.roles or item.roles & roles) and (not item.only or (actor and item.only(actor))) and (url := address(item.url_name))
    ]


def _is_here(item: NavItem, here: str) -> bool:
    return any(here == view or (view.endswith(":") and here.startswith(view)) for view in (item.url_name, *item.views))
