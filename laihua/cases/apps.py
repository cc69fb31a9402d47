from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "laihua.cases"
    verbose_name = "案件"

    def ready(self) -> None:
        from laihua.cases.guards import GUARDS
        from laihua.catalog.registry import register_guards
        from laihua.kernel import events

        register_guards(frozenset(GUARDS))
        events.subscribe(events.CalendarImported, on_calendar_imported)


def on_calendar_imported(event: object) -> None:
    """In the transaction of the import: the new due dates come after its commit, in a job."""
    from laihua.cases.jobs import recompute

    recompute()
