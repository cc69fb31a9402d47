from django.apps import AppConfig

from laihua.kernel.texts import Text
from laihua.portal.navigation import NavItem

KEEPERS = frozenset({"unit_admin", "handler"})


class ApplicantConfig(AppConfig):
    name = "laihua.portal.applicant"
    label = "applicant"
    nav = (
        NavItem("public", Text("我的办件", "My cases"), "applicant:cases", 20, views=("applicant:",)),
        NavItem("public", Text("人员名册", "Roster"), "roster:list", 25, views=("roster:",), roles=KEEPERS),
    )
