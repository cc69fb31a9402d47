"""The supervising authorities are data, and come into the hall as organisations (UNI-3)."""

from datetime import datetime

import pytest

from laihua.accounts import queries as accounts
from laihua.catalog import reference
from laihua.units import authorities
from laihua.units import queries as units

pytestmark = pytest.mark.django_db

AT = datetime.fromisoformat("2026-11-12T10:00+08:00")

AS_PROVINCES = ["北京", "天津", "上海", "重庆", "沈阳", "大连", "长春", "南京", "杭州", "宁波", "厦门", "济南", "青岛", "武汉", "广州",
                "深圳", "西安"]


@pytest.mark.req("UNI-3")
def test_every_province_and_the_cities_that_count_as_one_are_there() -> None:
    provinces = [c.label.zh for c in reference.lists()["authorities"] if c.level == "province"]
    assert len(provinces) == 32 + 13
    assert not [name for name in AS_PROVINCES if not any(p.startswith(f"{name}市") for p in provinces)]
    assert {"河北省科学技术厅", "新疆生产建设兵团科学技术局"} <= set(provinces)


def test_they_become_organisations_once() -> None:
    first = authorities.sync_authorities(at=AT)
    there = {one.code: one for one in accounts.organisations("authority")}
    assert {"NATIONAL", "PLATFORM", "FE-130000", "FE-130400", "FE-NDRC"} <= set(first) == set(there)
    assert there["FE-130400"].parent_id == there["FE-130000"].id
    assert there["FE-130400"].name_zh == "邯郸市外国专家局"
    assert authorities.sync_authorities(at=AT) == []
    assert units.office_for("expert_projects", None) == there["NATIONAL"].id


def test_a_new_city_is_one_line_and_a_new_name_is_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    authorities.sync_authorities(at=AT)
    rows = [{**row, "zh": "河北省外国专家局"} if row["code"] == "FE-130000" else row for row in authorities.entries()]
    rows.append({"code": "FE-130900", "zh": "沧州市外国专家局", "en": "Cangzhou", "level": "city", "parent": "FE-130000"})
    monkeypatch.setattr(authorities, "entries", lambda: rows)
    assert authorities.sync_authorities(at=AT) == ["FE-130000", "FE-130900"]
    there = {one.code: one for one in accounts.organisations("authority")}
    assert there["FE-130000"].name_zh == "河北省外国专家局"
    assert there["FE-130900"].parent_id == there["FE-130000"].id
