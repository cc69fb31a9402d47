from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "laihua.notifications"
    label = "notifications"

    def ready(self) -> None:
        from laihua.accounts.events import AccountErased, AccountsMerged, DuplicateDecided
        from laihua.kernel import events
        from laihua.notifications import account_notices

        events.subscribe(DuplicateDecided, account_notices.on_decided)
        events.subscribe(AccountsMerged, account_notices.on_merged)
        events.subscribe(AccountErased, account_notices.on_erased)
