"""The service catalogue as the home page shows it: searched, filtered, grouped. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from laihua.catalog.definitions import Limit, Service
from laihua.kernel.texts import Text

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
    """`total` counts what matches audience and search; `shown` are the families left by the chosen category."""

    total: int
    families: tuple[Family, ...]
    shown: tuple[Family, ...]


def directory(services: Sequence[Service], *, audience: str = "", family: str = "", words: str = "") -> Directory:
    matching = [s for s in services if (not audience or audience in s.audience) and _matches(s, words)]
    keys = dict.fromkeys(family_key(s) for s in matching)
    families = tuple(_family(key, matching) for key in keys)
    return Directory(len(matching), families, tuple(f for f in families if not family or f.key == family))


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


def _matches(service: Service, words: str) -> bool:
    texts = (service.title, service.short_title, service.summary, service.family)
    heap = " ".join(part for text in texts for part in (text.zh, text.en)).casefold()
    return all(word in heap for word in words.casefold().split())
