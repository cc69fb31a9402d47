from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "laihua.bulletins"
    label = "bulletins"

    def ready(self) -> None:
        from laihua.accounts.events import AccountErased, AccountsMerged
        from laihua.bulletins import askers
        from laihua.kernel import events

        events.subscribe(AccountsMerged, askers.on_merged)
        events.subscribe(AccountErased, askers.on_erased)
