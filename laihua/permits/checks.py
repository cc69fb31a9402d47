"""Whether this installation may sign: read by `laihua check deployment`."""

from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings

from laihua.permits.sign import SigningKey, is_development


def signing_faults() -> list[str]:
    """One sentence per fault, each with its remedy; empty when permits can be signed."""
    key = SigningKey(settings.SIGNING_CERTIFICATE, settings.SIGNING_KEY)
    missing = [str(path) for path in (key.certificate, key.key) if not path.is_file()]
    if missing and settings.DEMO:
        return []       # the demo makes its own at the first paper
    if missing:
        return [
            f"{path} is not there. Set LAIHUA_SIGNING_CERTIFICATE and LAIHUA_SIGNING_KEY to readable PEM files."
            for path in missing
        ]
    try:
        certificate = x509.load_pem_x509_certificate(key.certificate.read_bytes())
        private = serialization.load_pem_private_key(key.key.read_bytes(), password=None)
    except (ValueError, TypeError):
        return ["The signing certificate or key is not PEM, or the key has a password. Convert it with openssl."]
    return [*_pair_faults(certificate, private), *_use_faults(certificate, key)]


def _pair_faults(certificate: x509.Certificate, private: object) -> list[str]:
    def public(key: object) -> bytes:
        return key.public_bytes(  # type: ignore[attr-defined]
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    if public(certificate.public_key()) != public(private.public_key()):  # type: ignore[attr-defined]
        return ["LAIHUA_SIGNING_KEY does not belong to LAIHUA_SIGNING_CERTIFICATE. Give the key of that certificate."]
    return []


def _use_faults(certificate: x509.Certificate, key: SigningKey) -> list[str]:
    faults = []
    if not settings.DEMO and is_development(key):
        faults.append(
            "The signing certificate is a development one (开发用证书). Permits signed with it prove nothing: "
            "set LAIHUA_SIGNING_CERTIFICATE and LAIHUA_SIGNING_KEY to the authority's own."
        )
    if certificate.not_valid_after_utc < datetime.now(UTC):
        day = f"{certificate.not_valid_after_utc:%Y-%m-%d}"
        faults.append(f"The signing certificate expired on {day}. Install a new one.")
    if not settings.DEMO and key.key.stat().st_mode & 0o077:
        faults.append(f"{key.key} can be read by others. Run `chmod 600 {key.key}`.")
    return faults
