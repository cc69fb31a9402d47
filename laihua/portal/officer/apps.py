from django.apps import AppConfig

from laihua.accounts.permissions import ROLES, Side
from laihua.kernel.texts import Text
from laihua.portal.navigation import NavItem

OFFICERS = frozenset(key for key, role in ROLES.items() if role.side is Side.AUTHORITY)
AT_WINDOW = frozenset({"window_clerk", "head"})
HEADS = frozenset({"head"})


class OfficerConfig(AppConfig):
    name = "laihua.portal.officer"
    label = "officer"
    nav = (
        NavItem("desk", Text("办件队列", "Queue"), "officer:queue", 10, roles=OFFICERS,
                views=("officer:claim", "officer:search", "officer:review", "officer:record", "officer:move")),
        NavItem("desk", Text("原件核验", "Originals check"), "officer:window", 20, roles=AT_WINDOW,
                views=("officer:originals", "officer:tick")),
        NavItem("desk", Text("统计", "Statistics"), "officer:statistics", 30, roles=HEADS),
    )
