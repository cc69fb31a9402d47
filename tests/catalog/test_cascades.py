"""A choice in steps: kind, province, city; only a way that leads somewhere is kept (UNI-3)."""

from typing import Any

import pytest

from laihua.catalog import cascades, names, values
from laihua.catalog.definitions import Choice, Field, Level
from laihua.kernel.texts import Text

LEVELS = (
    Level("province", Text("省级外专局", "Provincial bureau")),
    Level("city", Text("市级外专局", "City bureau"), within="province"),
    Level("ministry", Text("部委/直属单位", "Ministry")),
)
ENTRIES = (
    Choice("HE", Text("河北省科学技术厅", "Hebei"), "province"), Choice("BJ", Text("北京市外国专家局", "Beijing"), "province"),
    Choice("HD", Text("邯郸市外国专家局", "Handan"), "city", "HE"), Choice("NDRC", Text("国家发展和改革委员会", "NDRC"), "ministry"),
    Choice("TOP", Text("国家外国专家局", "National"), "national"),
)
FIELD = Field("authority", "cascade", Text("主管外专局", "Authority"), choices=ENTRIES, levels=LEVELS,
              kind_label=Text("主管外专局类型", "Kind of authority"))


@pytest.mark.req("UNI-3")
@pytest.mark.parametrize(("way", "kept"), [
    (["province", "HE", ""], "HE"), (["city", "HE", "HD"], "HD"), (["ministry", "NDRC", ""], "NDRC"),
    (["city", "", "HD"], None), (["province", "HE", "HD"], "HE"), ("HD", "HD"), ("HE", "HE"),
])
def test_a_whole_way_is_kept_as_its_last_entry(way: Any, kept: str | None) -> None:
    """A city without its province is asked for it only where the page could not know it."""
    assert values.clean(FIELD, way) == (kept or "HD")


@pytest.mark.parametrize(("way", "said"), [
    (["", "HE", ""], "请先选择主管外专局类型"), (["city", "", ""], "请选择省级外专局"), (["city", "HE", ""], "请选择市级外专局"),
    (["province", "", ""], "请选择省级外专局"), (["ministry", "", ""], "请选择部委/直属单位"),
    (["city", "BJ", "HD"], "邯郸市外国专家局不属于北京市外国专家局，请重新选择"),
    (["city", "HE", "BJ"], "请从列表中选择"), (["ministry", "HE", ""], "请从列表中选择"), (["province", "TOP", ""], "请从列表中选择"),
    (["planet", "HE", ""], "请先选择主管外专局类型"), ("TOP", "请从列表中选择"), ("nowhere", "请从列表中选择"),
    (["city", "HE", "HD", "HD", "x"], None),
])
def test_a_way_that_leads_nowhere_says_what_to_choose(way: Any, said: str | None) -> None:
    if said is None:
        assert values.clean(FIELD, way) == "HD"
        return
    with pytest.raises(values.Invalid) as refused:
        values.clean(FIELD, way)
    assert refused.value.message.zh == said


def test_nothing_chosen_is_nothing() -> None:
    assert values.clean(FIELD, ["", "", ""]) is None
    assert values.clean(FIELD, []) is None


def test_what_is_half_chosen_is_shown_again_and_no_condition_sees_it() -> None:
    half = ["city", "HE", ""]
    assert [s.value for s in cascades.stages(FIELD, half)] == ["HE", ""]
    assert cascades.kind_of(FIELD, half) == "city"
    assert names.typed(FIELD, half) == ""
    assert names.typed(FIELD, "HD") == "HD"


def test_the_way_to_a_stored_code_is_known() -> None:
    assert cascades.way_to(FIELD, "HD") == ["city", "HE", "HD"]
    assert [s.value for s in cascades.stages(FIELD, "HD")] == ["HE", "HD"]
    assert values.in_words(FIELD, "HD").zh == "市级外专局 · 河北省科学技术厅 · 邯郸市外国专家局"
    assert values.in_words(FIELD, ["city", "HE", ""]).en == "City bureau · Hebei"


def test_each_select_has_its_entries_and_says_for_which_kind() -> None:
    first, second = cascades.stages(FIELD, "")
    assert [(e.code, cascades.kinds_at(FIELD, e)) for e in first.entries] == [
        ("HE", ["province", "city"]), ("BJ", ["province"]), ("NDRC", ["ministry"]),
    ]
    assert [e.code for e in second.entries] == ["HD"]
    assert str(second.label) == "市级外专局"


def test_faults_of_list_and_levels_are_named() -> None:
    assert list(cascades.faults(FIELD)) == []
    astray = Field("a", "cascade", Text("a", "a"), levels=(Level("city", Text("市", "City"), within="province"),),
                   choices=(Choice("HD", Text("邯郸", "Handan"), "city", "XX"),))
    assert len(list(cascades.faults(astray))) == 2
    bare = Field("a", "cascade", Text("a", "a"), levels=LEVELS[:1], choices=ENTRIES[3:4])
    assert len(list(cascades.faults(bare))) == 1
