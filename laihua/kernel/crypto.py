"""Encryption of single values, bound to the place where they stand.

A value is sealed with AES-256-GCM. Its place (table, column, row) goes in as associated data and into the key that is
derived for it, so a value copied elsewhere does not open, and no key ever sees enough values to repeat a nonce.

    1 byte: length of the key id | key id | 12 bytes nonce | ciphertext and tag

`settings.FIELD_KEYS` maps key ids to keys: the first one seals, all of them open.
"""

import hmac
import os
import re
import unicodedata
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12
INDEX_BYTES = 16


class Undecryptable(Exception):
    """A stored value does not open: its key is not in the ring, it was changed, or it belongs to another place."""


def encrypt(table: str, column: str, pk: UUID, plaintext: bytes) -> bytes:
    """What is written into the column of that row."""
    return seal(place(table, column, pk), plaintext)


def decrypt(table: str, column: str, pk: UUID, ciphertext: bytes) -> bytes:
    """Raises Undecryptable, naming the place and never the value."""
    try:
        return unseal(place(table, column, pk), ciphertext)
    except Undecryptable as fault:
        raise Undecryptable(f"{table}.{column} of {pk}: {fault}") from None


def place(table: str, column: str, pk: UUID) -> bytes:
    if not isinstance(pk, UUID):
        raise TypeError(f"{table}.{column}: an encrypted value needs a row with a UUID, not {type(pk).__name__}")
    return b"\0".join((table.encode(), column.encode(), pk.bytes))


def seal(where: bytes, plaintext: bytes) -> bytes:
    """`where` is any name of the place; the same one opens it."""
    key_id = next(iter(settings.FIELD_KEYS))
    nonce = os.urandom(NONCE)
    label = key_id.encode()
    return bytes((len(label),)) + label + nonce + _cipher(key_id, where).encrypt(nonce, plaintext, where)


def unseal(where: bytes, sealed: bytes) -> bytes:
    sealed = bytes(sealed)
    start = 1 + sealed[0] if sealed else 1
    if len(sealed) < start + NONCE + 16:
        raise Undecryptable("this is no encrypted value")
    key_id = sealed[1:start].decode("ascii", "replace")
    if key_id not in settings.FIELD_KEYS:
        raise Undecryptable(f"key {key_id!r} is not among LAIHUA_FIELD_KEYS; add the old key behind the current one")
    try:
        return _cipher(key_id, where).decrypt(sealed[start:start + NONCE], sealed[start + NONCE:], where)
    except InvalidTag:
        raise Undecryptable("changed, or copied from another place") from None


def blind_index(kind: str, value: str) -> bytes:
    """16 bytes by which an encrypted value can be found again without being read.

    Notations of the same thing (spaces, case, full width, +86) give the same index. Refuses an empty value: absent
    values are NULL, otherwise all of them would find each other.
    """
    normal = normalised(kind, value)
    if not normal:
        raise ValueError(f"nothing to index as {kind}")
    return hmac.digest(settings.INDEX_KEY, f"{kind}\0{normal}".encode(), "sha256")[:INDEX_BYTES]


def normalised(kind: str, value: str) -> str:
    text = unicodedata.normalize("NFKC", value).strip().casefold()
    if kind == "email":
        return text
    if kind in ("mobile", "phone"):
        digits = re.sub(r"\D", "", text)
        return re.sub(r"^(?:00)?86(?=1\d{10}$)", "", digits)
    return "".join(character for character in text if character.isalnum())


def _cipher(key_id: str, where: bytes) -> AESGCM:
    return AESGCM(hmac.digest(settings.FIELD_KEYS[key_id], where, "sha256"))
