"""Services as they are now, and as running cases know them."""

from functools import lru_cache
from uuid import UUID

from laihua.catalog import conditions, reference
from laihua.catalog.compiled import Definition
from laihua.catalog.consents import Purpose, asked_at, purposes
from laihua.catalog.definitions import Choice, Service
from laihua.catalog.first_page import Statement
from laihua.catalog.folders import from_data
from laihua.catalog.loader import definition_of
from laihua.catalog.models import ServiceFile, ServiceVersion
from laihua.catalog.names import Names
from laihua.catalog.roster_columns import ListRow, StaffList, read_staff
from laihua.catalog.roster_columns import columns as staff_columns
from laihua.catalog.vocabulary import vocabulary

__all__ = ["ListRow", "Purpose", "StaffList", "asked_at", "purposes", "read_staff", "staff_columns"]


class NoSuchService(LookupError):
    """No service of this id can be started now."""


def current(service_id: str) -> Definition:
    """The version that a new case begins with. One small statement. Raises NoSuchService."""
    id = ServiceVersion.objects.filter(service_id=service_id, is_current=True).values_list("id", flat=True).first()
    if id is None:
        raise NoSuchService(service_id)
    return version(id)


@lru_cache(maxsize=256)
def version(version_id: UUID) -> Definition:
    """Compiled once per process. Versions never change, so nothing goes stale. Raises ServiceVersion.DoesNotExist."""
    row = ServiceVersion.objects.get(id=version_id)
    return definition_of(from_data(row.service_id, row.definition, _content), row.id)


def services() -> list[Definition]:
    """All services that can be started, by heading and id. One small statement."""
    ids = ServiceVersion.objects.filter(is_current=True).order_by("service_id").values_list("id", flat=True)
    return sorted((version(id) for id in ids), key=lambda d: (d.service.family.en, d.service.id))


def serving(need: str) -> Service | None:
    """The service that the hall's own pages lead to for this need (`serves`), such as `real_name_person`."""
    return next((definition.service for definition in services() if need and definition.service.serves == need), None)


def statements(definition: Definition, names: Names) -> list[Statement]:
    """What is read and ticked on the first page by whoever gave these answers there."""
    page, words = definition.service.before, vocabulary(definition.service)
    return [
        s for s in (page.statements if page else ())
        if not s.when or names.holds(conditions.compile(s.when, words.of("", ""), words.members))
    ]


def choices(name: str) -> tuple[Choice, ...]:
    """A list of `reference/`, for pages that are no service."""
    return reference.lists()[name]


def _content(digest: str) -> bytes:
    return bytes(ServiceFile.objects.values_list("content", flat=True).get(sha256=digest))
