"""Digital signatures on papers: PAdES B-B, and B-T where a time-stamping service is set.

The key belongs to the operator. In the demo a development key and a self-signed certificate are made at the first
start; the certificate says what it is, and `checks.signing_faults` refuses it outside the demo.
"""

import io
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from asn1crypto import keys as asn1_keys
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_cert_from_pemder, load_certs_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

DEVELOPMENT_MARK = "DEVELOPMENT ONLY"
DEVELOPMENT_SUBJECT = f"来华 开发用证书 {DEVELOPMENT_MARK}"
FIELD_NAME = "LaihuaSignature"


class SigningKeyMissing(Exception):
    """The certificate or the key cannot be read. Says which file and what to do."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class SignatureState:
    """`intact`: not a byte was changed. `trusted`: the certificate leads to one of the given roots."""

    intact: bool
    trusted: bool
    whole_file: bool
    signer: str = ""


def sign(
    pdf: bytes, *, signing_key: SigningKey, reason: str, location: str, issuer: str,
    timestamper: timestamps.TimeStamper | None = None,
) -> bytes:
    """The same paper with a certifying signature that allows no later change."""
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD_NAME, md_algorithm="sha256", reason=reason, location=location, name=issuer,
        subfilter=fields.SigSeedSubFilter.PADES, certify=True, docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    out = io.BytesIO()
    signers.PdfSigner(metadata, signer=_signer(signing_key), timestamper=timestamper).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out
    )
    return out.getvalue()


def timestamper(url: str) -> timestamps.TimeStamper | None:
    """The time-stamping service (RFC 3161) of the operator; None where none is set."""
    return timestamps.HTTPTimeStamper(url, timeout=10) if url else None


def signature_state(pdf: bytes, *, roots: list[Path]) -> SignatureState | None:
    """What the signature of a paper of our own says; None where there is none.

    Only for files that the hall made: anything else is compared by its hash, never parsed here.
    """
    embedded = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    if not embedded:
        return None
    trusted = [load_cert_from_pemder(str(path)) for path in roots]
    context = ValidationContext(trust_roots=trusted, allow_fetching=False)
    status = validate_pdf_signature(embedded[0], context)
    return SignatureState(
        intact=status.intact and status.valid,
        trusted=status.trusted,
        whole_file=status.coverage is not None and status.coverage.name == "ENTIRE_FILE",
        signer=embedded[0].signer_cert.subject.human_friendly if embedded[0].signer_cert else "",
    )


def ensure_development_key(signing_key: SigningKey) -> None:
    """Make the demo's own key and certificate, unless they are there. The certificate belongs to the key on disk."""
    if not signing_key.key.exists():
        fresh = ec.generate_private_key(ec.SECP256R1())
        _keep(signing_key.key, fresh.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ))
    if not signing_key.certificate.exists():
        key = serialization.load_pem_private_key(signing_key.key.read_bytes(), password=None)
        if isinstance(key, ec.EllipticCurvePrivateKey):
            _keep(signing_key.certificate, _development_certificate(key).public_bytes(serialization.Encoding.PEM))


def is_development(signing_key: SigningKey) -> bool:
    return DEVELOPMENT_MARK in load_cert_from_pemder(str(signing_key.certificate)).subject.human_friendly


def _development_certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([
        x509.NameAttribute(NameOID.COMMON_NAME, DEVELOPMENT_SUBJECT),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Laihua demo, no authority"),
    ])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2045, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _keep(path: Path, content: bytes) -> None:
    """Write a file of mode 600 in one step, unless another process was first."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)


def _signer(signing_key: SigningKey) -> signers.SimpleSigner:
    try:
        stamps = (signing_key.certificate.stat().st_mtime_ns, signing_key.key.stat().st_mtime_ns)
    except OSError as missing:
        raise SigningKeyMissing(
            f"{missing.filename} cannot be read. Set LAIHUA_SIGNING_CERTIFICATE and LAIHUA_SIGNING_KEY to PEM files."
        ) from None
    return _loaded_signer(signing_key, stamps)


@lru_cache(maxsize=2)
def _loaded_signer(signing_key: SigningKey, stamps: tuple[int, int]) -> signers.SimpleSigner:
    """Read once per change of the files. A PEM file may hold the chain after the certificate."""
    certificate, *chain = load_certs_from_pemder([str(signing_key.certificate)])
    private = serialization.load_pem_private_key(signing_key.key.read_bytes(), password=None)
    der = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    registry = SimpleCertificateStore()
    registry.register_multiple([certificate, *chain])
    return signers.SimpleSigner(
        signing_cert=certificate, signing_key=asn1_keys.PrivateKeyInfo.load(der), cert_registry=registry
    )
