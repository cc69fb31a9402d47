"""经办人验证 (SES-3): that a handler came with this phone or portal identity before. Offered through `actions` and `queries`.

Bound as well to the mobile number that was registered for him then: whoever gets a new one proves it anew.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from laihua.accounts.models import HandlerProof
from laihua.kernel.actions import record
from laihua.kernel.crypto import blind_index


def is_proved(*, organisation_id: UUID, account_id: UUID, came_by: Collection[str], phone: str) -> bool:
    """`came_by`: way, portal and identity with which the unit signed in; `phone`: the handler's registered number."""
    return HandlerProof.objects.filter(
        organisation_id=organisation_id, account_id=account_id, way=_key(came_by, phone)
    ).exists()


def note_proof(*, organisation_id: UUID, account_id: UUID, came_by: Collection[str], phone: str, at: datetime) -> None:
    _, is_new = HandlerProof.objects.get_or_create(
        organisation_id=organisation_id, account_id=account_id, way=_key(came_by, phone), defaults={"proved_at": at}
    )
    if is_new:
        record(chain=f"account:{account_id}", action="prove_handler", actor=account_id, acting_for=organisation_id,
               subject=account_id, at=at)


def _key(came_by: Collection[str], phone: str) -> bytes:
    """Spelled out in hexadecimal, since an index ignores what is neither letter nor digit."""
    return blind_index("handler_way", "\0".join((*came_by, phone)).encode().hex())
