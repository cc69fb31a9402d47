"""The checks by name, one file each: pure functions from what was read to findings. A new one is found here by itself."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from laihua.prechecks.findings import RANK, Check, Finding, Given


@cache
def checks() -> dict[str, Check]:
    """All checks by their name, which is that of their file."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}").check for name in names if not name.startswith("_")}


def examine(given: Mapping[str, Given]) -> list[Finding]:
    """Everything that all checks have to say of these documents, by slot: mismatches first, then doubts, then what agrees."""
    found = [finding for one in given.values() for check in checks().values() for finding in check(one, given)]
    return sorted(found, key=lambda f: RANK[f.level])
