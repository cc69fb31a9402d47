"""The environment is read once, whole, and every fault of it is told at once."""

import base64
from pathlib import Path

import pytest

from laihua.kernel.environment import VARIABLES, EnvironmentFault, read

KEY = base64.b64encode(bytes(32)).decode()
COMPLETE = {
    "LAIHUA_SECRET_KEY": "s" * 50,
    "LAIHUA_FIELD_KEYS": f"k2:{KEY},k1:{KEY}",
    "LAIHUA_INDEX_KEY": KEY,
    "LAIHUA_SEAL_KEY": KEY,
    "LAIHUA_SIGNING_CERTIFICATE": "/etc/laihua/signing.crt",
    "LAIHUA_SIGNING_KEY": "/etc/laihua/signing.key",
    "LAIHUA_ALLOWED_HOSTS": "laihua.example, www.laihua.example",
    "LAIHUA_PUBLIC_URL": "https://laihua.example/",
}


def faults_of(source: dict[str, str]) -> list[str]:
    with pytest.raises(EnvironmentFault) as refused:
        read(source)
    return refused.value.faults


def test_everything_missing_is_named_at_once() -> None:
    required = {variable.name for variable in VARIABLES if variable.default is None}
    assert required == set(COMPLETE)
    assert {fault.split()[0] for fault in faults_of({})} == required


def test_missing_and_wrong_values_come_together() -> None:
    faults = faults_of(COMPLETE | {"LAIHUA_SECRET_KEY": "", "LAIHUA_PORT": "99999", "LAIHUA_INDEX_KEY": "eA=="})
    assert [fault.split()[0] for fault in faults] == ["LAIHUA_SECRET_KEY", "LAIHUA_INDEX_KEY", "LAIHUA_PORT"]
    assert "missing" in faults[0]
    assert "32 bytes" in faults[1]
    assert "65535" in faults[2]


def test_a_complete_environment_is_typed() -> None:
    known = read(COMPLETE)
    assert list(known.field_keys) == ["k2", "k1"]
    assert known.allowed_hosts == ("laihua.example", "www.laihua.example")
    assert known.public_url == "https://laihua.example"
    assert known.signing_key == Path("/etc/laihua/signing.key")
    assert (known.port, known.demo, known.trusted_proxies) == (8000, False, ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LAIHUA_DEMO", "maybe"),
        ("LAIHUA_PUBLIC_URL", "laihua.example"),
        ("LAIHUA_DATABASE_URL", "mysql://somewhere/db"),
        ("LAIHUA_FIELD_KEYS", KEY),
        ("LAIHUA_FIELD_KEYS", f"k1:{KEY},k1:{KEY}"),
        ("LAIHUA_SECRET_KEY", "short"),
        ("LAIHUA_PORT", "http"),
    ],
)
def test_a_wrong_value_is_refused_by_name(name: str, value: str) -> None:
    (fault,) = faults_of(COMPLETE | {name: value})
    assert fault.startswith(f"{name} must")


def test_a_mistyped_name_is_not_overlooked() -> None:
    (fault,) = faults_of(COMPLETE | {"LAIHUA_DATABASE": "x"})
    assert fault.startswith("LAIHUA_DATABASE is not a variable")


def test_half_a_provider_is_refused() -> None:
    faults = faults_of(COMPLETE | {"LAIHUA_S3_ENDPOINT": "https://s3.example", "LAIHUA_S3_BUCKET": "files"})
    assert [fault.split()[0] for fault in faults] == ["LAIHUA_S3_ACCESS_KEY", "LAIHUA_S3_SECRET_KEY"]


def test_the_demo_makes_its_keys_once_and_keeps_them_to_itself(tmp_path: Path) -> None:
    source = {"LAIHUA_DEMO": "1", "LAIHUA_DATA": str(tmp_path)}
    first, second = read(source), read(source)
    assert first == second
    assert len(first.index_key) == 32
    files = sorted((tmp_path / "keys").iterdir())
    assert [file.name for file in files] == ["field_keys", "index_key", "seal_key", "secret_key"]
    for file in files:
        assert file.stat().st_mode & 0o077 == 0
        assert "DEVELOPMENT ONLY" in file.read_text()


def test_a_wrong_demo_key_is_told_without_the_key(tmp_path: Path) -> None:
    (fault,) = faults_of({"LAIHUA_DEMO": "1", "LAIHUA_DATA": str(tmp_path), "LAIHUA_INDEX_KEY": "not base64!"})
    assert "not base64!" not in fault
