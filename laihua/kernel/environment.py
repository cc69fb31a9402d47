"""The one place where the hall reads its environment: every LAIHUA_* variable, typed, in one table.

`read()` raises `EnvironmentFault` with all missing and wrong values at once. In the demo a missing secret is made once
and kept in `$LAIHUA_DATA/keys/`; outside the demo it must be given.
"""

import base64
import binascii
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

KEY_BYTES = 32
FieldKeys = dict[str, bytes]
"""Key id → 32 bytes. The first one encrypts, all of them decrypt."""


class EnvironmentFault(Exception):
    """The hall cannot start. `faults` holds one sentence per variable: what is wrong, and what to do."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Environment:
    data: Path
    database_url: str
    demo: bool
    secret_key: str
    field_keys: FieldKeys
    index_key: bytes
    seal_key: bytes
    signing_certificate: Path
    signing_key: Path
    timestamp_url: str
    allowed_hosts: tuple[str, ...]
    public_url: str
    port: int
    web_threads: int
    trusted_proxies: tuple[str, ...]
    portals: Path | None
    identity_provider: str
    smtp_url: str
    mail_from: str
    ocr: bool
    sms_endpoint: str
    sms_access_key_id: str
    sms_access_key_secret: str
    sms_sign_name: str
    sms_template_code: str
    s3_endpoint: str
    s3_bucket: str
    s3_region: str
    s3_access_key: str
    s3_secret_key: str


def _text(value: str) -> str:
    return value


def _path(value: str) -> Path:
    return Path(value).expanduser().absolute()


def _names(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _boolean(value: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if value.lower() not in words:
        raise ValueError("must be 1 or 0")
    return words[value.lower()]


def _number(low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.isdecimal() or not low <= int(value) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(value)

    return parse


def _provider(value: str) -> str:
    module, colon, name = value.partition(":")
    own = value in {"simulator", "away", "manual"}
    if not own and not (colon and name.isidentifier() and all(part.isidentifier() for part in module.split("."))):
        raise ValueError("must be simulator, away, manual or package.module:Class")
    return value


def _secret(value: str) -> str:
    if len(value) < 50:
        raise ValueError("must have at least 50 characters")
    return value


def _key(value: str) -> bytes:
    try:
        key = base64.b64decode(value, validate=True)
    except binascii.Error:
        raise ValueError("must be base64") from None
    if len(key) != KEY_BYTES:
        raise ValueError(f"must be {KEY_BYTES} bytes in base64, and has {len(key)}")
    return key


def _field_keys(value: str) -> FieldKeys:
    keys: FieldKeys = {}
    for part in _names(value):
        key_id, colon, key = part.partition(":")
        if not colon or not key_id.isalnum() or len(key_id) > 8 or key_id in keys:
            raise ValueError("must be id:key pairs, ids of 1 to 8 letters or digits, each once")
        keys[key_id] = _key(key)
    return keys


def _url(*schemes: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        address = urlsplit(value)
        if address.scheme not in schemes or (not address.netloc and not address.query):
            raise ValueError(f"must be an address that begins with {' or '.join(s + '://' for s in schemes)}")
        return value.rstrip("/")

    return parse


def new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


@dataclass(frozen=True, slots=True)
class Variable:
    """One row of the table. `default` None: required outside the demo. `make` creates the demo's own value."""

    name: str
    parse: Callable[[str], Any]
    what: str
    default: str | None = ""
    make: Callable[[], str] | None = None
    demo_default: str | None = None

    @property
    def attribute(self) -> str:
        return self.name.removeprefix("LAIHUA_").lower()


_KEY_REMEDY = "make one with `openssl rand -base64 32`"

