"""Columns for personal data.

An encrypted field is bound to its table, column and row, so the row's primary key is a UUID that Python assigns. The
value is decrypted when an instance is first asked for it; `.values()` gives the ciphertext. It cannot be searched or
sorted by: put a `BlindIndexField` beside it. `update()` and `bulk_update()` take ciphertext from `crypto.encrypt` only.
A table or column that holds such values is not renamed without encrypting them anew.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from laihua.kernel import crypto

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field


class Ciphertext(bytes):
    """A value as it stands in the database, not yet opened."""

    __slots__ = ()


class EncryptedAttribute(DeferredAttribute):
    """Opens the value of an instance at the first look."""

    field: "EncryptedField"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            super().__get__(instance, cls)
        value = instance.__dict__[name]
        if isinstance(value, Ciphertext):
            value = instance.__dict__[name] = self.field.opened(instance, value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedField(Field):
    descriptor_class = EncryptedAttribute
    empty_strings_allowed = False

    def _pack(self, value: Any) -> bytes:
        raise NotImplementedError

    def _unpack(self, plaintext: bytes) -> Any:
        raise NotImplementedError

    def db_type(self, connection: Any) -> str:
        return "bytea"

    def ciphertext(self, instance: models.Model) -> bytes | None:
        """What is stored for this instance. Asked twice it stays the same, so that it can be hashed before the save."""
        value = instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Ciphertext):
            return value
        sealed = Ciphertext(crypto.encrypt(*self._place(instance), self._pack(value)))
        instance.__dict__[self.attname] = sealed
        return sealed

    def opened(self, instance: models.Model, value: bytes) -> Any:
        return self._unpack(crypto.decrypt(*self._place(instance), value))

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        """A value that nobody looked at is written back as it is; on a new row it must open there, too."""
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Ciphertext):
            if add:
                self.opened(model_instance, value)
            return value
        if value is None:
            return None
        return Ciphertext(crypto.encrypt(*self._place(model_instance), self._pack(value)))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Ciphertext | None:
        return None if value is None else Ciphertext(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or isinstance(value, bytes):
            return value
        if hasattr(value, "resolve_expression"):
            return value
        raise TypeError(
            f"{self.model._meta.db_table}.{self.column} is encrypted with its row: use save(), create() or "
            "bulk_create(), or write what crypto.encrypt() gives"
        )

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is encrypted and cannot be searched; use a BlindIndexField beside it")

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is encrypted and not dumped as text; use pg_dump")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        pk: Any = self.model._meta.pk
        while pk.remote_field:
            pk = pk.target_field
        if isinstance(pk, models.UUIDField):
            return super().check(**kwargs)
        return [
            *super().check(**kwargs),
            checks.Error("An encrypted field needs a UUID as primary key.", obj=self, id="kernel.E001",
                         hint="id = models.UUIDField(primary_key=True, default=uuid.uuid4)"),
        ]

    def _place(self, instance: models.Model) -> tuple[str, str, UUID]:
        return self.model._meta.db_table, str(self.column), instance.pk


class EncryptedTextField(EncryptedField):
    def _pack(self, value: Any) -> bytes:
        return str(value).encode()

    def _unpack(self, plaintext: bytes) -> str:
        return plaintext.decode()


class EncryptedJSONField(EncryptedField):
    """Plain JSON values; refuses dates and the like, which would come back as something else."""

    def _pack(self, value: Any) -> bytes:
        return orjson.dumps(value, option=orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS)

    def _unpack(self, plaintext: bytes) -> Any:
        return orjson.loads(plaintext)


class BlindIndexField(Field):
    """The `crypto.blind_index` of a value. With a `kind`, text is indexed when it is saved or searched for."""

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"kind": self.kind} if self.kind else {})

    def db_type(self, connection: Any) -> str:
        return "bytea"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else bytes(value)

    def get_prep_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            return super().get_prep_value(value)
        if not self.kind:
            raise TypeError(f"{self.name} has no kind: give it blind_index(kind, value)")
        if not value and self.null:
            return None
        return crypto.blind_index(self.kind, value)
