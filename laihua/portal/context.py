"""What the frame around every page needs. Each part is worked out when a template asks for it, so a page pays for what it shows."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from laihua.accounts import queries as accounts
from laihua.accounts.permissions import ROLES, Actor
from laihua.kernel import clock
from laihua.kernel.texts import CHINESE, ENGLISH, Text
from laihua.notifications import queries as notifications
from laihua.portal import help_lines, navigation

HALL_NAME = Text("外国人工作与人才事务大厅", "Work and talent services")
DESK_NAME = Text("审批工作台", "Review desk")


class Frame:
    hall_name = HALL_NAME
    desk_name = DESK_NAME

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def english(self) -> bool:
        return (get_language() or "").startswith("en")

    @property
    def lang(self) -> str:
        """For the `lang` of the page; names the script, so that browsers take Chinese glyphs."""
        return "en" if self.english else "zh-Hans"

    @property
    def other_language(self) -> dict[str, str]:
        """The language that the switch leads to, named in that language."""
        return {"code": CHINESE, "lang": "zh-Hans", "name": "中文"} if self.english else {"code": ENGLISH, "lang": "en", "name": "English"}

    @property
    def here(self) -> str:
        """Where the language switch leads back to. Only the address of a page that was asked for, never of a sent form."""
        return self._request.get_full_path()

    @cached_property
    def actor(self) -> Actor | None:
        return accounts.actor_of(self._request)

    @property
    def mandate(self) -> accounts.Mandate | None:
        """The delegation under which the session acts, while it lasts."""
        standing = accounts.standing_of(self._request)
        return None if standing.ended else standing.mandate

    @property
    def for_a_unit(self) -> bool:
        """Whether he handles for a unit of his own, which may give and hold delegations."""
        return bool(self.actor and self.actor.roles & {"unit_admin", "handler"})

    @property
    def may_switch(self) -> bool:
        return accounts.standing_of(self._request).may_switch

    @cached_property
    def role_titles(self) -> list[Text]:
        return [ROLES[role].title for role in sorted(self.actor.roles) if role in ROLES] if self.actor else []

    @cached_property
    def unread_count(self) -> int:
        actor = self.actor
        return notifications.unread_count(actor.account_id) if actor and actor.account_id else 0

    @cached_property
    def nav(self) -> list[navigation.NavLink]:
        return navigation.links("public", self._request, self.actor)

    @cached_property
    def desk_nav(self) -> list[navigation.NavLink]:
        return navigation.links("desk", self._request, self.actor)

    @property
    def help_line(self) -> help_lines.HelpLine:
        return help_lines.help_line()

    @property
    def demo(self) -> bool:
        return bool(settings.DEMO)

    @property
    def idle_seconds(self) -> int:
        return int(settings.SESSION_IDLE)

    @cached_property
    def now(self) -> datetime:
        return clock.now()


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame": Frame(request)}
