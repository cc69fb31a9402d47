from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "laihua.units"
    label = "units"
    verbose_name = "单位"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from laihua.accounts.actions import register_source
        from laihua.accounts.events import AccountErased, AccountsMerged, IdentityAnswered
        from laihua.accounts.queries import MAIN_HANDLER, UNIT, provide_mandates
        from laihua.kernel import events
        from laihua.units import merging, named_handlers, real_name
        from laihua.units.queries import mandate_for

        provide_mandates(mandate_for)
        events.subscribe(AccountsMerged, merging.on_merged)
        events.subscribe(AccountErased, merging.on_erased)
        events.subscribe(IdentityAnswered, real_name.on_answered)
        events.subscribe(IdentityAnswered, named_handlers.on_identity)
        for target in (UNIT, MAIN_HANDLER):
            register_source(target, real_name.question_about)
