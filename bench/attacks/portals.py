"""ACC-15: answers that the portal did not give us, or not for this sign-in; tokens alone, and through a running portal."""

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bench.attacks.scene import Row, Scene, in_words, signed_in, timed

PORTALS, USER, DOCUMENT = ("one_network", "talent_platform"), "P-2001", "310101199003070019"


def run(scene: Scene, *, running: bool) -> list[Row]:
    return [forged(), *(through_a_portal(scene) if running else [])]


def forged() -> Row:
    from laihua.accounts.portals.oidc import ALGORITHMS, Forged, checked
    from tests.accounts.portals import test_oidc as made

    with timed() as seconds:
        through = []
        for how, token in made.FORGED.items():
            try:
                checked(made.PORTAL, token(), nonce=made.ERRAND.nonce, keys=made.published())
                through.append(how)
            except Forged:
                continue
        assert checked(made.PORTAL, made.signed(), nonce=made.ERRAND.nonce, keys=made.published()), "a true one is taken"
        return Row(f"Forged ID tokens: {', '.join(made.FORGED)}", len(made.FORGED),
                   f"signature ({', '.join(ALGORITHMS)}), issuer, audience, time, nonce", ", ".join(through) or "none", not through,
                   seconds())


def through_a_portal(scene: Scene) -> list[Row]:
    from django.test import override_settings

    from laihua.accounts.models import Account
    from simulators.portal.furnish import definitions
    from tests.portal.account.portal_simulator import HALL
    from tests.portal.account.portal_simulator import running as simulator

    Account.objects.create(kind="natural", login_name="portal_known", name_zh="沈知遥", document_type="resident_id",
                           document_number=DOCUMENT, document_index=DOCUMENT, real_name_status="passed", created_at=scene.at)
    with tempfile.TemporaryDirectory() as folder, simulator(Path(folder)) as address:
        data = Path(folder)
        (data / "portals.yaml").write_text(definitions(address, data), encoding="utf-8")
        with override_settings(PORTALS=data / "portals.yaml", PUBLIC_URL=HALL):
            return [row for portal in PORTALS for row in attacked(scene, portal)]


def attacked(scene: Scene, portal: str) -> list[Row]:
    from laihua.accounts.portals.sign_in import VALID_FOR
    from tests.portal.account.portal_simulator import through

    def left(client: Any) -> str:
        return str(client.get(f"/portals/{portal}/")["Location"])

    def came_back() -> tuple[Any, str]:
        client = scene.browser()
        return client, through(left(client), USER)

    def replayed() -> bool:
        client, back = came_back()
        assert client.get(back).status_code == 302
        assert signed_in(client)
        client.post("/sign-out/")
        client.get(back)
        return signed_in(client)

    def somebody_else_s() -> bool:
        _, back = came_back()
        victim = scene.browser(1)
        victim.get(back)
        first = signed_in(victim)
        left(victim)
        victim.get(back)
        return first or signed_in(victim)

    def stolen_code() -> bool:
        """The attacker's own state, with the code or ticket that the portal made for somebody else."""
        _, back = came_back()
        thief = scene.browser(1)
        mine, theirs = state_of(left(thief)), {key: values[0] for key, values in parse_qs(urlsplit(back).query).items()}
        thief.get(f"/portals/{portal}/back/", {**theirs, "state": mine})
        return signed_in(thief)

    def late() -> bool:
        with scene.day() as clock:
            client = scene.browser()
            back = through(left(client), USER)
            clock.forward(VALID_FOR * 1.01)
            client.get(back)
            return signed_in(client)

    def fixed() -> bool:
        client = scene.browser()
        left(client)
        before = client.session.session_key
        client.get(through(left(client), USER))
        assert signed_in(client)
        return bool(client.session.session_key == before)

    tried = (
        ("An answer replayed in the same browser", replayed, "an errand is good for one return"),
        ("An answer made for the attacker, led to by the victim (login CSRF), also while he is at the portal", somebody_else_s,
         "the state stands in the session that left"),
        ("A stolen code or ticket with a state of one’s own", stolen_code, "PKCE verifier, or the service address of the ticket"),
        (f"An answer after {in_words(VALID_FOR)}", late, f"an errand lasts {in_words(VALID_FOR)}"),
        ("A session id kept through the sign-in", fixed, "a new id at sign-in"),
    )
    rows = []
    for attack, carry_out, stops in tried:
        with timed() as seconds:
            entered = carry_out()
            rows.append(Row(f"{attack} ({portal})", 1, stops, "through" if entered else "refused", not entered, seconds()))
    return rows


def state_of(address: str) -> str:
    query = parse_qs(urlsplit(address).query)
    return query["state"][0] if "state" in query else parse_qs(urlsplit(query["service"][0]).query)["state"][0]
