"""The browser parts in the tree are those of the manifest, and ask nobody else for anything."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "laihua/portal/static/vendor", ROOT / "tests/browser/vendor")
PERMISSIVE = {"MIT", "0BSD", "Apache-2.0", "BSD-3-Clause"}
ICONS = ROOT / "laihua/portal/static/vendor/tabler-icons/tabler-icons.css"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.parent.name)
def test_every_file_is_in_the_manifest_with_its_hash(folder: Path) -> None:
    manifest = json.loads((folder / "MANIFEST.json").read_text())
    there = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*") if path.is_file() and path.name != "MANIFEST.json"
    }
    assert there == {path: row["sha256"] for path, row in manifest.items()}


def test_what_is_served_is_permissively_licensed_and_names_its_version() -> None:
    manifest = json.loads((FOLDERS[0] / "MANIFEST.json").read_text())
    assert {row["licence"] for row in manifest.values()} <= PERMISSIVE
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", row["version"]) for row in manifest.values())


def test_what_is_under_the_apache_licence_carries_its_notice() -> None:
    manifest = json.loads((FOLDERS[0] / "MANIFEST.json").read_text())
    parts = {path.partition("/")[0] for path, row in manifest.items() if row["licence"] == "Apache-2.0"}
    assert parts
    for part in parts:
        assert "Apache Software Foundation" in (FOLDERS[0] / part / "NOTICE").read_text()
        assert "Apache License" in (FOLDERS[0] / part / "LICENSE").read_text()


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in (ROOT / "laihua/portal/static").rglob("*.css"):
        text = path.read_text()
        assert not re.search(r"url\(\s*[\"']?(https?:)?//", text), path
        assert not re.search(r"@import|sourceMappingURL", text), path
    for path in (ROOT / "laihua/portal").rglob("*.html"):
        assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=[\"'](https?:)?//", path.read_text()), path


def test_every_icon_that_is_named_is_in_the_font() -> None:
    known = set(re.findall(r"\.ti-([a-z0-9-]+):before", ICONS.read_text()))
    assert len(known) > 100
    from laihua.portal.statuses import STATUSES

    used = {(status.icon, "statuses.py") for status in STATUSES.values() if status.icon}
    for path in (ROOT / "laihua/portal").rglob("*"):
        if path.suffix in {".html", ".js"} and "vendor" not in path.parts:
            text = path.read_text()
            used |= {(name, path.name) for name in re.findall(r"ti ti-([a-z0-9-]+)(?![a-z0-9{-])", text)}
            used |= {(name, path.name) for name in re.findall(r"<c-icon name=\"([a-z0-9-]+)\"", text)}
    assert {(name, where) for name, where in used if name not in known} == set()


def test_no_page_carries_script_or_style_of_its_own() -> None:
    """The content security policy would refuse it."""
    for path in (ROOT / "laihua/portal").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json)", text), path
        assert not re.search(r"<style\b|\son[a-z]+=[\"']|javascript:", text), path
