"""What is installed is what was chosen: pinned by hash, from no named address, under a free licence."""

import re
from importlib import metadata
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).resolve().parent.parent.parent / "requirements"
LOCKS = ("base.txt", "dev.txt")


def blocks(lock: str) -> list[str]:
    text = (REQUIREMENTS / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_part_is_pinned_by_hash_and_names_no_address(lock: str) -> None:
    assert blocks(lock)
    for block in blocks(lock):
        assert re.match(r"[\w.\-]+(\[[\w,\-]+\])?==", block), block
        assert "--hash=sha256:" in block, block
        assert "://" not in block
        assert "index" not in block.split("--hash")[0].split(";")[0].split("==")[1]


def test_both_locks_agree() -> None:
    base, dev = ({block.split()[0] for block in blocks(lock)} for lock in LOCKS)
    assert base <= dev


@pytest.mark.parametrize("name", sorted({re.split(r"[\[=]", block)[0] for block in blocks("base.txt")}))
def test_no_part_is_under_a_strict_copyleft_licence(name: str) -> None:
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return  # a part for another system
    told = " ".join([about.get("License-Expression") or "", (about.get("License") or "")[:200],
                     *(c for c in about.get_all("Classifier") or [] if c.startswith("License"))])
    assert not re.search(r"\bA?GPL|Affero|(?<!Lesser )General Public", told.replace("LGPL", "")), told


def chosen() -> list[str]:
    lines = (REQUIREMENTS / "base.in").read_text(encoding="utf-8").splitlines()
    return [re.split(r"[\[=#\s]", line)[0] for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("name", chosen())
def test_every_part_is_used(name: str) -> None:
    """By an import, or by its name in the settings."""
    provided = [m for m, owners in metadata.packages_distributions().items() if name.lower() in map(str.lower, owners)]
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("laihua", "config", "simulators") for path in (REQUIREMENTS.parent / folder).rglob("*.py")
    )
    assert any(re.search(rf"\b{module}", sources, re.IGNORECASE) for module in provided), provided
