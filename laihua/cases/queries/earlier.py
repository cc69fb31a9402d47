"""Cases of systems before this one (ACC-14): what an old login name left, and what was linked to somebody."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from laihua.accounts.permissions import Actor
from laihua.cases.models import EarlierCase

OLD_PREFIX = "WP"


def earlier_cases_of_login(old_login_name: str) -> list[EarlierCase]:
    """Newest first. Found with and without the prefix that carried-over names have, in capitals or not."""
    name = old_login_name.strip().lower().replace("\0", "")
    names = {name, name.removeprefix(OLD_PREFIX.lower()), OLD_PREFIX.lower() + name} - {""}
    rows = EarlierCase.objects.alias(folded=Lower("old_login_name")).filter(folded__in=names) if name else EarlierCase.objects.none()
    return list(rows.select_related("account", "unit").order_by("-closed_on", "id"))


def earlier_cases_of(actor: Actor) -> list[EarlierCase]:
    """Linked to the unit that the actor acts for, or to himself. Newest first."""
    return list(_of(actor).order_by("-closed_on", "id"))


def earlier_cases_about(account_id: UUID) -> list[EarlierCase]:
    """For the export of his data: those that are linked to him and to no unit."""
    return list(EarlierCase.objects.filter(account_id=account_id, unit=None).order_by("closed_on", "id"))


def _of(actor: Actor) -> QuerySet[EarlierCase]:
    if actor.is_unit():
        return EarlierCase.objects.filter(unit_id=actor.organisation_id)
    return EarlierCase.objects.filter(Q(account_id=actor.account_id), unit=None)
