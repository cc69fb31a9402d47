"""Printed labels of papers about a person, from reference/printed_labels.yaml."""

from laihua.prechecks.comparing.reference import table
from laihua.prechecks.wording import letters

_TABLE = {key: tuple(word.strip() for word in words.split("|")) for key, words in table("printed_labels").items()}
LABELS = {key: words for key, words in _TABLE.items() if key != "no_names"}
NO_NAMES = frozenset(letters(word) for word in _TABLE["no_names"])
"""Words of labels and headings: whatever holds one is no name."""
