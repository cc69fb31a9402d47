"""A handler imports his list, sees what falls due, and starts a prefilled case with one click (名册)."""

import csv
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from laihua.cases.models import Case
from laihua.catalog import queries as catalog
from tests.browser.conftest import Enter
from tests.portal.applicant.test_roster_import import HEADING, OKORO, WEBER


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_from_a_list_to_a_prefilled_case(language: str, enter: Enter, people: Any, tmp_path: Path) -> None:
    wrong, right = ([*OKORO[:2], born, *OKORO[3:]] for born in ("1990-02-30", "1990-02-03"))
    files = []
    for name, row in (("wrong", wrong), ("right", right)):
        files.append(tmp_path / f"{name}.csv")
        with files[-1].open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows([HEADING, WEBER, row])
    catalog.services()      # compiled once in a process; the first page is not to pay for it
    visitor = enter(language, 390 if language == "en" else 1280, who=people.client("handler", language))
    page = visitor.go("/roster/").page
    visitor.says("名册中还没有外籍人员", "Nobody is on the roster yet")
    for file in files:
        visitor.click("导入名单", "Import a list", role="link")
        page.locator("#f-file").set_input_files(file)
        visitor.click("上传并预览", "Upload and preview")
        if file == files[0]:
            expect(page.get_by_text("1990-02-30")).to_be_visible()
            visitor.go("/roster/")
    visitor.says("新增2人", "2 new")
    visitor.click("确认导入", "Import the list")
    expect(page.locator(".lr-table tbody tr")).to_have_count(2)
    first = page.locator(".lr-table tbody tr").first
    expect(first).to_contain_text("WEBER ANNA KATHARINA")
    expect(first).to_contain_text("2027-01-01")
    first.locator("summary").click()
    first.locator(".lr-offers a[href*='extension']").click()
    expect(page.get_by_text("WEBER ANNA KATHARINA").first).to_be_visible()
    visitor.click("开始填写", "Start")
    page.wait_for_url("**/form/")
    case = Case.objects.get(staff__isnull=False)
    assert case.answers["passport_number"] == "C01X00T47"
    visitor.go(f"/roster/{case.staff_id}/")
    expect(page.get_by_text(case.number)).to_be_visible()
