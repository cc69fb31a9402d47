"""The operator's pages over HTTP."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from laihua.accounts.models import Account, Grant, Organisation
from laihua.kernel import clock
from laihua.kernel.actions import record
from laihua.notifications import actions, delivery
from laihua.notifications.gateways import PermanentFailure
from laihua.notifications.models import OutboxMessage, State

pytestmark = pytest.mark.django_db
Sign = Callable[..., Client]


@pytest.fixture(autouse=True)
def real_clock() -> Iterator[None]:
    yield
    clock.forget()


@pytest.fixture
def signed_in(at: datetime) -> Sign:
    def sign(*roles: str) -> Client:
        name = f"{'-'.join(roles)}-{uuid4().hex[:6]}"
        account = Account.objects.create(kind="natural", login_name=name, created_at=at)
        hall = Organisation.objects.create(kind="hall", code=uuid4().hex, name_zh="来华大厅")
        for role in roles:
            Grant.objects.create(account=account, organisation=hall, role=role, granted_at=at)
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["totp_confirmed"] = True
        session.save()
        return client

    return sign


@pytest.fixture
def dead(notice: dict[str, Any], use_gateway, at: datetime) -> OutboxMessage:
    actions.notify(**notice | {"sms": type(notice["sms"])("", "")})
    row = OutboxMessage.objects.get()
    use_gateway(PermanentFailure("smtp_550"))
    delivery.deliver(message_id=row.id, attempt=0, at=at)
    return row


PAGES = ("overview", "messages", "audit", "verify")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_for_an_operator_in_both_languages(signed_in: Sign, dead, page: str, language: str) -> None:
    answer = signed_in("operator").get(reverse(f"operator:{page}"), headers={"accept-language": language})
    assert answer.status_code == 200
    assert answer["content-language"] == language


@pytest.mark.parametrize(("roles", "open_pages"), [(("auditor",), {"audit", "verify"}), (("pre_reviewer",), set())])
def test_the_pages_are_closed_to_others(signed_in: Sign, roles: tuple[str, ...], open_pages: set[str]) -> None:
    client = signed_in(*roles)
    for page in PAGES:
        assert (client.get(reverse(f"operator:{page}")).status_code == 200) == (page in open_pages), page


def test_an_operator_reads_a_dead_letter_and_sends_it_again(signed_in: Sign, dead: OutboxMessage) -> None:
    client = signed_in("operator")
    page = client.get(reverse("operator:messages") + "?state=dead").content.decode()
    assert "lin@example.com" in page
    assert "smtp_550" in page
    assert "林素娴，您好" in page
    answer = client.post(reverse("operator:requeue", args=[dead.id]), {"back": "/operator/messages/?state=dead"})
    assert answer["location"] == "/operator/messages/?state=dead"
    dead.refresh_from_db()
    assert dead.state == State.QUEUED


def test_a_foreign_address_to_return_to_is_ignored(signed_in: Sign, dead: OutboxMessage) -> None:
    answer = signed_in("operator").post(reverse("operator:requeue", args=[dead.id]), {"back": "https://evil.example/"})
    assert answer["location"] == reverse("operator:messages")


def test_requeueing_twice_is_answered_and_not_an_error(signed_in: Sign, dead: OutboxMessage) -> None:
    client = signed_in("operator")
    for _ in range(2):
        assert client.post(reverse("operator:requeue", args=[dead.id])).status_code == 302


@pytest.mark.parametrize("query", ["?state=nonsense", "?after=nonsense", "?channel=sms&state=sent", "?after=_"])
def test_a_senseless_question_is_answered(signed_in: Sign, dead: OutboxMessage, query: str) -> None:
    assert signed_in("operator").get(reverse("operator:messages") + query).status_code == 200


@pytest.mark.parametrize("query", ["?before=x", "?before=99999999999999999999", "?subject=" + "x" * 500])
def test_a_senseless_question_to_the_trail_is_answered(signed_in: Sign, query: str) -> None:
    assert signed_in("auditor").get(reverse("operator:audit") + query).status_code == 200


@pytest.mark.req("OPS-5")
def test_the_trail_is_found_by_subject(signed_in: Sign, at: datetime) -> None:
    for subject in ("unit:one", "unit:two"):
        record(chain=subject, action="approve_filing", actor="system", subject=subject, at=at)
    page = signed_in("auditor").get(reverse("operator:audit") + "?subject=unit:two").content.decode()
    assert page.count("approve_filing") == 1
    assert "unit:one" not in page


@pytest.mark.req("OPS-5")
def test_the_check_says_that_the_trail_is_whole_and_how_much_was_read(signed_in: Sign, at: datetime) -> None:
    record(chain="one", action="approve_filing", actor="system", at=at)
    page = signed_in("auditor").get(reverse("operator:verify")).content.decode()
    assert "审计记录完整" in page


def test_the_demo_clock_moves_and_the_trail_says_so(signed_in: Sign) -> None:
    client = signed_in("operator")
    client.post(reverse("operator:clock"), {"moment": "2027-03-01T09:00"})
    assert f"{clock.now():%Y-%m-%d %H:%M}" == "2027-03-01 09:00"
    clock.forget()
    assert "move_clock" in signed_in("auditor").get(reverse("operator:audit")).content.decode()


@pytest.mark.parametrize("moment", ["", "tomorrow", "1999-01-01T00:00", "9999-12-31T00:00"])
def test_a_moment_that_is_none_leaves_the_clock(signed_in: Sign, moment: str) -> None:
    before = clock.now()
    assert signed_in("operator").post(reverse("operator:clock"), {"moment": moment}).status_code == 302
    clock.forget()
    assert (clock.now() - before).total_seconds() < 60


def test_outside_the_demo_there_is_no_clock_to_move(signed_in: Sign, settings) -> None:
    settings.DEMO = False
    assert signed_in("operator").post(reverse("operator:clock"), {"moment": "2027-03-01T09:00"}).status_code == 404
    assert "operator/clock" not in signed_in("operator").get(reverse("operator:overview")).content.decode()
