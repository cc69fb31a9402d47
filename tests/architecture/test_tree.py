"""What the tree promises: names, sizes, direction of foreign keys, services as data, paths in documents."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, OneToOneField

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = sorted(
    path for folder in ("laihua", "config", "services", "bench", "simulators") for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
ORDER = ["kernel", "accounts", "units", "notifications", "bulletins", "prechecks", "catalog", "cases", "permits", "api", "portal"]
LONGEST = 400


def test_no_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert not [str(path.relative_to(ROOT)) for path in SOURCES if drawers & {path.stem, *path.parent.parts}]


def test_a_long_file_is_a_table_of_data() -> None:
    """Past 400 lines a file must consist of one table; the longest one here says so in its first line."""
    long = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert not [f"{path.relative_to(ROOT)}: {n} lines" for path, n in long.items() if n > LONGEST]


def level(label: str) -> int:
    name = next((config.name for config in apps.get_app_configs() if config.label == label), label)
    part = name.split(".")[1] if name.startswith("laihua.") else ""
    return ORDER.index(part) if part in ORDER else -1


def test_foreign_keys_point_downwards() -> None:
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for config in apps.get_app_configs() if config.name.startswith("laihua.")
        for model in config.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | OneToOneField | ManyToManyField) and not isinstance(field.related_model, str)
        and level(field.related_model._meta.app_label) > level(model._meta.app_label)
    ]
    assert not wrong, "\n".join(wrong)


def service_ids() -> list[str]:
    folders = [path.parent for path in (ROOT / "services").rglob("service.yaml")]
    return [".".join(folder.relative_to(ROOT / "services").parts) for folder in folders]


@pytest.mark.req("OPS-4")
def test_no_code_outside_services_names_a_service() -> None:
    """The demo may: it says which services its people use."""
    code = [path for path in SOURCES if "services" not in path.relative_to(ROOT).parts[:1]]
    code += sorted((ROOT / "laihua").rglob("*.html"))
    demo = ROOT / "laihua" / "portal" / "operator" / "demo"
    wrong = [
        f"{path.relative_to(ROOT)} names {service}"
        for path in code if demo not in path.parents and ROOT / "bench" not in path.parents
        for service in service_ids() if re.search(rf"\b{re.escape(service)}\b", path.read_text(encoding="utf-8"))
    ]
    assert service_ids()
    assert not wrong, "\n".join(wrong)


def documents() -> list[Path]:
    return [path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")) if path.name != "CHANGELOG.md"]


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_paths_in_documents_exist(document: Path) -> None:
    """`a/path` in backquotes, and targets of links. One with <>, * or … in it is a pattern and not looked up."""
    text = document.read_text(encoding="utf-8")
    named = {
        path for path in re.findall(r"`([\w.\-/]+)`", text)
        if "/" in path and path.split("/")[0] in {"laihua", "config", "services", "reference", "tests", "docs", "bench",
                                                   "requirements", "tools", ".ci"}
    }
    linked = set(re.findall(r"\]\(([^)#:\s]+)[^):]*\)", text))
    missing = [path for path in named if not (ROOT / path).exists()]
    missing += [path for path in linked if not (document.parent / path).exists()]
    assert not missing
