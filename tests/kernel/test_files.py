"""Stored files: one content once, encrypted, whole or not at all."""

import threading
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection, transaction

from laihua.kernel.actions import store_file
from laihua.kernel.models import StoredFile
from laihua.kernel.queries import file_content
from laihua.kernel.storage import DamagedFile, EncryptedStorage, file_storage, name_of
from tests.doubles import s3

CONTENT = b"%PDF-1.7 an invented labour contract"
DIGEST = sha256(CONTENT).hexdigest()


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    inner = {"BACKEND": "laihua.kernel.storage.AtomicFileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {
        "sealed": {"BACKEND": "laihua.kernel.storage.EncryptedStorage", "OPTIONS": {"inner": inner}}
    }
    return tmp_path


def lying_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.django_db
def test_what_is_stored_reads_back_and_lies_encrypted_under_its_hash(folder, at):
    file = store_file(content=CONTENT, content_type="application/pdf", at=at)
    assert (file.sha256, file.size, file.content_type, file.created_at) == (DIGEST, len(CONTENT), "application/pdf", at)
    assert file_content(file) == CONTENT
    assert lying_in(folder) == [f"{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}"]
    path = folder / name_of(DIGEST)
    assert b"labour" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_the_same_content_is_stored_once(folder, at):
    first = store_file(content=CONTENT, content_type="application/pdf", at=at)
    written = (folder / name_of(DIGEST)).stat().st_mtime_ns
    assert store_file(content=CONTENT, content_type="image/png", at=at) == first
    assert (folder / name_of(DIGEST)).stat().st_mtime_ns == written
    assert StoredFile.objects.get().content_type == "application/pdf"
    assert store_file(content=b"", content_type="application/pdf", at=at) != first


@pytest.mark.django_db
def test_a_file_lost_from_the_disk_is_told_and_comes_back_with_the_next_upload(folder, at):
    file = store_file(content=CONTENT, content_type="application/pdf", at=at)
    (folder / name_of(DIGEST)).unlink()
    with pytest.raises(FileNotFoundError):
        file_content(file)
    assert store_file(content=CONTENT, content_type="application/pdf", at=at) == file
    assert file_content(file) == CONTENT


@pytest.mark.django_db
@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b[:-1] + bytes((b[-1] ^ 1,)), lambda b: b""])
def test_a_damaged_file_is_never_handed_out(folder, at, damage):
    file = store_file(content=CONTENT, content_type="application/pdf", at=at)
    path = folder / name_of(DIGEST)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(DamagedFile, match=DIGEST):
        file_content(file)


@pytest.mark.django_db
def test_a_file_put_in_the_place_of_another_is_never_handed_out(folder, at):
    file = store_file(content=CONTENT, content_type="application/pdf", at=at)
    other = store_file(content=b"other", content_type="application/pdf", at=at)
    (folder / name_of(file.sha256)).write_bytes((folder / name_of(other.sha256)).read_bytes())
    with pytest.raises(DamagedFile):
        file_content(file)


def test_a_name_that_is_not_that_of_the_content_is_refused(folder):
    with pytest.raises(ValueError, match="named after its content"):
        file_storage().save(name_of("0" * 64), ContentFile(CONTENT))
    assert lying_in(folder) == []


def test_a_file_whose_writing_fails_leaves_nothing(folder):
    class Torn(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError("disk full")

    inner = file_storage().inner
    with pytest.raises(OSError, match="disk full"):
        inner.save("ab/cd/abcd", Torn(b"x"))
    assert lying_in(folder) == []


@pytest.mark.django_db
def test_keys_change_and_old_files_stay_readable(folder, at, settings):
    file = store_file(content=CONTENT, content_type="application/pdf", at=at)
    settings.FIELD_KEYS = {"new": b"n" * 32, **settings.FIELD_KEYS}
    assert file_content(file) == CONTENT


@pytest.mark.django_db(transaction=True)
def test_the_same_content_from_many_at_once(folder, at):
    start = threading.Barrier(6)

    def work(worker: int) -> str:
        start.wait()
        try:
            with transaction.atomic():
                return str(store_file(content=CONTENT, content_type="application/pdf", at=at).id)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(work, range(6)))) == 1
    assert file_content(StoredFile.objects.get()) == CONTENT


def test_the_hall_stores_where_its_settings_say(settings):
    assert isinstance(storages["sealed"], EncryptedStorage)
    assert storages["sealed"].inner.base_location == settings.DATA_DIR / "files"


@pytest.fixture
def bucket(settings):
    with s3.running("hall") as store:
        options = {"endpoint_url": store.address, "bucket_name": "files", "region_name": "cn-1", "access_key": "hall",
                   "secret_key": "secret", "file_overwrite": True, "addressing_style": "path"}
        inner = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
        settings.STORAGES = settings.STORAGES | {
            "sealed": {"BACKEND": "laihua.kernel.storage.EncryptedStorage", "OPTIONS": {"inner": inner}}
        }
        yield store


@pytest.mark.django_db
def test_an_s3_store_holds_the_same_in_the_same_way(bucket, at):
    file = store_file(content=CONTENT, content_type="application/pdf", at=at)
    assert store_file(content=CONTENT, content_type="application/pdf", at=at) == file
    assert file_content(file) == CONTENT
    key = f"/files/{name_of(DIGEST)}"
    assert list(bucket.objects) == [key]
    assert b"labour" not in bucket.objects[key]
    bucket.objects[key] = bucket.objects[key][:-1] + b"x"
    with pytest.raises(DamagedFile):
        file_content(file)
    bucket.objects.clear()
    with pytest.raises(FileNotFoundError):
        file_content(file)
