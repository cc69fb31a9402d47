"""Earlier cases: taken over from a file, linked by an operator after checking, read in the user's lists (ACC-14)."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from laihua.cases.actions.earlier import FileFault, import_earlier_cases
from laihua.cases.models import EarlierCase
from laihua.kernel.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-14")]
HEAD = "number,old_login_name,service,state,unit_name,credit_code,subject_name,submitted_on,closed_on\n"
ROWS = (
    "OLD-2019-0001,WPyanqiao,外国人来华工作许可（新办）,approved,上海砚桥精密仪器有限公司,91310115MA1HEXAM5R,LINDQVIST SOEREN,2019-03-01,2019-03-15\n"  # noqa: E501
    "OLD-2020-0002,wpYanqiao,外国人来华工作许可（延期）,refused,上海砚桥精密仪器有限公司,91310115MA1HEXAM5R,LINDQVIST SOEREN,2020-03-01,2020-03-15\n"  # noqa: E501
    "OLD-2020-0003,WPother,外国人来华工作许可（新办）,withdrawn,另一家公司,,田中,2020-04-01,2020-04-02\n"
)


@pytest.fixture
def taken(world: Any, at: datetime, tmp_path: Path) -> None:
    file = tmp_path / "earlier.csv"
    file.write_text("\ufeff" + HEAD + ROWS, encoding="utf-8")
    done = import_earlier_cases(path=file, at=at)
    assert (done.taken, done.known) == (3, 0)
    assert import_earlier_cases(path=file, at=at).known == 3, "a second time nothing is new"


def link(world: Any, **more: Any) -> Any:
    form = {
        "do": "link", "old_login_name": "WPyanqiao", "login_name": "demo_handler", "unit": str(world.unit.id),
        "note": "来电核对单位和信用代码", "cases": [str(c.id) for c in EarlierCase.objects.filter(number__contains="000").exclude(number__contains="0003")],  # noqa: E501
    }
    return world.client("operator").post("/operator/earlier/", form | more)


def test_the_old_name_is_found_with_and_without_its_prefix_and_compared(world: Any, taken: None) -> None:
    for name in ("WPyanqiao", "yanqiao", "wpYANQIAO"):
        page = world.client("operator").post("/operator/earlier/", {"do": "look", "old_login_name": name, "login_name": "demo_handler"})
        words = page.content.decode()
        assert "OLD-2019-0001" in words
        assert "OLD-2020-0002" in words
        assert "0003" not in words
        assert "信用代码一致" in words
        assert "138****6000" in words
        assert "LINDQVIST S*****" in words


def test_linked_cases_stand_in_the_lists_of_the_unit_and_are_recorded(world: Any, taken: None) -> None:
    assert "OLD-2019-0001" not in world.client("handler").get("/my/?tab=done").content.decode()
    assert link(world).status_code == 302
    for who in ("handler", "second_handler"):
        words = world.client(who).get("/my/?tab=done").content.decode()
        assert "以前系统的办件" in words
        assert "OLD-2019-0001" in words
        assert "OLD-2020-0002" in words
    assert "OLD-2019-0001" not in world.client("stranger").get("/my/?tab=done").content.decode()
    entry = AuditEntry.objects.get(action="link_earlier_cases")
    assert sorted(entry.data["cases"]) == ["OLD-2019-0001", "OLD-2020-0002"]
    assert entry.data["note"]
    assert link(world).status_code == 422, "what is linked is not linked again"


def test_linked_to_a_person_alone_only_he_sees_them(world: Any, taken: None) -> None:
    assert link(world, login_name="demo_subject", unit="").status_code == 302
    assert "OLD-2019-0001" in world.client("subject").get("/my/?tab=done").content.decode()
    assert "OLD-2019-0001" not in world.client("handler").get("/my/?tab=done").content.decode()


@pytest.mark.parametrize("wrong", [{"login_name": "nobody_here"}, {"note": " "}, {"cases": []}, {"cases": ["x"]}])
def test_what_is_not_checked_is_not_linked(world: Any, taken: None, wrong: dict[str, Any]) -> None:
    assert link(world, **wrong).status_code == 422
    assert not EarlierCase.objects.filter(linked_at__isnull=False).exists()


def test_a_unit_in_which_the_account_holds_no_role_is_refused(world: Any, taken: None) -> None:
    assert link(world, unit=str(world.other_unit.id)).status_code == 422


@pytest.mark.parametrize(("row", "what"), [
    ("X-1,WPa,事项,approved,,,,2019-13-01,2019-03-15", "submitted_on is not a day"),
    ("X-1,WPa,事项,done,,,,2019-03-01,2019-03-15", "state “done”"),
    (",WPa,事项,approved,,,,2019-03-01,2019-03-15", "number is empty"),
    ("X-1,WPa,事项,approved,,,,2019-03-16,2019-03-15", "closed_on lies before"),
])
def test_a_file_with_a_fault_is_not_taken_and_every_fault_is_named(db: None, at: datetime, tmp_path: Path, row: str, what: str) -> None:
    file = tmp_path / "earlier.csv"
    file.write_text(HEAD + ROWS.splitlines()[0] + "\n" + row + "\n", encoding="utf-8")
    with pytest.raises(FileFault, match=r"earlier\.csv:3: ") as fault:
        import_earlier_cases(path=file, at=at)
    assert what in str(fault.value)
    assert not EarlierCase.objects.exists()


def test_a_file_without_the_columns_is_refused(db: None, at: datetime, tmp_path: Path) -> None:
    file = tmp_path / "earlier.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(FileFault, match="names no column"):
        import_earlier_cases(path=file, at=at)
