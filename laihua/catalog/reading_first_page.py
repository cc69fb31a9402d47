"""The first page of a service, and what it says of moves that happen by themselves, from YAML to values."""

from laihua.catalog.definitions import Automatic, Limit, Remind
from laihua.catalog.first_page import FirstPage, Statement
from laihua.catalog.yaml_nodes import Reader


def read_first_page(reader: Reader) -> FirstPage:
    reader.reading.declare("service", "before", reader.line)
    return FirstPage(
        title=reader.text("title"), hint=reader.optional_text("hint"), fields=reader.refer("field", "fields", required=True),
        fixed=reader.refer("field", "fixed"), statements=reader.many("statements", "statement", read_statement),
    )


def read_statement(reader: Reader) -> Statement:
    key = reader.word("key")
    reader.what = f"statement “{key}”"
    reader.reading.declare("statement", key, reader.at("key"))
    return Statement(
        key=key, title=reader.text("title"), text=reader.text("text"), tick=reader.text("tick"),
        when=reader.condition("when", section=""),
    )


def read_automatic(reader: Reader) -> Automatic:
    return Automatic(
        after=reader.limit("after", required=True) or Limit(0), once_told=reader.refer_one("notice", "once_told"),
        remind=reader.one("remind", "remind", read_remind),
    )


def read_remind(reader: Reader) -> Remind:
    hours = reader.words("hours_before", required=True)
    for word in (w for w in hours if not w.isdigit() or not int(w)):
        reader.faults.add(reader.at("hours_before"), f"“{word}” is no number of hours.", "Write [30, 6].")
    return Remind(
        notice=reader.refer_one("notice", "notice", None),
        hours_before=tuple(sorted((int(w) for w in hours if w.isdigit()), reverse=True)),
    )
