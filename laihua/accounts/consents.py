"""Separate consents (个人信息保护法 art. 29): given to one text, kept with its version, withdrawn as easily as given."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from laihua.accounts.models import Consent
from laihua.kernel.actions import record


@transaction.atomic
def give_consent(*, account_id: UUID, purpose: str, version: str, text: Mapping[str, str], at: datetime) -> None:
    """Consent to this version of the text. Given twice it counts once. The words of every version that anybody consented
    to stand in the audit trail, so that it can be shown years later what was agreed."""
    if Consent.objects.filter(account_id=account_id, purpose=purpose, version=version, withdrawn_at=None).exists():
        return
    is_first = not Consent.objects.filter(purpose=purpose, version=version).exists()
    Consent.objects.create(account_id=account_id, purpose=purpose, version=version, given_at=at)
    if is_first:
        record(chain=f"consent:{purpose}", action="consent_text", actor="system", subject=version, at=at, data=dict(text))
    _record(account_id, "give_consent", purpose, version, at)


@transaction.atomic
def withdraw_consent(*, account_id: UUID, purpose: str, at: datetime) -> bool:
    """From now on; what was done before stays lawful. False where there was nothing to withdraw."""
    rows = list(Consent.objects.select_for_update().filter(account_id=account_id, purpose=purpose, withdrawn_at=None))
    for row in rows:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        _record(account_id, "withdraw_consent", purpose, row.version, at)
    return bool(rows)


def consents_of(account_id: UUID) -> list[Consent]:
    """Every consent, withdrawn ones too, newest first."""
    return list(Consent.objects.filter(account_id=account_id).order_by("-given_at", "purpose"))


def consented(account_id: UUID) -> set[tuple[str, str]]:
    """(purpose, version) of every consent that stands."""
    return set(Consent.objects.filter(account_id=account_id, withdrawn_at=None).values_list("purpose", "version"))


def _record(account_id: UUID, action: str, purpose: str, version: str, at: datetime) -> None:
    record(chain=f"account:{account_id}", action=action, actor=account_id, subject=account_id, at=at,
           data={"purpose": purpose, "version": version})
