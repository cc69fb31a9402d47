"""What the tests of the applicant's pages share: how the script of the form speaks to the hall."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

JSON = {"accept": "application/json"}


@pytest.fixture
def save():
    """Sends one save as the form's script does, and returns the response."""

    def send(client: Client, case: Any, changes: dict[str, Any], **more: Any) -> Any:
        body = {"base": 0, "changes": changes, "shapes": {}, **more}
        return client.post(
            reverse("applicant:form-save", args=[case.id]), body, content_type="application/json", headers=JSON
        )

    return send
