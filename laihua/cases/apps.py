from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "laihua.cases"
    verbose_name = "案件"

    def ready(self) -> None:
        from laihua.accounts.events import AccountErased, AccountsMerged
        from laihua.cases import delegations, effects
        from laihua.cases.actions import merged
        from laihua.cases.guards import BEFORE_A_CASE, GUARDS
        from laihua.catalog.registry import register_effects, register_guards
        from laihua.kernel import events
        from laihua.units.events import DelegationMade, DelegationRevoked

        register_guards(GUARDS, (name for name, guard in GUARDS.items() if guard.needs <= BEFORE_A_CASE))
        effects.find()
        register_effects(effects.EFFECTS)
        events.subscribe(events.CalendarImported, on_calendar_imported)
        events.subscribe(AccountsMerged, merged.on_merged)
        events.subscribe(AccountErased, merged.on_erased)
        events.subscribe(DelegationMade, delegations.on_made)
        events.subscribe(DelegationRevoked, delegations.on_revoked)


def on_calendar_imported(event: object) -> None:
    """In the transaction of the import: the new due dates come after its commit, in a job."""
    from laihua.cases.jobs import recompute

    recompute()
