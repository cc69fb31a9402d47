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
        NavItem("desk", Text("材料核对", "Pre-review"), "operator:prechecks", 71, roles=OPERATOR),
        NavItem("desk", Text("重复账号", "Duplicates"), "operator:duplicates", 72, views=("operator:duplicate",), roles=OPERATOR),
        NavItem("desk", Text("以前的办件", "Earlier cases"), "operator:earlier", 73, roles=OPERATOR),
        NavItem("desk", Text("公告与问答", "Notices"), "operator:bulletins", 73, roles=OPERATOR,
                views=("operator:bulletin", "operator:bulletin-new", "operator:questions", "operator:question")),
        NavItem("desk", Text("审计记录", "Audit trail"), "operator:audit", 74, roles=OPERATOR | {"auditor"}),
        NavItem("desk", Text("登录日志", "Sign-in log"), "operator:sign-ins", 75, roles=frozenset({"auditor"})),
    )
