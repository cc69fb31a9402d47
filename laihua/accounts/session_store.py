"""Sessions in a table that knows whose each one is. `SESSION_ENGINE` names this module.

Owner and moments are taken from the session itself whenever it is saved, so they hold for every way of signing in.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import transaction

SIGNED_IN_AT, SEEN_AT, HANDLE, DEVICE = "signed_in_at", "seen_at", "handle", "device"


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> Any:
        from laihua.accounts.models import Session  # the engine may be imported before the tables are

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        if SESSION_KEY not in data:
            return super().create_model_instance(data)
        handle = data.setdefault(HANDLE, str(uuid4()))
        row: Any = super().create_model_instance(data)
        row.handle, row.account_id = UUID(handle), UUID(str(data[SESSION_KEY]))
        row.device = data.get(DEVICE, "")
        row.begun_at, row.seen_at = _moment(data.get(SIGNED_IN_AT)), _moment(data.get(SEEN_AT))
        return row

    @transaction.atomic
    def cycle_key(self) -> None:
        """A new id for the same session. The old row goes first, since both are called by one handle."""
        data, key = dict(self.items()), self.session_key
        if key:
            self.delete(key)
        self.create()
        self._session_cache = data


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
