"""A case before several offices at once: what the applicant may change while one of them asks for a correction. Pure.

What an office returned may be changed. What another has accepted, or still has before it, stays as it is: its review is
not to be disturbed by a correction that it did not ask for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from laihua.cases.rules import Word, is_locked
from laihua.catalog.definitions import Service
from laihua.kernel.texts import Text

ITEM = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """One proceeding as the others depend on it. `correcting`: the applicant has it; `decided`: its clock has stopped."""

    key: str
    title: Text
    correcting: bool
    decided: bool
    words: Mapping[ITEM, Word]

    def returned(self, item: ITEM) -> Word | None:
        """The return that is to be answered now."""
        word = self.words.get(item)
        return word if self.correcting and word is not None and word.result == "returned" and word.published else None

    def accepted(self, item: ITEM) -> bool:
        return is_locked(self.words.get(item))


def is_shut(items: Iterable[ITEM], judges: Iterable[str], runs: Sequence[Standing], *, is_new: bool) -> bool:
    """Whether these items, judged by these proceedings, stay as they are now. A section with rows is shut as a whole.

    `is_new`: there is nothing that could be changed, for what the answers newly ask for has to be given in any case.
    """
    items, judging = list(items), [run for run in runs if run.key in judges]
    if any(run.returned(item) for run in runs for item in items):
        return any(run.decided for run in judging) and any(kind == "field" for kind, _ in items)
    accepted = [any(run.accepted(item) for run in judging) for item in items]
    if accepted and all(accepted):
        return True
    return not is_new and any(not run.correcting for run in judging)


def told(item: ITEM, runs: Sequence[Standing], digest: str) -> Word | None:
    """The word on an item that the applicant reads: every return that he has to answer as one, or that it was accepted."""
    returns = [(run, word) for run in runs if (word := run.returned(item))]
    if not returns:
        words = (run.words.get(item) for run in runs)
        return next((w for w in words if w is not None and w.published and w.result == "accepted"), None)
    if len(returns) == 1:
        return returns[0][1]
    notes = [Text(run.title.zh, run.title.en).zh + "：" + word.note for run, word in returns if word.note]
    unchanged = next((word for _, word in returns if word.digest == digest), returns[0][1])
    return Word(
        "returned", unchanged.round, unchanged.digest, tuple(dict.fromkeys(r for _, w in returns for r in w.reasons)),
        "\n".join(notes), next((w.reply for _, w in returns if w.reply), ""), published=True,
    )


def outcome_of(service: Service, step: str) -> str:
    """What a case at this step ends in: its own outcome, or the only one that is left. Empty where it is still open."""
    seen, ends, ahead = set(), set(), [step]
    while ahead:
        here = ahead.pop()
        if here in seen or here not in service.steps:
            continue
        seen.add(here)
        if outcome := service.steps[here].outcome:
            ends.add(outcome)
        else:
            ahead += [m.target for m in service.moves.values() if here in m.sources]
    return ends.pop() if len(ends) == 1 else ""
