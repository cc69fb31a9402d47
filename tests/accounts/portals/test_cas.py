"""ACC-15: the answers of a CAS server, after its protocol specification."""

import pytest

from laihua.accounts.portals.cas import answered, identify
from laihua.accounts.portals.definitions import Portal
from laihua.accounts.portals.http import PortalDown
from laihua.accounts.portals.oidc import Forged
from laihua.kernel.texts import Text

PORTAL = Portal("p", Text("门户", "Portal"), "cas3", "http://127.0.0.1:9", "work_system")
RESPONSE = '<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">{}</cas:serviceResponse>'
SUCCESS = RESPONSE.format(
    "<cas:authenticationSuccess><cas:user> G-1 </cas:user><cas:attributes><cas:unit_name>示例公司</cas:unit_name>"
    "</cas:attributes></cas:authenticationSuccess>"
)


def test_user_and_attributes_are_read() -> None:
    assert answered(SUCCESS.encode()) == ("G-1", {"unit_name": "示例公司"})


def test_protocol_2_has_no_attributes() -> None:
    body = RESPONSE.format("<cas:authenticationSuccess><cas:user>G-1</cas:user></cas:authenticationSuccess>")
    assert answered(body.encode()) == ("G-1", {})


@pytest.mark.parametrize("body", [
    RESPONSE.format('<cas:authenticationFailure code="INVALID_TICKET">no</cas:authenticationFailure>'),
    RESPONSE.format("<cas:authenticationSuccess><cas:user></cas:user></cas:authenticationSuccess>"),
    RESPONSE.format(f"<cas:authenticationSuccess><cas:user>{'x' * 201}</cas:user></cas:authenticationSuccess>"),
    "<authenticationSuccess><user>G-1</user></authenticationSuccess>",
    RESPONSE.replace("www.yale.edu", "evil.example").format(
        "<cas:authenticationSuccess><cas:user>G-1</cas:user></cas:authenticationSuccess>"),
])
@pytest.mark.req("ACC-15")
def test_what_is_no_success_lets_nobody_in(body: str) -> None:
    with pytest.raises(Forged):
        answered(body.encode())


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe", b"yes\nG-1",
                                  b'<!DOCTYPE a [<!ENTITY b "c">]>' + SUCCESS.encode()])
def test_what_is_no_answer_counts_as_no_answer(body: bytes) -> None:
    with pytest.raises(PortalDown):
        answered(body)


@pytest.mark.parametrize("ticket", ["", "PT-1", "ST-" + "x" * 300])
def test_what_is_no_ticket_is_not_even_asked_about(ticket: str) -> None:
    with pytest.raises(Forged):
        identify(PORTAL, ticket, "https://hall.example/back/")


def test_a_portal_that_is_away() -> None:
    with pytest.raises(PortalDown):
        identify(PORTAL, "ST-1", "https://hall.example/back/")
