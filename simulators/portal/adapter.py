"""What the provider says about its users."""

from collections.abc import Iterable
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter

from simulators.portal.people import people


class Adapter(DefaultOIDCAdapter):
    def get_user_sub(self, client: Any, user: Any) -> str:
        return str(user.username)

    def get_user_by_sub(self, client: Any, sub: str) -> Any:
        from django.contrib.auth import get_user_model

        return get_user_model().objects.filter(username=sub, is_active=True).first()

    def get_claims(self, purpose: str, user: Any, client: Any, scopes: Iterable[str], email: str | None = None,
                   **kwargs: Any) -> dict[str, Any]:
        about = {k: v for k, v in people()[user.username].items() if k not in ("user_id", "note")}
        return {"sub": user.username, **(about if "profile" in scopes else {})}
