"""S4, unit end and individual end, required items and return reasons, as the two ends meet them in a browser."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests import world as building
from tests.browser.conftest import Enter, aside
from tests.world import World

BOTH = pytest.mark.parametrize("language", ["zh-hans", "en"])
START = f"/start/{building.WORK_PERMIT}/"


@pytest.mark.req("WP-3")
@BOTH
def test_unit_end_and_individual_end(language: str, enter: Enter, people: World, at: Any) -> None:
    """The individual cannot start, and confirms what the unit started; the unit cannot confirm for him."""
    case = aside(lambda: building.confirmation_case(people, at))
    foreigner = enter(language, who=people.client("subject", language))
    foreigner.go(f"/services/{building.WORK_PERMIT}/")
    foreigner.says("用人单位", "Employer")
    foreigner.go("/my/")
    expect(foreigner.page.locator(f"main a[href='{START}']")).to_have_count(0)
    foreigner.go(f"/cases/{case.id}/confirm/")
    foreigner.says("LINDQVIST", "LINDQVIST")
    expect(foreigner.page.get_by_role("button", name=foreigner.word("确认并提交申请", "Confirm and submit"))).to_be_visible()

    handler = enter(language, who=people.client("handler", language))
    handler.go(f"/cases/{case.id}/")
    expect(handler.page.locator("main").get_by_role("button", name=handler.word("确认并提交申请", "Confirm and submit"))).to_have_count(0)


@pytest.mark.req("WP-4")
@BOTH
def test_required_items(language: str, enter: Enter, people: World, at: Any) -> None:
    """Every gap at once, each a link to its place."""
    case = aside(lambda: building.draft(people, at))
    handler = enter(language, who=people.client("handler", language))
    handler.go(f"/cases/{case.id}/check/")
    listed = handler.page.locator("main a[href*='/form/']")
    assert listed.count() >= 10
    for place in ("passport_number", "contract_from", "position", "work_address"):
        expect(handler.page.locator(f"main a[href*='{place}']").first).to_be_visible()


@pytest.mark.req("WP-7")
@BOTH
def test_return_reasons(language: str, enter: Enter, people: World, at: Any) -> None:
    """The reason and how to mend it stand beside what they concern; what was accepted stays closed."""
    case = aside(lambda: building.returned_case(people, at, field_reason="WP-R01"))
    handler = enter(language, who=people.client("handler", language))
    handler.go(f"/cases/{case.id}/form/")
    handler.says("核对并修改填报信息", "Check and")
    handler.go(f"/cases/{case.id}/materials/")
    handler.says("公证认证", "certif")
    degree = handler.page.locator("#material-degree, [data-lh-material=degree]").first
    expect(degree).to_contain_text(handler.word("退回原因", "Reason"))
