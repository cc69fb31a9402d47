"""What a daily seal says, and how it is signed.

A seal is linked to the one before it. Together they cover every chain of every table: whoever changes or cuts off what
was sealed would have to sign all later seals anew, and the key is not in the database. Printing the newest seal
elsewhere protects against the holder of the key as well.
"""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from laihua.kernel.chain import GENESIS, canonical
from laihua.kernel.models import DailySeal

Head = tuple[str, str, int, bytes | memoryview]
"""Table, chain, number and hash of the last record."""


def digest_of_heads(heads: Iterable[Head]) -> bytes:
    total = sha256()
    for table, chain, seq, hash_ in heads:
        total.update(canonical({"table": table, "chain": chain, "seq": seq, "hash": hash_}))
    return total.digest()


def statement(seal: DailySeal) -> bytes:
    """What is signed, and what the next seal is linked to by its hash."""
    return canonical(
        {
            "number": seal.number, "date": seal.date, "sealed_at": seal.sealed_at, "heads": seal.heads,
            "digest": seal.digest, "previous": seal.previous, "public_key": seal.public_key,
        }
    )


def link(seal: DailySeal | None) -> bytes:
    return sha256(statement(seal)).digest() if seal else GENESIS


def signed(*, previous: DailySeal | None, day: date, at: datetime, heads: int, digest: bytes) -> DailySeal:
    key = Ed25519PrivateKey.from_private_bytes(settings.SEAL_KEY)
    seal = DailySeal(
        number=previous.number + 1 if previous else 1, date=day, sealed_at=at, heads=heads, digest=digest,
        previous=link(previous), public_key=public_key(),
    )
    seal.signature = key.sign(statement(seal))
    return seal


def public_key() -> bytes:
    return Ed25519PrivateKey.from_private_bytes(settings.SEAL_KEY).public_key().public_bytes_raw()


def is_signed(seal: DailySeal) -> bool:
    """By the key of this installation, whatever key the row itself names."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key()).verify(bytes(seal.signature), statement(seal))
    except InvalidSignature:
        return False
    return True
