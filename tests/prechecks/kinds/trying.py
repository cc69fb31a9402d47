"""What a kind says of pages written as rows of text."""

from laihua.prechecks.kind import kinds
from laihua.prechecks.words import Leaf
from tests.prechecks.leafs import reading


def score(kind: str, page: Leaf) -> float:
    return kinds()[kind].score(page)


def seen(page: Leaf) -> set[str]:
    """The kinds that a page is taken for."""
    return {id for id, kind in kinds().items() if kind.score(page) >= 0.6}


def said(kind: str, *pages: Leaf) -> dict[str, list[str]]:
    return {key: [one.value for one in found] for key, found in kinds()[kind].extract(reading(*pages)).items()}