VARIABLES: tuple[Variable, ...] = (
    Variable("LAIHUA_DATA", _path, "Folder for everything that the hall writes to disk", "data"),
    Variable("LAIHUA_DATABASE_URL", _url("postgresql", "postgres"),
             "PostgreSQL 15 or later, postgresql://user:password@host:5432/name; "
             "empty starts the embedded server in LAIHUA_DATA"),
    Variable("LAIHUA_DEMO", _boolean, "1: a demo with invented people, development keys and a movable clock", "0"),
    Variable("LAIHUA_SECRET_KEY", _secret, "Signs sessions and forms; make one with `openssl rand -base64 48`", None,
             lambda: secrets.token_urlsafe(48)),
    Variable("LAIHUA_FIELD_KEYS", _field_keys,
             f"Keys of encrypted fields and files, id:base64, newest first, separated by commas; {_KEY_REMEDY}", None,
             lambda: f"dev1:{new_key()}"),
    Variable("LAIHUA_INDEX_KEY", _key, f"Key of the blind index over encrypted fields; {_KEY_REMEDY}", None, new_key),
    Variable("LAIHUA_SEAL_KEY", _key, f"Ed25519 seed that signs the daily seal of the audit trail; {_KEY_REMEDY}", None,
             new_key),
    Variable("LAIHUA_SIGNING_CERTIFICATE", _path, "PEM file: certificate (chain) that signs permits", None),
    Variable("LAIHUA_SIGNING_KEY", _path, "PEM file: private key of that certificate, mode 600", None),
    Variable("LAIHUA_TIMESTAMP_URL", _url("https", "http"),
             "Time-stamping service (RFC 3161) for signatures; empty signs without a time stamp"),
    Variable("LAIHUA_ALLOWED_HOSTS", _names, "Host names under which the hall answers, separated by commas", None,
             demo_default="localhost,127.0.0.1,[::1],testserver"),
    Variable("LAIHUA_PUBLIC_URL", _url("https", "http"), "Address that notices and QR codes lead to, without a slash "
             "at the end", None, demo_default=""),
    Variable("LAIHUA_PORT", _number(1, 65535), "Port of the web server", "8000"),
    Variable("LAIHUA_WEB_THREADS", _number(1, 256), "Blocking threads of one web process", "4"),
    Variable("LAIHUA_TRUSTED_PROXIES", _names, "Addresses of the proxies whose X-Forwarded-For is believed"),
    Variable("LAIHUA_PORTALS", _path, "File of the government portals that one may come from; empty: none. "
             "docs/how-to/portals.md describes it"),
    Variable("LAIHUA_IDENTITY_PROVIDER", _provider, "Who is asked for real names: simulator, away (never reachable), manual "
             "(officers look at the documents), or package.module:Class; empty: the simulator in a demo, manual elsewhere"),
    Variable("LAIHUA_OCR", _boolean, "off: scans are not read, only documents that carry their text. A page takes all cores for "
             "some seconds, and the engine 800 MB beside each worker", "on"),
    Variable("LAIHUA_SMTP_URL", _url("smtp", "smtps"),
             "Mail server, smtp://user:password@host:587 (STARTTLS) or smtps://…:465; empty: the simulator"),
    Variable("LAIHUA_MAIL_FROM", _text, "Sender of e-mail", "来华 Laihua <noreply@localhost>"),
    Variable("LAIHUA_SMS_ENDPOINT", _url("https", "http"), "Address of the SMS provider's API; empty keeps SMS in the "
             "simulator"),
    Variable("LAIHUA_SMS_ACCESS_KEY_ID", _text, "Account of the SMS provider"),
    Variable("LAIHUA_SMS_ACCESS_KEY_SECRET", _text, "Secret of that account"),
    Variable("LAIHUA_SMS_SIGN_NAME", _text, "Approved signature of SMS", "来华"),
    Variable("LAIHUA_SMS_TEMPLATE_CODE", _text, "Approved template of SMS, with one variable `text`"),
    Variable("LAIHUA_S3_ENDPOINT", _url("https", "http"), "Object store for files; empty keeps files in LAIHUA_DATA"),
    Variable("LAIHUA_S3_BUCKET", _text, "Bucket of that store"),
    Variable("LAIHUA_S3_REGION", _text, "Region of that store"),
    Variable("LAIHUA_S3_ACCESS_KEY", _text, "Account of that store"),
    Variable("LAIHUA_S3_SECRET_KEY", _text, "Secret of that account"),
)

_TOGETHER = (
    ("LAIHUA_SMS_ENDPOINT", ("LAIHUA_SMS_ACCESS_KEY_ID", "LAIHUA_SMS_ACCESS_KEY_SECRET", "LAIHUA_SMS_TEMPLATE_CODE")),
    ("LAIHUA_S3_ENDPOINT", ("LAIHUA_S3_BUCKET", "LAIHUA_S3_ACCESS_KEY", "LAIHUA_S3_SECRET_KEY")),
)


def read(source: Mapping[str, str] | None = None) -> Environment:
    """The environment of this process. Raises `EnvironmentFault` naming every variable that is missing or wrong."""
    given = os.environ if source is None else source
    faults = _unknown_names(given)
    values: dict[str, Any] = {}
    demo = given.get("LAIHUA_DEMO", "").strip().lower() in {"1", "true", "yes", "on"}
    keys = _path(given.get("LAIHUA_DATA", "").strip() or "data") / "keys"
    for variable in VARIABLES:
        raw = given.get(variable.name, "").strip() or _default(variable, demo, keys, given)
        if raw is None:
            faults.append(f"{variable.name} is missing. {variable.what}. (LAIHUA_DEMO=1 starts a demo without it.)")
            continue
        try:
            values[variable.attribute] = variable.parse(raw) if raw else _empty(variable)
        except ValueError as wrong:
            faults.append(f"{variable.name} {wrong}. {variable.what}.")
    faults += _incomplete_groups(given)
    if faults:
        raise EnvironmentFault(faults)
    return Environment(**values)


def _default(variable: Variable, demo: bool, keys: Path, given: Mapping[str, str]) -> str | None:
    if variable.default is not None or not demo:
        return variable.default
    if variable.make is not None:
        return _kept_secret(keys / variable.attribute, variable.make)
    if variable.parse is _path:
        suffix = "crt" if variable.name.endswith("CERTIFICATE") else "key"
        return str(keys / f"signing.{suffix}")
    if variable.name == "LAIHUA_PUBLIC_URL":
        return f"http://localhost:{given.get('LAIHUA_PORT') or 8000}"
    return variable.demo_default


def _empty(variable: Variable) -> Any:
    if variable.parse is _path:
        return None
    return () if variable.parse is _names else ""


def _kept_secret(path: Path, make: Callable[[], str]) -> str:
    """The demo's own secret: made at the first start, the same at every later one, whichever process comes first."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"# DEVELOPMENT ONLY 仅供开发. Made by the demo; never use it for real data.\n{make()}\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        draft.unlink()
    return path.read_text().splitlines()[-1]


def _unknown_names(given: Mapping[str, str]) -> list[str]:
    known = {variable.name for variable in VARIABLES} | {"LAIHUA_TEST_SUFFIX"}
    return [
        f"{name} is not a variable of the hall. Correct its name or remove it (`laihua check settings` lists all)."
        for name in sorted(given)
        if name.startswith("LAIHUA_") and name not in known
    ]


def _incomplete_groups(given: Mapping[str, str]) -> list[str]:
    return [
        f"{name} is missing. {first} is set and needs it."
        for first, others in _TOGETHER
        for name in others
        if given.get(first, "").strip() and not given.get(name, "").strip()
    ]
