from django.apps import AppConfig


class PermitsConfig(AppConfig):
    name = "laihua.permits"
    label = "permits"
    verbose_name = "证照"

    def ready(self) -> None:
        from laihua.cases.events import CaseMoved
        from laihua.kernel import events
        from laihua.permits.jobs import on_case_moved

        events.subscribe(CaseMoved, on_case_moved)
