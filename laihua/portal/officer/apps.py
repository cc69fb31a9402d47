from django.apps import AppConfig

from laihua.accounts.permissions import ROLES, Actor, Side
from laihua.kernel.texts import Text
from laihua.portal.navigation import NavItem

OFFICERS = frozenset(key for key, role in ROLES.items() if role.side is Side.AUTHORITY)
EXPERTS = frozenset(key for key, role in ROLES.items() if role.side is Side.EXPERT)
AT_WINDOW = frozenset({"window_clerk", "head"})
HEADS = frozenset({"head"})


def keeps_a_list(actor: Actor) -> bool:
    """Whoever was granted his role for a system of client units; asked on every page of the desk, so nothing is read."""
    from laihua.portal.systems import systems

    return any(key in systems() and systems()[key].clients for key in actor.systems)


class OfficerConfig(AppConfig):
    name = "laihua.portal.officer"
    label = "officer"
    nav = (
        NavItem("desk", Text("办件队列", "Queue"), "officer:queue", 10, roles=OFFICERS,
                views=("officer:claim", "officer:search", "officer:review", "officer:record", "officer:move")),
        NavItem("desk", Text("原件核验", "Originals check"), "officer:window", 20, roles=AT_WINDOW,
                views=("officer:originals", "officer:tick")),
        NavItem("desk", Text("客户单位", "Client units"), "officer:clients", 25, roles=frozenset({"pre_reviewer", "head"}),
                views=("officer:client",), only=keeps_a_list),
        NavItem("desk", Text("专家评审", "Expert reviews"), "officer:opinions", 28, roles=EXPERTS, views=("officer:opinion",)),
        NavItem("desk", Text("统计", "Statistics"), "officer:statistics", 30, roles=HEADS),
    )
