"""What a reviewer said of one item, as the applicant reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from laihua.cases.queries import Dossier
from laihua.catalog.definitions import ReturnReason
from laihua.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class Returned:
    """`is_changed`: the item was changed since, so the words concern what stood there before."""

    kind: str
    key: str
    reasons: Sequence[ReturnReason]
    note: str
    reply: str
    is_changed: bool
    asked_by: Sequence[Text] = ()       # the proceedings that returned it, where the case has several

    @property
    def form_id(self) -> str:
        return f"reply-{self.kind}-{self.key.replace('.', '-')}"


def returned(dossier: Dossier, kind: str, key: str) -> Returned | None:
    """While a case is corrected: the return of this item, with the words of the catalogue."""
    word = dossier.visible_words.get((kind, key))
    if word is None or word.result != "returned" or not word.published or not dossier.step.editable:
        return None
    known = dossier.service.reasons
    digest = digests(dossier).get((kind, key))
    return Returned(
        kind, key, [known[code] for code in word.reasons if code in known], word.note, word.reply,
        digest is not None and digest != word.digest,
        [s.title for s in dossier.standings if s.returned((kind, key))] if dossier.is_shared else (),
    )


def digests(dossier: Dossier) -> dict[tuple[str, str], str]:
    return {item.id: item.digest for run in dossier.runs for item in run.items}


def all_returned(dossier: Dossier) -> list[Returned]:
    return [found for kind, key in dossier.visible_words if (found := returned(dossier, kind, key))]
