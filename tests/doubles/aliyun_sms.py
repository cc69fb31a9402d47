"""A stand-in for Alibaba Cloud's SMS service, written from its documents and not from our client.

It checks what the service checks, the signature first, and answers in its words. What a test wants to go wrong is put
into `faults`; a number gets at most `per_number` messages.
"""

import hashlib
import hmac
import json
import re
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

KEY_ID, KEY_SECRET = "LTAI-invented", "an-invented-secret"
SIGN_NAME, TEMPLATE = "来华", "SMS_100000001"
SIGNED = {"host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"}
CHINESE_MOBILE = re.compile(r"(\+?86|0086)?1[3-9]\d{9}")
FOREIGN_NUMBER = re.compile(r"(?!86)[1-9]\d{6,14}")

Answer = tuple[int, dict[str, Any]]


@dataclass
class AliyunSmsDouble:
    address: str = ""
    per_number: int = 5
    variable_limit: int = 100
    faults: list[Answer | str] = field(default_factory=list)
    """Answers given instead of the next requests; "hang up" closes the connection after the message was taken."""
    sent: list[dict[str, str]] = field(default_factory=list)
    nonces: set[str] = field(default_factory=set)

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Answer | None:
        fault = self._unsigned(method, target, headers, body)
        if fault:
            return 400, self._said(fault)
        queued = self.faults.pop(0) if self.faults else None
        if queued and queued != "hang up":
            return queued  # type: ignore[return-value]
        given = dict(parse_qsl(urlsplit(target).query, keep_blank_values=True))
        done = {"SendSms": self._send, "QuerySendDetails": self._details}[headers["x-acs-action"]](given)
        return None if queued == "hang up" else done

    def _unsigned(self, method: str, target: str, headers: dict[str, str], body: bytes) -> str:
        """The code of what is wrong with signature and common headers, after the description of signature version 3."""
        match = re.fullmatch(
            r"ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})",
            headers.get("authorization", ""),
        )
        if not match:
            return "MissingAuthorization"
        key_id, names, signature = match.groups()
        if key_id != KEY_ID:
            return "InvalidAccessKeyId.NotFound"
        if headers["x-acs-version"] != "2017-05-25" or headers["x-acs-action"] not in ("SendSms", "QuerySendDetails"):
            return "InvalidAction.NotFound"
        must_sign = {name for name in headers if name.startswith("x-acs-") or name in ("host", "content-type")}
        if not SIGNED | must_sign <= set(names.split(";")) or names.split(";") != sorted(names.split(";")):
            return "SignatureDoesNotMatch"
        if headers["x-acs-content-sha256"] != hashlib.sha256(body).hexdigest():
            return "SignatureDoesNotMatch"
        address = urlsplit(target)
        canonical = [method, address.path or "/", "&".join(sorted(address.query.split("&")))]
        canonical += [f"{name}:{headers[name].strip()}" for name in names.split(";")]
        canonical += ["", names, headers["x-acs-content-sha256"]]
        digest = hashlib.sha256("\n".join(canonical).encode()).hexdigest()
        expected = hmac.digest(KEY_SECRET.encode(), f"ACS3-HMAC-SHA256\n{digest}".encode(), "sha256").hex()
        if signature != expected:
            return "SignatureDoesNotMatch"
        moment = datetime.strptime(headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if abs(datetime.now(UTC) - moment) > timedelta(minutes=15):
            return "InvalidTimeStamp.Expired"
        if headers["x-acs-signature-nonce"] in self.nonces:
            return "SignatureNonceUsed"
        self.nonces.add(headers["x-acs-signature-nonce"])
        return ""

    def _send(self, given: dict[str, str]) -> Answer:
        fault = self._refusal(given)
        if fault:
            return 200, self._said(fault)
        self.sent.append(given)
        return 200, self._said("OK") | {"BizId": f"{len(self.sent)}00000000000^0"}

    def _refusal(self, given: dict[str, str]) -> str:
        phone = given.get("PhoneNumbers", "")
        if not CHINESE_MOBILE.fullmatch(phone) and not FOREIGN_NUMBER.fullmatch(phone):
            return "isv.MOBILE_NUMBER_ILLEGAL"
        if given.get("SignName") != SIGN_NAME:
            return "isv.SMS_SIGNATURE_ILLEGAL"
        if given.get("TemplateCode") != TEMPLATE:
            return "isv.SMS_TEMPLATE_ILLEGAL"
        try:
            variables = json.loads(given.get("TemplateParam", ""))
        except ValueError:
            return "isv.INVALID_JSON_PARAM"
        if set(variables) != {"text"} or not isinstance(variables["text"], str):
            return "isv.TEMPLATE_MISSING_PARAMETERS"
        if len(variables["text"]) > self.variable_limit:
            return "isv.PARAM_LENGTH_LIMIT"
        if "://" in variables["text"]:
            return "isv.PARAM_NOT_SUPPORT_URL"
        if Counter(one["PhoneNumbers"] for one in self.sent)[phone] >= self.per_number:
            return "isv.BUSINESS_LIMIT_CONTROL"
        return ""

    def _details(self, given: dict[str, str]) -> Answer:
        china = datetime.now(UTC) + timedelta(hours=8)
        if not re.fullmatch(r"\d{8}", given.get("SendDate", "")) or not 1 <= int(given.get("PageSize", 0)) <= 50:
            return 200, self._said("isv.INVALID_PARAMETERS")
        rows = [
            {"PhoneNum": one["PhoneNumbers"], "OutId": one.get("OutId", ""), "SendStatus": 3,
             "TemplateCode": one["TemplateCode"], "SendDate": f"{china:%Y-%m-%d %H:%M:%S}"}
            for one in self.sent
            if one["PhoneNumbers"] == given.get("PhoneNumber") and given["SendDate"] == f"{china:%Y%m%d}"
        ]
        return 200, self._said("OK") | {"TotalCount": str(len(rows)), "SmsSendDetailDTOs": {"SmsSendDetailDTO": rows}}

    def _said(self, code: str) -> dict[str, Any]:
        return {"Code": code, "Message": code, "RequestId": str(uuid.uuid4()).upper()}


@contextmanager
def running() -> Iterator[AliyunSmsDouble]:
    double = AliyunSmsDouble()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = double.answer("POST", self.path, headers, body)
            if answer is None:
                self.close_connection = True
                return
            status, said = answer
            content = json.dumps(said, ensure_ascii=False).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json;charset=utf-8")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    double.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()
