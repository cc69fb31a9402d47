"""Small decisions of the components: which control a field gets, how its parts are named."""

from typing import Any

from django import template

from laihua.catalog import cascades
from laihua.catalog.definitions import Field
from laihua.kernel.texts import Text
from laihua.portal import navigation
from laihua.portal.statuses import STATUSES, Status
from laihua.portal.systems import systems

register = template.Library()

BOXES, SELECT = 4, 15
NATIVE = {"email": "email", "phone": "tel"}
YES_NO = (("true", Text("是", "Yes")), ("false", Text("否", "No")))


@register.filter
def control(kind: str, choices: Any) -> str:
    """boxes up to four choices, a select up to fifteen, then a search; the other types have one control each."""
    count = len(choices or ())
    if kind == "boolean":
        return "boxes"
    if kind in {"choice", "country"}:
        return "boxes" if count <= BOXES else "select" if count <= SELECT else "search"
    if kind in {"choices", "countries"}:
        return "checks" if count <= SELECT else "many"
    return {"long_text": "area", "date": "date", "month": "month", "declaration": "declaration", "fixed": "fixed"}.get(kind, "line")


@register.filter
def pairs(choices: Any, kind: str) -> list[tuple[str, Any]]:
    """(code, label) of every choice; those of a boolean are yes and no."""
    if kind == "boolean":
        return list(YES_NO)
    return [(c.code, c.label) if hasattr(c, "code") else (c[0], c[1]) for c in choices or ()]


@register.filter
def hint_of(choices: Any, code: str) -> Any:
    """What is said beside the box of one choice; nothing for most."""
    return next((one.hint for one in choices or () if getattr(one, "code", None) == code and one.hint), "")


@register.filter
def has_hints(choices: Any) -> bool:
    return any(getattr(one, "hint", None) for one in choices or ())


@register.filter
def chosen_first(choices: list[tuple[str, Any]], value: Any) -> list[tuple[str, Any]]:
    """A long list of boxes begins with those that are ticked."""
    return sorted(choices, key=lambda choice: not holds(value, choice[0]))


@register.filter
def holds(value: Any, code: str) -> bool:
    if isinstance(value, list | tuple | set | frozenset):
        return code in value
    return (str(value).lower() if isinstance(value, bool) else str(value)) == code


@register.filter
def cascade(field: Field, value: Any) -> dict[str, Any]:
    """The selects of a cascade: every entry of each (`all`), those that fit what is chosen before it, and what is chosen."""
    kind, before = cascades.kind_of(field, value), ""
    length = len(cascades.chain(field, kind)) or cascades.depth(field)
    stages = []
    for stage in cascades.stages(field, value):
        kinds = {e.code: cascades.kinds_at(field, e) for e in stage.entries}
        known = [{"entry": e, "kinds": " ".join(kinds[e.code])} for e in stage.entries]
        fits = [
            one for e, one in zip(stage.entries, known, strict=True)
            if (not kind or kind in kinds[e.code]) and (not before or e.parent == before)
        ]
        stages.append({"number": stage.number, "label": stage.label, "value": stage.value, "all": known, "fits": fits,
                       "shown": stage.number < length})
        before = stage.value or before
    return {"kind": kind, "stages": stages, "done": isinstance(value, str) and bool(cascades.way_to(field, value))}


@register.filter
def absent(value: Any) -> bool:
    return not value


@register.filter
def input_type(kind: str) -> str:
    return NATIVE.get(kind, "password" if kind == "password" else "text")


@register.filter
def input_mode(kind: str) -> str:
    return {"money": "decimal", "decimal": "decimal", "integer": "numeric", "date": "numeric", "month": "numeric"}.get(kind, "")


@register.filter
def at(values: Any, key: str) -> Any:
    """The value of a mapping under a name that the template knows only when it runs; nothing where there is none."""
    return values.get(key, "")


@register.filter
def place_id(place: Any) -> str:
    """The element that a place has on its page: `work.0.employer` → f-work-0-employer, `material:passport` → material-passport."""
    name = str(place)
    return name.replace(":", "-") if name.startswith("material:") else "f-" + name.replace(".", "-").replace(":", "-")


@register.simple_tag
def described(element: str, error: Any, hint: Any) -> str:
    """For aria-describedby: the error is read first."""
    return " ".join(f"{element}-{part}" for part, there in (("error", error), ("hint", hint)) if there)


@register.filter
def status(key: str) -> Status:
    return STATUSES[key]


@register.simple_tag
def page_address(url_name: str, *args: Any) -> str:
    """The address, or nothing where this hall does not have that page."""
    return navigation.address(url_name, *args)


@register.simple_tag
def standing_notice(system: str) -> Text | str:
    """What stands on all pages of a system, or nothing."""
    known = systems().get(system)
    return known.notice if known and known.notice else ""


@register.filter
def current_step(steps: Any) -> int:
    """The place (from 1) of the step whose hint stands open: the current one, or the last when all are done."""
    states = [step["state"] if isinstance(step, dict) else step.state for step in steps]
    return states.index("current") + 1 if "current" in states else len(states)
