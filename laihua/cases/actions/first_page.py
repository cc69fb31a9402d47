"""What is asked and ticked before a case begins."""

from collections.abc import Collection, Mapping
from typing import Any

from laihua.cases.queries.dossier import Dossier
from laihua.catalog import queries as catalog
from laihua.catalog.first_page import Statement
from laihua.kernel.texts import Reason, Refused, Text

NOT_TICKED = Text("请阅读并勾选“{title}”", "Please read and tick “{title}”")


def asked_first(begun: Dossier, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Reason]]:
    """The answers of the first page as they are kept, and what is missing or wrong with them."""
    page = begun.service.before
    if page is None:
        return {}, []
    cleaned = {key: begun.definition.clean(key, given.get(key)) for key in page.fields}
    kept = {key: c.value for key, c in cleaned.items() if c.value not in (None, "", [])}
    names = begun.definition.context(kept, begun.today, begun.known)
    wrong = [g for g in begun.definition.gaps(kept, begun.today, extra=begun.known, names=names) if g.place in page.fields]
    return kept, [Reason(g.kind, g.message, place=g.place) for g in wrong]


def statements_for(begun: Dossier, answers: Mapping[str, Any]) -> list[Statement]:
    """Those that apply to these answers, in the order of the service."""
    return catalog.statements(begun.definition, begun.definition.context(answers, begun.today, begun.known))


def agreed_to(begun: Dossier, given: Mapping[str, Any], agreed: Collection[str]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The answers with which the case begins, and the statements as they were ticked, for its history.

    Refused while something of the first page is missing or wrong, and while a statement that applies is not ticked.
    """
    kept, wrong = asked_first(begun, given)
    if wrong:
        raise Refused(*wrong)
    statements = statements_for(begun, kept)
    open_ones = [s for s in statements if s.key not in agreed]
    if open_ones:
        raise Refused(*(Reason("not_ticked", NOT_TICKED.format(title=s.title), place=f"agree.{s.key}") for s in open_ones))
    return kept, [{"key": s.key, "title": s.title.as_data(), "text": s.text.as_data(), "tick": s.tick.as_data()} for s in statements]
