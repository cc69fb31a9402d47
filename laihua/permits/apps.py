from django.apps import AppConfig

from laihua.cases.events import CaseMoved, PermitConsulted
from laihua.kernel import events


class PermitsConfig(AppConfig):
    name = "laihua.permits"
    label = "permits"
    verbose_name = "证照"

    def ready(self) -> None:
        events.subscribe(CaseMoved, on_case_moved)
        events.subscribe(PermitConsulted, on_permit_consulted)


def on_case_moved(event: CaseMoved) -> None:
    from laihua.permits.jobs import on_case_moved as order

    order(event)


def on_permit_consulted(event: PermitConsulted) -> None:
    from laihua.permits.standing import answer

    answer(event)
