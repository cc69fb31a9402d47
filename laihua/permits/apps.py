from django.apps import AppConfig

from laihua.cases.events import CaseMoved
from laihua.kernel import events


class PermitsConfig(AppConfig):
    name = "laihua.permits"
    label = "permits"
    verbose_name = "证照"

    def ready(self) -> None:
        events.subscribe(CaseMoved, on_case_moved)


def on_case_moved(event: CaseMoved) -> None:
    from laihua.permits.jobs import on_case_moved as order

    order(event)
