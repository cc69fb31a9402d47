"""Imports run downwards only, and a service sees nothing of the hall but the hook API."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("accounts", "units", "notifications", "bulletins", "prechecks", "catalog", "cases", "permits")
DOORS = {"actions", "queries", "events"}
VALUES = {
    "bulletins": {"safe_html"},
    "accounts": {"identity.documents", "identity.questions", "permissions", "totp"},
    "catalog": {"cascades", "compiled", "definitions", "documents", "first_page", "gaps", "hooks", "proceedings", "registry",
                "simulation", "values"},
    "cases": {"prints"}, "permits": {"permissions"},
    "prechecks": {"checks", "comparing", "document", "findings", "gate", "kind", "lists", "pages", "reading", "remembered", "words"},
    "units": {"legal_information"},
}


def sources(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Those of the running program: a name that only an annotation needs does not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    annotations = {
        id(inner) for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in annotations:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def test_import_order() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_app_is_entered_by_its_doors() -> None:
    """Another app's actions, queries and events, and the few modules of plain values; never its models or rules."""
    wrong = []
    for path in sources(ROOT / "laihua"):
        own = path.relative_to(ROOT / "laihua").parts[0]
        if own == "commands":
            continue
        for line, name in imported(path):
            parts = name.split(".")
            foreign = parts[0] == "laihua" and len(parts) > 2 and parts[1] in APPS and parts[1] != own
            if foreign and not {parts[2], ".".join(parts[2:4])} & (DOORS | VALUES.get(parts[1], set())):
                wrong.append(f"{path.relative_to(ROOT)}:{line}: {name}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", sources(ROOT / "services"), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_service_sees_only_the_hook_api(path: Path) -> None:
    seen = {name for _, name in imported(path) if name.split(".")[0] in {"laihua", "django", "config"}}
    assert all(name.startswith("laihua.catalog.hooks") for name in seen), seen
