from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "laihua.cases"
    verbose_name = "案件"

    def ready(self) -> None:
        from laihua.cases.guards import GUARDS
        from laihua.catalog.registry import register_guards

        register_guards(frozenset(GUARDS))
