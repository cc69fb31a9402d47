"""The file of portals: every fault names its place and its remedy."""

from pathlib import Path

import pytest

from laihua.accounts.portals.definitions import Portal, PortalsFault, identity, portals
from laihua.kernel.texts import Text

GOOD = """
- {id: one, title: {zh: 一, en: One}, protocol: oidc, address: https://one.example/, client_id: hall, system: work_system}
- {id: two, title: {zh: 二, en: Two}, protocol: cas3, address: https://two.example, system: expert_projects}
"""


def read(tmp_path: Path, text: str) -> dict[str, Portal]:
    path = tmp_path / "portals.yaml"
    path.write_text(text, encoding="utf-8")
    return portals(path)


def test_none_without_a_file() -> None:
    assert portals(None) == {}


def test_portals_are_read(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    assert [*found] == ["one", "two"]
    assert found["one"].address == "https://one.example"


@pytest.mark.parametrize(("old", "new", "told"), [
    ("protocol: oidc", "protocol: saml", "protocol: one of"),
    ("id: two", "id: one", "same id"),
    ("client_id: hall, ", "", "client_id"),
    ("address: https://two.example", "address: two.example", "address"),
    ("system: expert_projects", "colour: red", "Needed"),
    ("protocol: cas3", "protocol: cas3, lands: moon", "lands"),
    ("protocol: cas3", "protocol: cas3, claims: {shoe: size}", "claims"),
    ("- {id: one", "- {{", "cannot be read"),
    (GOOD, "id: one", "must be a list"),
])
def test_faults_are_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(PortalsFault, match=told):
        read(tmp_path, GOOD.replace(old, new, 1))


def test_only_text_is_taken_over() -> None:
    portal = Portal("p", Text("门", "P"), "oidc", "https://p.example", "s", claims={"name": "real_name"})
    found = identity(portal, "u", {
        "real_name": " 示例 ", "name": "别处", "kind": "admin", "credit_code": "9131 0115ma1hexam5r",
        "document_number": ["1"], "certificate": "yes", "phone": 13800001234, "is_staff": True,
    })
    assert (found.name, found.kind, found.credit_code, found.document_number, found.certificate, found.phone) == (
        "示例", "natural", "91310115MA1HEXAM5R", "", False, "13800001234")
    assert "示例" not in repr(found)
