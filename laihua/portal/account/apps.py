from django.apps import AppConfig

from laihua.kernel.texts import Text
from laihua.portal.navigation import NavItem


class AccountConfig(AppConfig):
    name = "laihua.portal.account"
    label = "account"
    nav = (NavItem("public", Text("在线办事", "Online services"), "account:me", 25, views=(
        "account:me-information", "account:unit-information", "account:grants", "account:grant", "account:grant-roles",
        "account:grant-change")),)

    def ready(self) -> None:
        from laihua.bulletins.events import QuestionDecided
        from laihua.kernel import events
        from laihua.portal.account.entry import told

        events.subscribe(QuestionDecided, told.on_decided)
