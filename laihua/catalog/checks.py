"""All services of the house at once: for `laihua check services`."""

from pathlib import Path

from laihua.catalog import reference
from laihua.catalog.checks_of_following import check_together
from laihua.catalog.definitions import Service
from laihua.catalog.faults import Fault
from laihua.catalog.loader import SERVICE, Loaded, load


def folders_of(services: Path) -> list[Path]:
    """Folders below `services/` that hold a service.yaml, at any depth."""
    return sorted(p.parent for p in services.rglob("service.yaml"))


def load_all(services: Path) -> list[Loaded]:
    return [load(folder) for folder in folders_of(services)]


def check_all(services: Path) -> list[Fault]:
    """Every fault of every folder, and of the code lists. Each prints as file:line: message remedy."""
    faults = reference.check()
    seen: dict[str, str] = {}
    found: dict[str, tuple[str, Service]] = {}
    texts: dict[str, str] = {}
    for loaded in load_all(services):
        faults += loaded.faults
        if loaded.service is None:
            continue
        if loaded.service.id in seen:
            faults.append(Fault(f"{loaded.folder.label}/service.yaml", 1, f"the id stands in {seen[loaded.service.id]} too."))
        seen[loaded.service.id] = loaded.folder.label
        found[loaded.service.id] = loaded.folder.label, loaded.service
        texts[loaded.service.id] = loaded.folder.texts[SERVICE]
    return sorted([*faults, *check_together(found, texts)])
