"""ACC-15: what a portal did not sign for us, for this sign-in, now, is refused."""

import json
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from laihua.accounts.portals.definitions import Portal
from laihua.accounts.portals.oidc import Errand, Forged, checked
from laihua.kernel.texts import Text

PORTAL = Portal("p", Text("门户", "Portal"), "oidc", "https://portal.example", "work_system", client_id="hall",
                client_secret="secret-of-the-hall-that-is-long-enough")
ERRAND = Errand("state", "nonce-1", "verifier")
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def published(key: rsa.RSAPrivateKey = KEY) -> dict[str, Any]:
    held = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    return {"keys": [{**held, "kid": "k1", "use": "sig", "alg": "RS256"}]}


def claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    made = {"iss": PORTAL.address, "aud": "hall", "sub": "G-1", "exp": now + 300, "iat": now, "nonce": "nonce-1", **changes}
    return {name: value for name, value in made.items() if value is not None}


def signed(key: Any = KEY, algorithm: str = "RS256", kid: str = "k1", **changes: Any) -> str:
    return jwt.encode(claims(**changes), key, algorithm=algorithm, headers={"kid": kid})


def test_a_true_answer_names_its_user() -> None:
    assert checked(PORTAL, signed(), nonce=ERRAND.nonce, keys=published())["sub"] == "G-1"


FORGED: dict[str, Callable[[], str]] = {
    "another portal": lambda: signed(iss="https://evil.example"),
    "another client": lambda: signed(aud="other"),
    "authorised for another": lambda: signed(azp="other"),
    "run out": lambda: signed(exp=int(time.time()) - 60),
    "without an end": lambda: signed(exp=None),
    "without a user": lambda: signed(sub=None),
    "another sign-in": lambda: signed(nonce="nonce-2"),
    "without nonce": lambda: signed(nonce=None),
    "another key": lambda: signed(OTHER),
    "unknown key": lambda: signed(kid="k2"),
    "not signed": lambda: signed(None, "none"),
    "signed with our secret": lambda: signed(PORTAL.client_secret, "HS256"),
    "changed after signing": lambda: signed()[:-8] + "AAAAAAAA",
    "no token": lambda: "",
    "not a token": lambda: "a.b.c",
}


@pytest.mark.req("ACC-15")
@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
def test_a_forged_answer_is_refused(token: Callable[[], str]) -> None:
    with pytest.raises(Forged):
        checked(PORTAL, token(), nonce=ERRAND.nonce, keys=published())


def test_every_errand_is_new() -> None:
    first, second = Errand.new(), Errand.new()
    assert not {first.state, first.nonce, first.verifier} & {second.state, second.nonce, second.verifier}
    assert 43 <= len(first.verifier) <= 128      # RFC 7636, section 4.1
