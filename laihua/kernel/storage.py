"""Where stored files lie: under the hash of their content, encrypted, in a folder or an S3 bucket."""

import os
import secrets
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, InvalidStorageError, Storage, storages
from django.utils.deconstruct import deconstructible

from laihua.kernel import crypto

ALIAS = "sealed"


class DamagedFile(Exception):
    """What lies in the storage is not what was stored. Names the file; restore it from a backup."""


def name_of(digest: str) -> str:
    """`ab/cd/abcd…`"""
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def file_storage() -> "EncryptedStorage":
    storage = storages[ALIAS]
    if not isinstance(storage, EncryptedStorage):
        raise InvalidStorageError(f"STORAGES[{ALIAS!r}] must be laihua.kernel.storage.EncryptedStorage")
    return storage


@deconstructible
class EncryptedStorage(Storage):
    """Wraps another storage. Its names are those of `name_of`: a name is bound to one content for ever."""

    def __init__(self, inner: dict[str, Any]) -> None:
        self.inner: Storage = storages.create_storage(inner)

    def _save(self, name: str, content: File) -> str:
        plain = content.read()
        if name != name_of(sha256(plain).hexdigest()):
            raise ValueError("a stored file is named after its content")
        return self.inner.save(name, ContentFile(crypto.seal(_place(name), plain)))

    def _open(self, name: str, mode: str = "rb") -> File:
        """Raises FileNotFoundError, or DamagedFile where the content does not agree with its name."""
        with self.inner.open(name, "rb") as file:
            sealed = file.read()
        try:
            plain = crypto.unseal(_place(name), sealed)
        except crypto.Undecryptable as fault:
            raise DamagedFile(f"stored file {name} does not open: {fault}") from fault
        if name != name_of(sha256(plain).hexdigest()):
            raise DamagedFile(f"stored file {name} holds another content")
        return ContentFile(plain, name=name)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def exists(self, name: str) -> bool:
        return self.inner.exists(name)

    def delete(self, name: str) -> None:
        self.inner.delete(name)


@deconstructible
class AtomicFileSystemStorage(FileSystemStorage):
    """A folder in which a file is there whole or not at all, also after a crash."""

    def __init__(self, location: str | Path | None = None, **options: Any) -> None:
        super().__init__(location, **{"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700} | options)

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = target.with_name(f".{secrets.token_hex(8)}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name


def _place(name: str) -> bytes:
    return name.rpartition("/")[2].encode()
