"""Makes functions of the text of a hooks.py, so that a version in the database keeps its own rules."""

import ast
import sys
from types import ModuleType

from laihua.catalog.faults import Faults
from laihua.catalog.names import Hook

ALLOWED = frozenset({
    "__future__", "calendar", "collections", "collections.abc", "dataclasses", "datetime", "decimal", "enum", "fractions",
    "functools", "itertools", "math", "re", "typing", "laihua.catalog.hooks",
})
FORBIDDEN_CALLS = frozenset({
    "open", "eval", "exec", "compile", "__import__", "input", "globals", "setattr", "delattr", "breakpoint", "print",
})
CLOCK = frozenset({"now", "today", "utcnow"})


def check_source(source: str, file: str, faults: Faults) -> bool:
    """A hook imports the hook API and plain modules, reads no clock and no file. False when it cannot be run."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        faults.add(error.lineno or 1, f"not Python: {error.msg}.", file=file)
        return False
    before = len(faults.found)
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 1)
        modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for module in modules:
            if module not in ALLOWED:
                faults.add(line, f"a hook may not import {module}.", "It imports laihua.catalog.hooks and plain modules only.", file)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
            faults.add(line, f"a hook may not call {node.func.id}().", "It gets values and returns values.", file)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK:
            faults.add(line, f"a hook reads no clock: {node.func.attr}().", "Use names[\"today\"].", file)
    return len(faults.found) == before


def functions_of(source: str, name: str) -> dict[str, Hook]:
    """The functions marked with @hook. `name` must be unique per version."""
    module = ModuleType(name)
    sys.modules[name] = module  # dataclasses look their module up
    exec(compile(source, f"<{name}>", "exec"), module.__dict__)  # noqa: S102 - part of the installation, checked on loading
    return {key: value for key, value in vars(module).items() if getattr(value, "is_hook", False)}
