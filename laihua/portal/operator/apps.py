from django.apps import AppConfig

from laihua.kernel.texts import Text
from laihua.portal.navigation import NavItem

OPERATOR = frozenset({"operator"})


class OperatorConfig(AppConfig):
    name = "laihua.portal.operator"
    label = "operator"
    nav = (
        NavItem("desk", Text("运行概况", "Running"), "operator:overview", 70, roles=OPERATOR),
        NavItem("desk", Text("消息", "Messages"), "operator:messages", 71, roles=OPERATOR),
        NavItem("desk", Text("审计记录", "Audit trail"), "operator:audit", 72, roles=OPERATOR | {"auditor"}),
    )
