"""Which fields somebody may change now."""

from laihua.cases.queries.dossier import Dossier
from laihua.cases.rules import is_locked


def fields_open_to(dossier: Dossier) -> set[str]:
    """Keys that this actor may change now: whoever holds an editable step, and at his step the subject what only he can give."""
    if dossier.may_edit:
        return editable_keys(dossier, but_by="unit" if dossier.step.holder == "subject" else "subject")
    if dossier.side == "subject" and dossier.step.holder == "subject":
        return {k for k, f in dossier.service.field_keys().items() if f.by == "subject"}
    return set()


def editable_keys(dossier: Dossier, but_by: str) -> set[str]:
    service = dossier.service
    keys = {k for k, f in service.field_keys().items() if k not in dossier.fixed and f.by != but_by}
    keys |= {s.key for s in service.sections if s.rows is not None and not rows_locked(dossier, s.key)}
    return keys - dossier.locked_fields - set(service.before.fixed if service.before else ())


def rows_locked(dossier: Dossier, section: str) -> bool:
    """Rows are judged one by one; while one of them is open, the section may be edited."""
    if dossier.others:
        return section in dossier.locked_fields
    words = [w for (kind, key), w in dossier.words.items() if kind == "field" and key.split(".")[0] == section]
    return bool(words) and all(is_locked(w) for w in words)
