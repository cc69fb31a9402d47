"""SMS through Alibaba Cloud: Dysmsapi 2017-05-25, actions SendSms and QuerySendDetails, signature version 3.

https://help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms
https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature

The provider sends approved templates only, so the text of a notice goes out as the variable `text` of
LAIHUA_SMS_TEMPLATE_CODE; it must keep to the length approved for that variable, and may hold no address of a web page
(the provider refuses both, and the message becomes a dead letter that says so). SendSms is not idempotent. Each
message carries its own id as OutId, and after an uncertain try QuerySendDetails is asked whether it went out.
"""

import hashlib
import hmac
import http.client
import json
import re
import secrets
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote, urlsplit

from laihua.notifications.gateways import GatewayDown, Message, PermanentFailure, Receipt, TemporaryFailure

ALGORITHM, VERSION = "ACS3-HMAC-SHA256", "2017-05-25"
CHINA = timezone(timedelta(hours=8))
TIMEOUT = 10.0

THE_MESSAGE = frozenset({
    "isv.MOBILE_NUMBER_ILLEGAL", "isv.MOBILE_COUNT_OVER_LIMIT", "isv.INVALID_PARAMETERS", "isv.INVALID_JSON_PARAM",
    "isv.TEMPLATE_MISSING_PARAMETERS", "isv.TEMPLATE_PARAMS_ILLEGAL", "isv.PARAM_LENGTH_LIMIT",
    "isv.PARAM_NOT_SUPPORT_URL", "isv.BLACK_KEY_CONTROL_LIMIT",
})
"""Refused because of what it says or where it goes: no repetition helps."""

THE_NUMBER = frozenset({"isv.BUSINESS_LIMIT_CONTROL"})
"""This number has had its messages for the minute, the hour or the day. Any code that is not known counts as well."""

THE_ACCOUNT = frozenset({
    "isv.AMOUNT_NOT_ENOUGH", "isv.OUT_OF_SERVICE", "isv.ACCOUNT_ABNORMAL", "isv.ACCOUNT_NOT_EXISTS",
    "isv.PRODUCT_UN_SUBSCRIPT", "isv.PRODUCT_UNSUBSCRIBE", "isv.SMS_SIGNATURE_ILLEGAL", "isv.SMS_TEMPLATE_ILLEGAL",
    "isv.SMS_SIGN_ILLEGAL", "isv.DAY_LIMIT_CONTROL", "isv.MONTH_LIMIT_CONTROL", "SignatureDoesNotMatch",
    "SignatureNonceUsed", "InvalidTimeStamp.Expired", "Forbidden.RAM", "ServiceUnavailable", "InternalError",
})
"""Nothing goes out to anybody until an operator or the provider has put it right."""
ACCOUNT_PREFIXES = ("isp.", "Throttling", "InvalidAccessKeyId", "InvalidAccessKeySecret")


class AliyunSms:
    name = "aliyun_sms"

    def __init__(self, *, endpoint: str, access_key_id: str, access_key_secret: str, sign_name: str,
                 template_code: str, real_time: Callable[[], datetime] | None = None) -> None:
        """`real_time` tells the time for the signature, which the demo's clock must not move."""
        self._endpoint = urlsplit(endpoint)
        self._id, self._secret = access_key_id, access_key_secret
        self._sign_name, self._template_code = sign_name, template_code
        self._real_time = real_time or (lambda: datetime.now(UTC))

    def send(self, message: Message) -> Receipt:
        answer = self._call("SendSms", {
            "PhoneNumbers": number(message.recipient),
            "SignName": self._sign_name,
            "TemplateCode": self._template_code,
            "TemplateParam": json.dumps({"text": message.text}, ensure_ascii=False),
            "OutId": str(message.id),
        })
        return Receipt(str(answer.get("BizId", "")))

    def find(self, message: Message) -> Receipt | None:
        """Looks at the day of the notice and at today; the provider keeps thirty days."""
        today = self._real_time().astimezone(CHINA).date()
        for day in sorted({today, message.created_at.astimezone(CHINA).date()}):
            answer = self._call("QuerySendDetails", {
                "PhoneNumber": number(message.recipient), "SendDate": f"{day:%Y%m%d}", "PageSize": "50",
                "CurrentPage": "1",
            })
            sent = (answer.get("SmsSendDetailDTOs") or {}).get("SmsSendDetailDTO") or []
            if any(one.get("OutId") == str(message.id) for one in sent):
                return Receipt(f"OutId {message.id}")
        return None

    def _call(self, action: str, parameters: Mapping[str, str]) -> dict[str, Any]:
        query = canonical_query(parameters)
        headers = signed_headers(
            host=self._endpoint.netloc, action=action, query=query, access_key_id=self._id,
            access_key_secret=self._secret, moment=self._real_time(), nonce=secrets.token_hex(16),
        )
        status, body = self._post(query, headers)
        try:
            answer = json.loads(body)
            code = str(answer["Code"])
        except (ValueError, KeyError, TypeError):
            raise GatewayDown(f"http_{status}", uncertain=True) from None
        if code == "OK":
            return dict(answer)
        raise failure(code, status)

    def _post(self, query: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Written on http.client because the address holds a telephone number, and it is a client that logs nothing."""
        host, port = self._endpoint.hostname or "", self._endpoint.port
        connection = (
            http.client.HTTPSConnection(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
            if self._endpoint.scheme == "https" else http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        )
        try:
            try:
                connection.connect()
            except OSError as error:
                raise GatewayDown(type(error).__name__) from None
            try:
                connection.request("POST", f"/?{query}", headers=dict(headers))
                response = connection.getresponse()
                return response.status, response.read(1_000_000)
            except (OSError, http.client.HTTPException) as error:
                raise GatewayDown(type(error).__name__, uncertain=True) from None
        finally:
            connection.close()


def failure(code: str, status: int) -> TemporaryFailure | PermanentFailure | GatewayDown:
    if code in THE_MESSAGE:
        return PermanentFailure(code)
    if code in THE_ACCOUNT or code.startswith(ACCOUNT_PREFIXES) or status >= 500:
        return GatewayDown(code)
    return TemporaryFailure(code)


def number(phone: str) -> str:
    """As the provider wants it: eleven digits inside China, country code and number without a plus elsewhere."""
    digits = re.sub(r"[^\d+]", "", phone)
    return digits.removeprefix("+86").removeprefix("+") if digits.startswith("+") else digits


def signed_headers(*, host: str, action: str, query: str, access_key_id: str, access_key_secret: str,
                   moment: datetime, nonce: str, version: str = VERSION) -> dict[str, str]:
    """All headers of a POST to `/` with an empty body, Authorization included."""
    empty = hashlib.sha256(b"").hexdigest()
    headers = {
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": empty,
        "x-acs-date": f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    request = "\n".join(["POST", "/", query, lines, names, empty])
    to_sign = f"{ALGORITHM}\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = hmac.new(access_key_secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    credentials = f"Credential={access_key_id},SignedHeaders={names},Signature={signature}"
    return headers | {"Authorization": f"{ALGORITHM} {credentials}"}


def canonical_query(parameters: Mapping[str, str]) -> str:
    return "&".join(f"{quote(key, safe='-_.~')}={quote(parameters[key], safe='-_.~')}" for key in sorted(parameters))
