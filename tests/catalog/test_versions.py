"""A changed folder becomes a new version; a running case keeps its own, hooks and lists included."""

from datetime import datetime
from pathlib import Path

import pytest

from laihua.catalog import actions, queries
from laihua.catalog.docs import render
from laihua.catalog.loader import NotLoadable
from laihua.catalog.models import ServiceFile, ServiceVersion
from laihua.catalog.queries import NoSuchService
from tests.catalog.service import HOOKS, SERVICE, write

pytestmark = pytest.mark.django_db


def test_syncing_twice_changes_nothing(tmp_path: Path, at: datetime) -> None:
    root = write(tmp_path)
    assert actions.sync(at=at, services=tmp_path / "services") == ["small.new"]
    assert actions.sync(at=at, services=tmp_path / "services") == []
    assert ServiceVersion.objects.count() == 1
    assert ServiceFile.objects.count() == 1
    assert queries.current("small.new").sample("samples/passport.pdf") == (root / "samples" / "passport.pdf").read_bytes()
    assert queries.current("small.new").template("templates/permit.typ") == "Permit\n"
    assert queries.current("small.new").guide("zh-hans") == "# 指南\n"


def test_a_running_case_keeps_its_rules(tmp_path: Path, at: datetime) -> None:
    write(tmp_path)
    actions.sync(at=at, services=tmp_path / "services")
    old = queries.current("small.new")
    write(tmp_path, SERVICE.replace("en: Small service", "en: Other name"), HOOKS.replace("40", "30"))
    actions.sync(at=at, services=tmp_path / "services")
    new = queries.current("small.new")
    assert new.version_id != old.version_id
    queries.version.cache_clear()
    again = queries.version(old.version_id)
    answers = {"birth_date": "1990-05-01"}
    assert again.service.title.en == "Small service"
    assert again.category(again.context(answers, at.date())) == "B"
    assert new.category(new.context(answers, at.date())) == "A"


def test_a_folder_that_goes_back_is_the_earlier_version_again(tmp_path: Path, at: datetime) -> None:
    services = tmp_path / "services"
    write(tmp_path)
    actions.sync(at=at, services=services)
    first = queries.current("small.new").version_id
    write(tmp_path, SERVICE.replace("en: Small service", "en: Other name"))
    actions.sync(at=at, services=services)
    write(tmp_path)
    actions.sync(at=at, services=services)
    assert queries.current("small.new").version_id == first
    assert ServiceVersion.objects.count() == 2


def test_a_service_without_folder_cannot_be_started(tmp_path: Path, at: datetime) -> None:
    write(tmp_path)
    actions.sync(at=at, services=tmp_path / "services")
    version_id = queries.current("small.new").version_id
    (tmp_path / "empty").mkdir()
    assert actions.sync(at=at, services=tmp_path / "empty") == ["small.new"]
    with pytest.raises(NoSuchService):
        queries.current("small.new")
    assert queries.version(version_id).service.id == "small.new"
    assert queries.services() == []


def test_a_faulty_folder_changes_nothing(tmp_path: Path, at: datetime) -> None:
    write(tmp_path, SERVICE.replace("type: money", "type: gold"))
    with pytest.raises(NotLoadable, match="gold"):
        actions.sync(at=at, services=tmp_path / "services")
    assert not ServiceVersion.objects.exists()


def test_current_costs_one_statement(tmp_path: Path, at: datetime, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path)
    actions.sync(at=at, services=tmp_path / "services")
    queries.current("small.new")
    with django_assert_num_queries(1):
        assert queries.current("small.new").service.id == "small.new"
    with django_assert_num_queries(1):
        assert [d.service.id for d in queries.services()] == ["small.new"]


def test_the_page_of_a_service_shows_everything(tmp_path: Path, at: datetime) -> None:
    write(tmp_path)
    actions.sync(at=at, services=tmp_path / "services")
    page = render(queries.current("small.new"))
    for expected in ("# 小事项 · Small service", "`passport_number`", "stateDiagram-v2", "draft --> review: submit",
                     "correction --> review: resubmit", "| `approve` |", "7 working days", "6 months left"):
        assert expected in page
