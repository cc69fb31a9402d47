"""CAS protocol 2 and 3 (apereo.github.io/cas, CAS Protocol Specification), as a service of a portal.

CAS knows no state of its own: ours goes into the service address, which the portal binds to the ticket.
"""

from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

from laihua.accounts.portals.definitions import Portal, PortalIdentity, identity
from laihua.accounts.portals.http import PortalDown, fetch
from laihua.accounts.portals.oidc import Forged

NAMESPACE = {"cas": "http://www.yale.edu/tp/cas"}
LONGEST_TICKET = 256


def address(portal: Portal, service: str) -> str:
    return f"{portal.address}/login?{urlencode({'service': service})}"


def identify(portal: Portal, ticket: str, service: str) -> PortalIdentity:
    """Whose ticket this is; a ticket is good once, for this service. Raises PortalDown, Forged."""
    if not ticket.startswith("ST-") or len(ticket) > LONGEST_TICKET:
        raise Forged("ticket")
    path = "/p3/serviceValidate" if portal.protocol == "cas3" else "/serviceValidate"
    body = fetch(f"{portal.address}{path}?{urlencode({'service': service, 'ticket': ticket})}")
    user, attributes = answered(body)
    return identity(portal, user, attributes)


def answered(body: bytes) -> tuple[str, dict[str, Any]]:
    """User and attributes of a serviceResponse. Raises Forged where the portal refuses the ticket."""
    if b"<!" in body:       # no document type, no entities: a serviceResponse has none
        raise PortalDown("doctype")
    try:
        root = ElementTree.fromstring(body)     # noqa: S314  without a document type there is nothing to expand
    except ElementTree.ParseError:
        raise PortalDown("no_xml") from None
    success = root.find("cas:authenticationSuccess", NAMESPACE)
    if root.tag != f"{{{NAMESPACE['cas']}}}serviceResponse" or success is None:
        raise Forged("refused")
    user = (success.findtext("cas:user", "", NAMESPACE) or "").strip()
    if not user or len(user) > 200:
        raise Forged("user")
    held = success.find("cas:attributes", NAMESPACE)
    return user, {child.tag.partition("}")[2]: child.text or "" for child in (held if held is not None else ())}
