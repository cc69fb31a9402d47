"""Time-based one-time passwords (RFC 6238): 6 digits, 30 seconds, SHA-1, as every authenticator app expects.

The arithmetic is the `cryptography` package's. Secrets are base32 text, as they stand in the QR code.
"""

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP, DIGITS, SECRET_BYTES = 30, 6, 20
DRIFT = 1
"""Steps by which a telephone may be early or late."""


def new_secret() -> str:
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_of(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def code(secret: str, step: int) -> str:
    # RFC 6238 and the apps ask for SHA-1 here; its weakness against collisions does not touch an HMAC.
    generator = TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP)  # noqa: S303
    return generator.generate(step * STEP).decode()


def matching_step(secret: str, typed: str, at: datetime) -> int | None:
    """The step that the typed code belongs to, or None. All steps are compared, so the time taken tells nothing."""
    digits = "".join(typed.split()).encode()
    now, found = step_of(at), None
    for step in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(code(secret, step).encode(), digits):
            found = step
    return found


def address(secret: str, *, login_name: str, issuer: str) -> str:
    """The otpauth address that the QR code holds."""
    label = f"{quote(issuer)}:{quote(login_name)}"
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer)}&digits={DIGITS}&period={STEP}"
