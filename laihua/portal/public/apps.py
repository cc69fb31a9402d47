from django.apps import AppConfig

from laihua.kernel.texts import Text
from laihua.portal.navigation import NavItem


class PublicConfig(AppConfig):
    name = "laihua.portal.public"
    label = "public"
    nav = (
        NavItem("public", Text("服务事项", "Services"), "public:home", 10, views=("public:service",)),
        NavItem("public", Text("证件验证", "Verify a permit"), "verify:ask", 30, views=("verify:",)),
        NavItem("public", Text("帮助", "Help"), "public:help", 40, views=("public:page",)),
    )
