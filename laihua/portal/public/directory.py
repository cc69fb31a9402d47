"""The service catalogue as the home page shows it: searched, filtered, grouped. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from laihua.catalog.definitions import Limit, Service
from laihua.kernel.texts import Text
from laihua.portal.public.searching import Found, search

AUDIENCES: dict[str, Text] = {
    "unit": Text("我是单位", "For employers"),
    "person": Text("我是个人", "For individuals"),
    "agency": Text("我是代理机构", "For agencies"),
}
STARTERS: dict[str, Text] = {
    "unit": Text("用人单位", "Employer"),
    "person": Text("个人", "Individual"),
    "visitor": Text("登不上账号的人", "Anyone who cannot sign in"),
    "agency": Text("代理机构", "Agency"),
}


@dataclass(frozen=True, slots=True)
class Family:
    key: str
    title: Text
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """`total` counts what matches audience, life event and search; `shown` are the families left by the chosen category.

    `events`: each life event with how many of those services it leads to, were it chosen. `found`: what the search says.
    """

    total: int
    families: tuple[Family, ...]
    shown: tuple[Family, ...]
    events: tuple[tuple[str, Text, int], ...]
    found: Found


def directory(
    services: Sequence[Service], *, audience: str = "", family: str = "", words: str = "", event: str = "",
    events: Mapping[str, Text] | None = None,
) -> Directory:
    """`events`: the labels of life events by code, in their order."""
    known = events or {}
    found = search(services, words, known)
    asked = [s for s in services if s.id in found.hits and (not audience or is_for(s, audience))]
    matching = [s for s in asked if not event or event in s.life_events]
    if words:
        matching.sort(key=lambda s: -found.hits[s.id].score)
    keys = dict.fromkeys(family_key(s) for s in matching)
    families = tuple(_family(key, matching) for key in keys)
    counts = ((code, label, sum(code in s.life_events for s in asked)) for code, label in known.items())
    return Directory(
        len(matching), families, tuple(f for f in families if not family or f.key == family),
        tuple(row for row in counts if row[2] or row[0] == event), found,
    )


def is_for(service: Service, audience: str) -> bool:
    """An agency files what a unit starts, under a delegation."""
    if audience == "agency":
        return "unit" in service.starts and service.enrols is None
    return {"unit": "legal", "person": "natural"}[audience] in service.audience


def in_order(services: Sequence[Service], systems: Sequence[str]) -> list[Service]:
    """As the hall lists its business systems, what belongs to none of them last; in each the largest heading first.

    Under a heading stands first what begins something, then what goes on from it.
    """
    sizes = Counter(family_key(s) for s in services)
    place = {key: n for n, key in enumerate(systems)}
    return sorted(services, key=lambda s: (
        place.get(s.system, len(place)), -sizes[family_key(s)], s.family.en, s.about is not None, s.id))


def often_used(services: Sequence[Service], decided: Mapping[str, int], most: int) -> list[Service]:
    """What was decided most in the last months; before there are figures, what comes first and leads into no system."""
    used = sorted((s for s in services if s.id in decided), key=lambda s: -decided[s.id])
    return [*used, *(s for s in services if s.id not in decided and s.enrols is None)][:most]


def family_key(service: Service) -> str:
    """The heading as an address has it: services stand under one heading because they say so, wherever their folders are."""
    return slugify(service.family.en)


def limit_text(limit: Limit) -> Text:
    if limit.kind == "working_days":
        return Text(f"{limit.days}个工作日", f"{limit.days} working day{'s' if limit.days != 1 else ''}")
    return Text(f"{limit.days}个自然日", f"{limit.days} calendar day{'s' if limit.days != 1 else ''}")


def starters_text(service: Service) -> Text:
    known = list(dict.fromkeys(STARTERS[who] for who in service.starts if who in STARTERS))
    return Text("或".join(text.zh for text in known), " or ".join(text.en.lower() if i else text.en for i, text in enumerate(known)))


def _family(key: str, services: Sequence[Service]) -> Family:
    members = tuple(s for s in services if family_key(s) == key)
    return Family(key, members[0].family, members)
