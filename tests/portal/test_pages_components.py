"""The parts that pages are built from, rendered one by one."""

from typing import Any, get_args

import pytest
from django.template import Context, Template
from django.utils import translation

from laihua.catalog.definitions import Choice, Field, FieldType, Level
from laihua.kernel.texts import Text
from laihua.portal.statuses import STATUSES
from laihua.portal.templatetags.portal import control, place_id

LABEL, HINT = Text("标签", "Label"), Text("提示", "Hint")


def render(source: str, language: str = "en", **values: Any) -> str:
    from django_cotton.compiler_regex import CottonCompiler

    with translation.override(language):
        return Template(CottonCompiler().process(source)).render(Context(values))


def field(kind: str, **more: Any) -> Field:
    if kind == "cascade":
        more["levels"] = (Level("province", Text("省级", "Provincial")), Level("city", Text("市级", "City"), within="province"))
    return Field("key", kind, LABEL, hint=HINT, **more)  # type: ignore[arg-type]


def choices(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"c{n}", Text(f"项{n}", f"Item {n}")) for n in range(count))


@pytest.mark.parametrize("kind", get_args(FieldType))
def test_every_type_has_label_hint_error_and_their_ties(kind: str) -> None:
    html = render(
        '<c-definition-field :field="f" error="Broken" :required="r" prefix="work.0." />', f=field(kind, choices=choices(3)), r=True
    )
    assert 'name="work.0.key"' in html
    assert 'id="f-work-0-key"' in html
    assert "Label" in html
    assert "Hint" in html
    assert "Broken" in html
    assert "lh-star" in html
    assert 'aria-describedby="f-work-0-key-error f-work-0-key-hint"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="f-work-0-key-error"' in html
    assert 'id="f-work-0-key-hint"' in html
    assert 'for="f-work-0-key"' in html or "<legend>" in html


def test_what_is_not_required_says_so() -> None:
    html = render('<c-definition-field :field="f" />', f=field("text"))
    assert "(optional)" in html
    assert "lh-star" not in html
    assert "aria-invalid" not in html


@pytest.mark.parametrize(("count", "expected"), [(2, "boxes"), (4, "boxes"), (5, "select"), (15, "select"), (16, "search")])
def test_the_control_follows_the_number_of_choices(count: int, expected: str) -> None:
    assert control("choice", choices(count)) == expected


@pytest.mark.parametrize("count", [3, 8, 20])
def test_the_kept_choice_is_chosen(count: int) -> None:
    html = render('<c-definition-field :field="f" value="c1" />', f=field("choice", choices=choices(count)))
    mark = "checked" if count == 3 else "selected"
    assert html.count(mark) == 1
    assert f'value="c1" {mark}' in html


def test_a_boolean_answers_in_words() -> None:
    html = render('<c-definition-field :field="f" :value="v" />', "zh-hans", f=field("boolean"), v=False)
    assert 'value="false" checked' in html
    assert "否" in html


def test_money_carries_its_unit_and_a_fixed_value_its_lock() -> None:
    money = render('<c-definition-field :field="f" value="40000" />', f=field("money", unit_label=Text("元/月", "CNY")))
    assert "CNY</span>" in money
    assert 'inputmode="decimal"' in money
    fixed = render('<c-definition-field :field="f" value="Yanqiao" :locked="l" note="91310115" />', f=field("text"), l=True)
    assert "ti-lock" in fixed
    assert "Yanqiao" in fixed
    assert "<input" not in fixed


def test_values_are_escaped() -> None:
    html = render('<c-definition-field :field="f" :value="v" :error="v" />', f=field("text"), v='"><script>x</script>')
    assert "<script>" not in html


def test_the_summary_leads_to_the_places() -> None:
    class Gap:
        place, message = "work.0.employer", Text("缺", "Missing")

    html = render('<c-error-summary :errors="e" />', e=[Gap()])
    assert 'href="#f-work-0-employer"' in html
    assert "1 item to correct" in html
    assert 'role="alert"' in html
    assert "lh-error-summary" not in render('<c-error-summary :errors="e" />', e=[])
    assert place_id("material:passport") == "material-passport"


@pytest.mark.parametrize("key", STATUSES)
def test_a_status_is_a_word_and_not_only_a_colour(key: str) -> None:
    html = render('<c-status :of="key" />', key=key)
    assert STATUSES[key].label.en in html
    assert (key == "draft" or 'aria-hidden="true"' in html)


@pytest.mark.parametrize(("states", "shown"), [(["done", "current", "todo"], 2), (["done", "done"], 2)])
def test_the_progress_line_shows_one_hint(states: list[str], shown: int) -> None:
    steps = [{"label": f"S{n}", "state": state, "hint": f"H{n}", "date": ""} for n, state in enumerate(states, 1)]
    html = render('<c-progress-line :steps="steps" />', steps=steps)
    assert html.count(" hidden>") == len(steps) - 1
    assert f'<p id="line-hint-{shown}"><b>' in html
    assert html.count('aria-current="step"') == states.count("current")
