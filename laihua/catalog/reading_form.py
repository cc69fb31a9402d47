"""The form and the materials of a service, from YAML to values."""

from typing import get_args

import yaml

from laihua.catalog import consents
from laihua.catalog.definitions import (
    ENTRY,
    By,
    Choice,
    Field,
    FieldType,
    Level,
    MaterialGroup,
    MaterialSlot,
    Panel,
    Rows,
    Rule,
    Section,
    Total,
    Window,
)
from laihua.catalog.proceedings import MAIN
from laihua.catalog.reading_prechecks import EXPECTED, read_agrees, read_compares
from laihua.catalog.yaml_nodes import Reader, Reference, line_of
from laihua.kernel.texts import Text

TYPES, BY = get_args(FieldType), get_args(By)
WITH_CHOICES = {"choice", "choices", "country", "countries", "cascade"}


def read_section(reader: Reader) -> Section:
    key = reader.word("section")
    reader.what = f"section “{key}”"
    reader.reading.declare("section", key, reader.at("section"))
    rows = reader.one("rows", f"rows of “{key}”", read_rows)
    inside = key if rows else ""
    return Section(
        key=key,
        title=reader.text("title"),
        hint=reader.optional_text("hint"),
        personal=reader.flag("personal"),
        when=reader.condition("when", section=""),
        rows=rows,
        rules=reader.many("rules", "rule", lambda r: read_rule(r, ""), section=""),
        prefill=reader.refer_one("source", "prefill"),
        totals=reader.many("totals", "total", read_total, section=""),
        judged_by=reader.refer("proceeding", "judged_by") or (MAIN,),
        fields=reader.many("fields", "field", lambda r: read_field(r, key), section=inside),
    )


def read_rows(reader: Reader) -> Rows:
    return Rows(
        min=reader.number("min", 0), max=reader.number("max", 20), title=reader.word("title", ""),
        noun=reader.optional_text("noun") or ENTRY,
    )


def read_rule(reader: Reader, own: str) -> Rule:
    if "check" not in reader.nodes:
        reader.missing("check")
    rule = Rule(check=reader.condition("check", "rule", own), message=reader.text("message"))
    reader.reading.messages.append((rule.message, reader.at("message"), reader.section))
    return rule


def read_total(reader: Reader) -> Total:
    if "value" not in reader.nodes:
        reader.missing("value")
    return Total(
        label=reader.text("label"), value=reader.condition("value", "total", section=""), unit_label=reader.optional_text("unit_label"),
    )


def read_field(reader: Reader, section: str) -> Field:
    key = reader.word("key")
    reader.what = f"field “{key}”"
    reader.reading.declare("field", f"{reader.section}.{key}" if reader.section else key, reader.at("key"))
    kind = reader.word("type", one_of=TYPES)
    return Field(
        key=key,
        type=kind,  # type: ignore[arg-type]
        label=reader.text("label"),
        hint=reader.optional_text("hint"),
        required=reader.flag_or_condition("required", False, key),
        when=reader.condition("when"),
        width=reader.word("width", "half", one_of=("half", "full")),  # type: ignore[arg-type]
        choices=read_choices(reader, kind),
        rules=reader.many("rules", "rule", lambda r: read_rule(r, key)),
        source=reader.refer_one("source", "source"),
        prefill=reader.refer_one("source", "prefill"),
        asked_if_unknown=reader.flag("asked_if_unknown"),
        by=reader.word("by", "either", one_of=BY),  # type: ignore[arg-type]
        mask=reader.refer_one("mask", "mask"),
        unit_label=reader.optional_text("unit_label"),
        max_chars=reader.number("max_chars", 2000 if kind == "long_text" else 200),
        search=reader.flag("search"),
        example=reader.word("example", ""),
        levels=read_levels(reader, kind),
        kind_label=reader.optional_text("kind_label"),
        missing=reader.optional_text("missing"),
    )


