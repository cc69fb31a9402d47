"""Which portals there are, and what one of them says about its user.

    - id: one_network
      title: {zh: 一网通办, en: One-network portal}
      protocol: oidc                      # oidc, cas3 or cas2
      address: https://portal.example     # issuer, or where /login and /serviceValidate stand
      client_id: …                        # oidc
      client_secret: …
      system: work_system                 # the business system that one enters
      lands: unit                         # unit: the unit's session of SES-1; account: straight into the account
      claims: {name: real_name}           # where the portal calls something by another name
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from laihua.kernel.texts import Text

PROTOCOLS = ("oidc", "cas2", "cas3")
LANDINGS = ("unit", "account")
CLAIMS = (
    "kind", "name", "document_type", "document_number", "phone", "unit_name", "credit_code", "certificate",
    "representative",
)


class PortalsFault(Exception):
    """The file of portals cannot be used. Says where, what and how to mend it."""


@dataclass(frozen=True, slots=True)
class Portal:
    id: str
    title: Text
    protocol: str
    address: str
    system: str
    lands: str = "account"
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    claims: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PortalIdentity:
    """What a portal asserts about its user. `certificate`: he signed in with the unit's certificate (法人一证通)."""

    portal: str
    user_id: str
    kind: str = "natural"
    name: str = field(default="", repr=False)
    document_type: str = ""
    document_number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    unit_name: str = ""
    credit_code: str = ""
    certificate: bool = False
    representative: str = field(default="", repr=False)


def identity(portal: Portal, user_id: str, claims: Mapping[str, Any]) -> PortalIdentity:
    """Only text and truth values are taken over, each cut to a sane length; everything else a portal sends is left."""
    def said(name: str) -> str:
        value = claims.get(portal.claims.get(name, name), "")
        return str(value).strip()[:200] if isinstance(value, str | int) and not isinstance(value, bool) else ""

    certificate = claims.get(portal.claims.get("certificate", "certificate"))
    return PortalIdentity(
        portal=portal.id, user_id=user_id, kind="legal" if said("kind") == "legal" else "natural", name=said("name"),
        document_type=said("document_type"), document_number="".join(said("document_number").split()).upper(),
        phone=said("phone"), unit_name=said("unit_name"), credit_code="".join(said("credit_code").split()).upper()[:18],
        certificate=certificate in (True, "true", "1"), representative=said("representative"),
    )


@lru_cache
def portals(path: Path | None) -> dict[str, Portal]:
    """Every portal of the file by its id; none without a file. Raises PortalsFault."""
    if path is None:
        return {}
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise PortalsFault(f"{path}: cannot be read: {fault}") from None
    if not isinstance(rows, list):
        raise PortalsFault(f"{path}: must be a list of portals, each beginning with “- id: …”")
    found = [_portal(path, number, row) for number, row in enumerate(rows, 1)]
    if len({portal.id for portal in found}) < len(found):
        raise PortalsFault(f"{path}: two portals have the same id. Give each its own.")
    return {portal.id: portal for portal in found}


def _portal(path: Path, number: int, row: Any) -> Portal:
    place = f"{path}: portal {number}"
    if not isinstance(row, dict):
        raise PortalsFault(f"{place}: must be a mapping with id, title, protocol, address, system")
    try:
        portal = Portal(
            id=str(row.pop("id")), title=Text(**row.pop("title")), protocol=str(row.pop("protocol")),
            address=str(row.pop("address")).rstrip("/"), system=str(row.pop("system")), **row,
        )
    except (KeyError, TypeError) as fault:
        raise PortalsFault(f"{place}: {fault}. Needed: id, title (zh, en), protocol, address, system.") from None
    address = urlsplit(portal.address)
    faults = [
        (not portal.id.replace("_", "").isalnum(), "id: letters, digits and _ only"),
        (portal.protocol not in PROTOCOLS, f"protocol: one of {', '.join(PROTOCOLS)}"),
        (portal.lands not in LANDINGS, f"lands: one of {', '.join(LANDINGS)}"),
        (address.scheme not in ("https", "http") or not address.netloc, "address: must begin with https://"),
        (portal.protocol == "oidc" and not portal.client_id, "client_id: OpenID Connect needs it"),
        (not set(portal.claims) <= set(CLAIMS), f"claims: knows {', '.join(CLAIMS)}"),
    ]
    for wrong, remedy in faults:
        if wrong:
            raise PortalsFault(f"{place}: {remedy}")
    return portal
