"""What every gateway keeps to, the simulator as well as the real ones against stand-ins of their servers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from laihua.notifications.gateways import (
    Gateway,
    GatewayDown,
    Message,
    NotSent,
    PermanentFailure,
    TemporaryFailure,
)
from laihua.notifications.gateways.aliyun import AliyunSms
from laihua.notifications.gateways.simulator import Simulator
from laihua.notifications.gateways.smtp import Smtp
from tests.doubles import aliyun_sms, smtp_server

CREATED = datetime(2026, 11, 12, 2, 0, tzinfo=UTC)


@dataclass
class Case:
    """A gateway, a recipient for each fate, and how to see what arrived (None where nothing leaves the hall)."""

    gateway: Gateway
    channel: str
    good: str
    refused: str
    later: str
    arrange_down: Callable[[], str]
    arrived: Callable[[], int] | None = None

    def message(self, recipient: str) -> Message:
        return Message(uuid4(), self.channel, recipient, "案件已受理", "您的案件已受理，请登录查看", CREATED)


@pytest.fixture(params=["simulated SMS", "simulated e-mail", "Aliyun", "SMTP"])
def case(request: pytest.FixtureRequest) -> Iterator[Case]:
    if request.param == "simulated SMS":
        yield Case(Simulator(), "sms", "13900000001", "13900000002", "13900000003", lambda: "13900000004")
    elif request.param == "simulated e-mail":
        yield Case(Simulator(), "email", "lin@example.com", "permanent@failure.example", "temporary@failure.example",
                   lambda: "down@failure.example")
    elif request.param == "Aliyun":
        with aliyun_sms.running() as double:
            yield aliyun_case(double)
    else:
        with smtp_server.running() as double:
            yield smtp_case(double)


def aliyun(double: aliyun_sms.AliyunSmsDouble, **changes: str) -> AliyunSms:
    given = {"endpoint": double.address, "access_key_id": aliyun_sms.KEY_ID, "sign_name": aliyun_sms.SIGN_NAME,
             "access_key_secret": aliyun_sms.KEY_SECRET, "template_code": aliyun_sms.TEMPLATE}
    return AliyunSms(**(given | changes))  # type: ignore[arg-type]


def aliyun_case(double: aliyun_sms.AliyunSmsDouble) -> Case:
    exhausted = "13900000009"
    double.sent += [{"PhoneNumbers": exhausted, "TemplateCode": aliyun_sms.TEMPLATE}] * double.per_number
    before = len(double.sent)

    def take_down() -> str:
        double.faults.append((503, {"Code": "ServiceUnavailable", "Message": "", "RequestId": "x"}))
        return "13900000001"

    return Case(aliyun(double), "sms", "13900000001", "12", exhausted, take_down, lambda: len(double.sent) - before)


def smtp_case(double: smtp_server.SmtpDouble) -> Case:
    double.refusals = {"gone@example.com": "550 5.1.1 no such mailbox", "full@example.com": "452 4.2.2 mailbox full"}

    def take_down() -> str:
        double.faults.append("421 4.3.2 shutting down")
        return "lin@example.com"

    gateway = Smtp(url=double.url, sender="来华 Laihua <noreply@laihua.example>")
    return Case(gateway, "email", "lin@example.com", "gone@example.com", "full@example.com", take_down,
                lambda: len(double.letters))


@pytest.mark.req("OPS-3")
def test_an_accepted_message_has_a_receipt(case: Case) -> None:
    assert case.gateway.send(case.message(case.good)).provider_id
    assert case.arrived is None or case.arrived() == 1


@pytest.mark.req("OPS-3")
@pytest.mark.parametrize(("fate", "expected"), [("refused", PermanentFailure), ("later", TemporaryFailure)])
def test_a_refusal_says_whether_to_try_again(case: Case, fate: str, expected: type[NotSent]) -> None:
    recipient = getattr(case, fate)
    with pytest.raises(expected) as failure:
        case.gateway.send(case.message(recipient))
    assert 0 < len(failure.value.code) <= 100
    assert recipient not in failure.value.code
    assert not failure.value.uncertain
    assert not case.arrived or case.arrived() == 0


@pytest.mark.req("OPS-3")
def test_an_outage_speaks_against_the_gateway_and_not_against_the_message(case: Case) -> None:
    with pytest.raises(GatewayDown):
        case.gateway.send(case.message(case.arrange_down()))
    assert not case.arrived or case.arrived() == 0


def test_a_gateway_has_a_name_for_operators(case: Case) -> None:
    assert case.gateway.name in {"simulator", "aliyun_sms", "smtp"}


@pytest.mark.parametrize("gateway", [
    AliyunSms(endpoint="http://127.0.0.1:9", access_key_id="a", access_key_secret="b", sign_name="c",
              template_code="d"),
    Smtp(url="smtp://127.0.0.1:9", sender="noreply@laihua.example"),
])
def test_nobody_at_the_address_is_an_outage_that_took_nothing(gateway: Gateway) -> None:
    with pytest.raises(GatewayDown) as outage:
        gateway.send(Message(uuid4(), "any", "lin@example.com", "", "text", CREATED))
    assert not outage.value.uncertain
