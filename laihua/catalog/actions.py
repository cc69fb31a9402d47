"""Brings the services of the tree into the database."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.db import connection, transaction

from laihua.catalog.checks import load_all
from laihua.catalog.folders import Folder
from laihua.catalog.loader import NotLoadable
from laihua.catalog.models import ServiceFile, ServiceVersion

SERVICES = Path(__file__).resolve().parents[2] / "services"
LOCK = 7_240_011


@transaction.atomic
def sync(*, at: datetime, services: Path = SERVICES) -> list[str]:
    """A changed folder becomes a new version, a known one becomes current again, one without a folder can no longer be started.

    Safe to repeat and to run twice at once. Raises NotLoadable with every fault of every folder, and then changes nothing.
    Returns the ids of the services whose current version changed.
    """
    loaded = load_all(services)
    faults = [fault for one in loaded for fault in one.faults]
    if faults:
        raise NotLoadable(faults)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    current = {v.service_id: v for v in ServiceVersion.objects.filter(is_current=True).defer("definition")}
    changed = []
    for one in loaded:
        if one.service is None:
            continue
        known = current.pop(one.service.id, None)
        if known is None or known.sha256 != one.folder.digest:
            _make_current(one.service.id, one.folder, at)
            changed.append(one.service.id)
    ServiceVersion.objects.filter(service_id__in=current).update(is_current=False)
    return changed + sorted(current)


def _make_current(service_id: str, folder: Folder, at: datetime) -> None:
    ServiceVersion.objects.filter(service_id=service_id, is_current=True).update(is_current=False)
    for digest in set(folder.binaries.values()):
        content = folder.read(digest)
        if sha256(content).hexdigest() == digest:
            ServiceFile.objects.get_or_create(sha256=digest, defaults={"content": content})
    version, is_new = ServiceVersion.objects.get_or_create(
        service_id=service_id, sha256=folder.digest, defaults={"definition": folder.as_data(), "created_at": at},
    )
    if not is_new:
        ServiceVersion.objects.filter(id=version.id).update(is_current=True)
