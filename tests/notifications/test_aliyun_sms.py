"""SMS through Alibaba Cloud: its signature, its codes, and what a broken connection leaves open."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from laihua.notifications.gateways import GatewayDown, Message, PermanentFailure, TemporaryFailure
from laihua.notifications.gateways.aliyun import AliyunSms, canonical_query, failure, number, signed_headers
from tests.doubles import aliyun_sms
from tests.notifications.test_gateway_contract import aliyun


@pytest.fixture
def double() -> Iterator[aliyun_sms.AliyunSmsDouble]:
    with aliyun_sms.running() as running:
        yield running


def sms(text: str = "您的案件已受理", phone: str = "13900000001") -> Message:
    return Message(uuid4(), "sms", phone, "", text, datetime.now(UTC))


def test_the_signature_is_the_one_of_the_provider_s_worked_example() -> None:
    """The fixed parameters of the section “签名示例” of the description of signature version 3."""
    headers = signed_headers(
        host="ecs.cn-shanghai.aliyuncs.com", action="RunInstances", version="2014-05-26",
        query=canonical_query({"RegionId": "cn-shanghai",
                               "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"}),
        access_key_id="YourAccessKeyId", access_key_secret="YourAccessKeySecret",
        moment=datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC), nonce="3156853299f313e23d1673dc12e1703d",
    )
    assert headers["Authorization"].endswith(
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0")


def test_values_are_percent_encoded_after_rfc_3986() -> None:
    assert canonical_query({"b": "v=a b*c~d/e", "a": "受理"}) == "a=%E5%8F%97%E7%90%86&b=v%3Da%20b%2Ac~d%2Fe"


def test_the_text_travels_as_the_variable_of_the_template(double: aliyun_sms.AliyunSmsDouble) -> None:
    message = sms("案件已受理，请于2026-11-26前补交 + 100% “原件”")
    receipt = aliyun(double).send(message)
    (sent,) = double.sent
    assert json.loads(sent["TemplateParam"]) == {"text": message.text}
    assert sent["OutId"] == str(message.id)
    assert receipt.provider_id == "100000000000^0"


@pytest.mark.parametrize(("phone", "expected"), [
    ("13900000001", "13900000001"), ("+86 139-0000-0001", "13900000001"), ("+46 70 123 45 67", "46701234567"),
])
def test_numbers_are_written_as_the_provider_wants_them(phone: str, expected: str) -> None:
    assert number(phone) == expected


@pytest.mark.parametrize(("changes", "code"), [
    ({"access_key_secret": "wrong"}, "SignatureDoesNotMatch"),
    ({"access_key_id": "wrong"}, "InvalidAccessKeyId.NotFound"),
    ({"sign_name": "别的签名"}, "isv.SMS_SIGNATURE_ILLEGAL"),
    ({"template_code": "SMS_0"}, "isv.SMS_TEMPLATE_ILLEGAL"),
])
def test_what_an_operator_must_mend_is_an_outage(double, changes: dict[str, str], code: str) -> None:
    with pytest.raises(GatewayDown) as outage:
        aliyun(double, **changes).send(sms())
    assert outage.value.code == code
    assert not outage.value.uncertain


def test_a_clock_that_is_wrong_is_an_outage(double: aliyun_sms.AliyunSmsDouble) -> None:
    gateway = AliyunSms(
        endpoint=double.address, access_key_id=aliyun_sms.KEY_ID, access_key_secret=aliyun_sms.KEY_SECRET,
        sign_name=aliyun_sms.SIGN_NAME, template_code=aliyun_sms.TEMPLATE,
        real_time=lambda: datetime.now(UTC) - timedelta(minutes=16),
    )
    with pytest.raises(GatewayDown, match=r"InvalidTimeStamp\.Expired"):
        gateway.send(sms())


@pytest.mark.parametrize("text", ["x" * 101, "见 https://laihua.example/cases/1"])
def test_a_text_that_the_template_cannot_carry_is_given_up(double: aliyun_sms.AliyunSmsDouble, text: str) -> None:
    with pytest.raises(PermanentFailure):
        aliyun(double).send(sms(text))


def test_the_sixth_message_to_a_number_waits(double: aliyun_sms.AliyunSmsDouble) -> None:
    gateway = aliyun(double)
    for _ in range(double.per_number):
        gateway.send(sms())
    with pytest.raises(TemporaryFailure, match=r"isv\.BUSINESS_LIMIT_CONTROL"):
        gateway.send(sms())
    assert gateway.send(sms(phone="13900000005"))


@pytest.mark.parametrize(("code", "status", "kind"), [
    ("isv.MOBILE_NUMBER_ILLEGAL", 200, PermanentFailure), ("isv.BUSINESS_LIMIT_CONTROL", 200, TemporaryFailure),
    ("isv.AMOUNT_NOT_ENOUGH", 200, GatewayDown), ("isp.SYSTEM_ERROR", 200, GatewayDown),
    ("Throttling.User", 400, GatewayDown), ("SomethingNew", 500, GatewayDown),
    ("isv.SOMETHING_NEW", 200, TemporaryFailure),
])
def test_codes_are_sorted_by_what_helps(code: str, status: int, kind: type[Exception]) -> None:
    assert type(failure(code, status)) is kind


@pytest.mark.req("OPS-3")
def test_after_a_broken_connection_the_provider_is_asked_whether_it_has_the_message(double) -> None:
    gateway, message = aliyun(double), sms()
    double.faults.append("hang up")
    with pytest.raises(GatewayDown) as outage:
        gateway.send(message)
    assert outage.value.uncertain
    assert gateway.find(message)
    assert gateway.find(sms()) is None


def test_an_answer_that_is_not_the_provider_s_is_an_uncertain_outage(double: aliyun_sms.AliyunSmsDouble) -> None:
    double.faults.append((502, {"html": "bad gateway"}))
    with pytest.raises(GatewayDown, match="http_502") as outage:
        aliyun(double).send(sms())
    assert outage.value.uncertain


def test_no_number_is_logged(double: aliyun_sms.AliyunSmsDouble, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        aliyun(double).send(sms(phone="13900000001"))
    assert "13900000001" not in caplog.text
