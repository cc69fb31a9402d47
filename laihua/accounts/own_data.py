"""What a copy of a person's data takes from accounts."""

from uuid import UUID

from laihua.accounts.models import Grant, SignInEntry


def every_grant_of(account_id: UUID) -> list[Grant]:
    """Revoked ones too, oldest first."""
    return list(Grant.objects.filter(account_id=account_id).select_related("organisation").order_by("granted_at", "id"))


def sign_ins_of(account_id: UUID) -> list[SignInEntry]:
    return list(SignInEntry.objects.filter(account_id=account_id).order_by("at", "id"))
