"""Signatures hold against their root, break with one byte, and a development key cannot pass for a real one."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import find_unique_cms_attribute
from pyhanko.sign.timestamps import DummyTimeStamper

from laihua.permits.checks import signing_faults
from laihua.permits.sign import (
    SigningKey,
    SigningKeyMissing,
    ensure_development_key,
    is_development,
    sign,
    signature_state,
    timestamper,
)
from tests.permits.papers import typeset


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    made = SigningKey(tmp_path / "keys" / "signing.crt", tmp_path / "keys" / "signing.key")
    ensure_development_key(made)
    return made


def signed_by(key: SigningKey, **more: object) -> bytes:
    return sign(
        typeset("permit"), signing_key=key, reason="签发外国人来华工作许可", location="中国 China",
        issuer="示例签发机关", **more,  # type: ignore[arg-type]
    )


def authority_pair(folder: Path, *, usage: x509.ObjectIdentifier | None = None, days: int = 365) -> SigningKey:
    """An invented authority's own key, not a development one."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Example Issuing Authority")])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key())
        .serial_number(7).not_valid_before(now - timedelta(days=800)).not_valid_after(now + timedelta(days=days))
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
    )
    if usage is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    pair = SigningKey(folder / "authority.crt", folder / "authority.key")
    pair.certificate.write_bytes(builder.sign(private, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    pair.key.write_bytes(private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    pair.key.chmod(0o600)
    return pair


@pytest.mark.req("WP-8")
def test_signature_is_valid_pades_and_covers_the_file(key: SigningKey) -> None:
    pdf = signed_by(key)
    state = signature_state(pdf, roots=[key.certificate])
    assert state is not None
    assert state.intact
    assert state.trusted
    assert state.whole_file
    embedded = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures[0]
    dictionary = embedded.sig_object
    assert dictionary["/SubFilter"] == "/ETSI.CAdES.detached"
    assert dictionary["/Reason"] == "签发外国人来华工作许可"
    assert dictionary["/Name"] == "示例签发机关"
    assert len(pdf) < 300_000


@pytest.mark.req("WP-8")
def test_one_changed_byte_breaks_it(key: SigningKey) -> None:
    whole = typeset("permit")
    pdf = bytearray(signed_by(key))
    pdf[len(whole) // 2] ^= 1
    state = signature_state(bytes(pdf), roots=[key.certificate])
    assert state is not None
    assert not state.intact


def test_another_root_does_not_trust_it(key: SigningKey, tmp_path: Path) -> None:
    state = signature_state(signed_by(key), roots=[authority_pair(tmp_path).certificate])
    assert state is not None
    assert state.intact
    assert not state.trusted


def test_an_unsigned_paper_has_no_state(key: SigningKey) -> None:
    assert signature_state(typeset("permit"), roots=[key.certificate]) is None


def test_rsa_key_of_an_authority_signs_too(tmp_path: Path) -> None:
    pair = authority_pair(tmp_path)
    state = signature_state(signed_by(pair), roots=[pair.certificate])
    assert state is not None
    assert state.intact
    assert state.trusted


def test_a_time_stamp_makes_it_b_t(key: SigningKey, tmp_path: Path) -> None:
    service = authority_pair(tmp_path, usage=ExtendedKeyUsageOID.TIME_STAMPING)
    certificate = x509.load_pem_x509_certificate(service.certificate.read_bytes())
    private = serialization.load_pem_private_key(service.key.read_bytes(), None)
    stamper = DummyTimeStamper(
        tsa_cert=asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        tsa_key=asn1_keys.PrivateKeyInfo.load(private.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())),
    )
    stamped = PdfFileReader(io.BytesIO(signed_by(key, timestamper=stamper))).embedded_regular_signatures[0]
    token = find_unique_cms_attribute(stamped.signer_info["unsigned_attrs"], "signature_time_stamp_token")
    assert token["content"]["encap_content_info"]["content_type"].native == "tst_info"
    assert timestamper("") is None


def test_development_key_says_so_and_stays(key: SigningKey) -> None:
    before = key.certificate.read_bytes(), key.key.read_bytes()
    ensure_development_key(key)
    assert (key.certificate.read_bytes(), key.key.read_bytes()) == before
    name = x509.load_pem_x509_certificate(before[0]).subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    assert name == "来华 开发用证书 DEVELOPMENT ONLY"
    assert is_development(key)
    assert key.key.stat().st_mode & 0o777 == 0o600


def test_a_start_that_was_killed_between_key_and_certificate_is_completed(key: SigningKey) -> None:
    key.certificate.unlink()
    ensure_development_key(key)
    state = signature_state(signed_by(key), roots=[key.certificate])
    assert state is not None
    assert state.trusted


def test_missing_key_names_the_file(key: SigningKey) -> None:
    with pytest.raises(SigningKeyMissing, match=r"nothing\.key"):
        signed_by(replace(key, key=key.key.with_name("nothing.key")))


class TestSigningFaults:
    @pytest.fixture(autouse=True)
    def _outside_the_demo(self, settings: object) -> None:
        settings.DEMO = False  # type: ignore[attr-defined]
        self.settings = settings

    def faults(self, pair: SigningKey) -> list[str]:
        self.settings.SIGNING_CERTIFICATE, self.settings.SIGNING_KEY = pair.certificate, pair.key  # type: ignore[attr-defined]
        return signing_faults()

    def test_development_key_is_refused(self, key: SigningKey) -> None:
        assert any("development" in fault for fault in self.faults(key))

    def test_an_authority_s_own_is_accepted(self, tmp_path: Path) -> None:
        assert self.faults(authority_pair(tmp_path)) == []

    def test_missing_expired_foreign_and_open_keys_are_named(self, key: SigningKey, tmp_path: Path) -> None:
        old = authority_pair(tmp_path, days=-1)
        assert any("expired" in fault for fault in self.faults(old))
        assert any("does not belong" in fault for fault in self.faults(replace(old, key=key.key)))
        old.key.chmod(0o644)
        assert any("chmod 600" in fault for fault in self.faults(old))
        assert any("is not there" in fault for fault in self.faults(replace(old, key=tmp_path / "none")))
