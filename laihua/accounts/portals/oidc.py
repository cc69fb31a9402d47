"""OpenID Connect, authorisation code flow with PKCE (RFC 7636), as a client of a portal."""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import jwt

from laihua.accounts.portals.definitions import Portal, PortalIdentity, identity
from laihua.accounts.portals.http import PortalDown, fetch_json

ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Asymmetric ones only: an answer signed with the client's own secret, or not at all, is forged."""
LEEWAY = 30


class Forged(Exception):
    """An answer that the portal did not give to us, for this sign-in, now."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What the session keeps while its user is at the portal."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Errand":
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))


def address(portal: Portal, errand: Errand, back: str) -> str:
    """Where the browser is sent. Raises PortalDown."""
    challenge = base64.urlsafe_b64encode(sha256(errand.verifier.encode()).digest()).rstrip(b"=").decode()
    return f"{_metadata(portal)['authorization_endpoint']}?" + urlencode({
        "response_type": "code", "client_id": portal.client_id, "redirect_uri": back, "scope": "openid profile",
        "state": errand.state, "nonce": errand.nonce, "code_challenge": challenge, "code_challenge_method": "S256",
    })


def identify(portal: Portal, errand: Errand, code: str, back: str) -> PortalIdentity:
    """Who came back with this code. Raises PortalDown, Forged."""
    metadata = _metadata(portal)
    tokens = fetch_json(str(metadata["token_endpoint"]), headers=_basic(portal), form={
        "grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": errand.verifier,
    })
    claims = checked(portal, str(tokens.get("id_token", "")), nonce=errand.nonce, keys=fetch_json(str(metadata["jwks_uri"])))
    about = fetch_json(str(metadata["userinfo_endpoint"]), headers={"Authorization": f"Bearer {tokens.get('access_token')}"})
    if about.get("sub") != claims["sub"]:
        raise Forged("userinfo of another user")
    return identity(portal, str(claims["sub"]), {**claims, **about})


def checked(portal: Portal, id_token: str, *, nonce: str, keys: Mapping[str, Any]) -> dict[str, Any]:
    """The claims of an ID token that this portal signed for us, in this errand, not long ago. Raises Forged."""
    try:
        header = jwt.get_unverified_header(id_token)
        held = jwt.PyJWKSet.from_dict(dict(keys))
        key = next((key for key in held.keys if key.key_id == header.get("kid")), None)
        if key is None:
            raise Forged("unknown key")
        claims: dict[str, Any] = jwt.decode(
            id_token, key.key, algorithms=ALGORITHMS, audience=portal.client_id, issuer=portal.address, leeway=LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise Forged(type(error).__name__) from None
    if not secrets.compare_digest(str(claims.get("nonce", "")), nonce):
        raise Forged("nonce")
    if claims.get("azp", portal.client_id) != portal.client_id:
        raise Forged("azp")
    return claims


def _metadata(portal: Portal) -> dict[str, Any]:
    metadata = fetch_json(f"{portal.address}/.well-known/openid-configuration")
    if metadata.get("issuer") != portal.address:
        raise PortalDown("issuer")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"):
        if urlsplit(str(metadata.get(name, ""))).scheme not in ("https", urlsplit(portal.address).scheme):
            raise PortalDown(name)
    return metadata


def _basic(portal: Portal) -> dict[str, str]:
    pair = f"{quote(portal.client_id, safe='')}:{quote(portal.client_secret, safe='')}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