def read_choices(reader: Reader, kind: str) -> tuple[Choice, ...]:
    """A list of reference/ by name stands as one choice with an empty label until the loader puts the list there."""
    node = reader.node("choices")
    if node is None:
        if kind in ("country", "countries"):
            return _list("countries", reader.line, reader)
        if kind in WITH_CHOICES:
            reader.missing("choices")
        return ()
    if kind and kind not in WITH_CHOICES:
        reader.faults.add(line_of(node), f"a {kind} has no choices.", "Remove them, or make it a choice.")
    if isinstance(node, yaml.ScalarNode):
        return _list(node.value, line_of(node), reader)
    choices = reader.many("choices", f"choice of {reader.what}", read_choice)
    codes = [c.code for c in choices]
    for code in {c for c in codes if codes.count(c) > 1}:
        reader.faults.add(line_of(node), f"choice “{code}” stands twice in {reader.what}.", "Remove one.")
    return choices


def read_choice(reader: Reader) -> Choice:
    return Choice(reader.word("code"), _label(reader), reader.word("level", ""), reader.word("parent", ""),
                  reader.optional_text("hint"))


def read_levels(reader: Reader, kind: str) -> tuple[Level, ...]:
    node = reader.node("levels")
    if kind != "cascade":
        if node is not None:
            reader.faults.add(line_of(node), f"a {kind} has no levels.", "Remove them, or make it a cascade.")
        return ()
    if node is None:
        reader.missing("levels")
    return reader.many("levels", f"level of {reader.what}", lambda r: Level(r.word("code"), _label(r), r.word("within", "")))


def _list(name: str, line: int, reader: Reader) -> tuple[Choice, ...]:
    reader.reading.references.append(Reference("list", name, line))
    return (Choice(f"@{name}", Text("", "")),)


def _label(reader: Reader) -> Text:
    return Text(reader.word("zh"), reader.word("en"))


def read_group(reader: Reader) -> MaterialGroup:
    key = reader.word("group")
    reader.what = f"group “{key}”"
    reader.reading.declare("group", key, reader.at("group"))
    return MaterialGroup(
        key=key, title=reader.text("title"), hint=reader.optional_text("hint"),
        items=reader.many("items", "material", read_slot),
    )


def read_slot(reader: Reader) -> MaterialSlot:
    key = reader.word("key")
    reader.what = f"material “{key}”"
    reader.reading.declare("material", key, reader.at("key"))
    return MaterialSlot(
        key=key,
        title=reader.text("title"),
        rules=reader.texts("rules"),
        when=reader.condition("when"),
        required=reader.flag_or_condition("required", True),
        by=reader.word("by", "either", one_of=BY),  # type: ignore[arg-type]
        accept=reader.word("accept", "pdf", one_of=("pdf", "photo", "picture")),  # type: ignore[arg-type]
        max_bytes=reader.number("max_mb", 2) * 1024 * 1024,
        colour=reader.flag("colour"),
        original=reader.flag("original"),
        deferrable=_deferrable(reader),
        min_left=reader.one("min_left", "min_left", read_window),
        issued_within=reader.one("issued_within", "issued_within", read_window),
        reads=reader.refer_one("kind", "reads"),
        reuse=reader.flag("reuse", True),
        compares=read_compares(reader, key),
        agrees=read_agrees(reader, key),
        certified=reader.flag_or_condition("certified", False),
        expects=frozenset(reader.words("expects", one_of=EXPECTED)),
        sample=reader.refer_one("file", "sample"),
        form=reader.refer_one("output", "form"),
        sensitive=reader.word("sensitive", "", one_of=("health", "account", "child")),  # type: ignore[arg-type]
        consent=reader.word("consent", "", one_of=tuple(consents.purposes())),
        judged_by=reader.refer("proceeding", "judged_by") or (MAIN,),
    )


def _deferrable(reader: Reader) -> str:
    value = reader.flag_or_condition("deferrable", False)
    return value if isinstance(value, str) else "true" if value else ""


def read_window(reader: Reader) -> Window:
    return Window(
        months=reader.number("months"), on=reader.refer_one("date", "on"),
        at_upload=reader.word("at", "", one_of=("upload",)) == "upload",
    )


def read_panel(reader: Reader) -> Panel:
    return Panel(key=reader.word("key"), title=reader.text("title"), hook=reader.refer_one("hook", "hook", None))
