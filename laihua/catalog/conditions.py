"""Conditions of services: CEL behind one adapter.

CEL knows no dates, counts bytes, refuses to mix whole numbers with decimals and has no budget. So: dates are moments at
midnight UTC, whole-number literals are compiled as decimals, and length, nesting and macros are bounded.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import cel

from laihua.catalog.cel_functions import FUNCTIONS
from laihua.catalog.faults import did_you_mean

MAX_CHARS, MAX_DEPTH = 500, 12
MACROS = frozenset({"all", "exists", "exists_one", "map", "filter"})
OWN_FUNCTIONS = frozenset({"contains", "startsWith", "endsWith", "matches", "string", "double", "timestamp", "duration"})
RESERVED = frozenset({
    "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop", "namespace",
    "null", "package", "return", "true", "var", "void", "while",
}) | FUNCTIONS.keys() | MACROS | {"today", "filed_on", "has", "size"}
UNUSED = frozenset({"size", "has", "int", "uint"})  # bytes, absent keys, whole numbers: each has a helper or no use
TOKEN = re.compile(
    r"""(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<decimal>\d+\.\d+)|(?P<whole>\d+)|(?P<name>[A-Za-z_]\w*)|(?P<sign>\S)|\s+"""
)

Members = Mapping[str, Collection[str]]


class NotACondition(Exception):
    """The source cannot be a condition. Carries a remedy where there is one."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


class ConditionFailed(Exception):
    """A condition that was well formed met values that it cannot work on."""


@dataclass(frozen=True, slots=True)
class Condition:
    source: str
    program: cel.Program
    names: frozenset[str]

    def value(self, context: cel.Context) -> Any:
        return self.program.execute(context)


@dataclass(frozen=True, slots=True)
class _Scan:
    """What the tokens tell before CEL sees them."""

    members: list[tuple[str, str]]      # what stands before and after a dot
    bound: dict[str, str]               # variable of a macro → what the macro runs over


def compile(source: str, names: Collection[str], members: Members | None = None) -> Condition:
    """`names`: what may be named; `members`: what may stand after the dot of a name (rows: of each row).

    Raises NotACondition.
    """
    if len(source) > MAX_CHARS:
        raise NotACondition(f"the condition has {len(source)} characters, more than {MAX_CHARS}.", "Split it with a derived name.")
    scan = _scan(source)
    try:
        program = cel.compile(TOKEN.sub(_as_decimal, source))
    except ValueError as error:
        first = str(error).split("ERROR: ")[-1].split("\n")[0].removeprefix("<input>:")
        raise NotACondition(f"not a condition: {first[:120]}.") from None
    references = program.references()
    known = FUNCTIONS.keys() | OWN_FUNCTIONS
    for function in references["functions"]:
        if function[0].isalpha() and function not in known:
            raise NotACondition(f"unknown function “{function}”.", did_you_mean(function, known | MACROS))
    for name in scan.bound.keys() & set(names):
        raise NotACondition(f"the macro's variable “{name}” is also a name of the service.", "Choose another letter.")
    used = frozenset(references["variables"]) - scan.bound.keys()
    for name in sorted(used):
        if name not in names:
            raise NotACondition(f"unknown name “{name}”.", did_you_mean(name, names))
    for owner, member in scan.members:
        allowed = (members or {}).get(scan.bound.get(owner, owner))
        if allowed is not None and member not in allowed:
            raise NotACondition(f"unknown name “{owner}.{member}”.", did_you_mean(member, allowed))
    return Condition(source, program, used)


def _summed(following: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """`total(budget, 'requested')` names a field of the rows as surely as a dot does."""
    (kind, owner), (_, comma), (text, key) = following
    return [(owner, key[1:-1])] if kind == "name" and comma == "," and text == "text" else []


def _as_decimal(token: re.Match[str]) -> str:
    return f"{token[0]}.0" if token["whole"] else token[0]


def _scan(source: str) -> _Scan:
    scan = _Scan([], {})
    tokens = [(m.lastgroup or "", m[0]) for m in TOKEN.finditer(source) if not m[0].isspace()]
    padded = [("", "")] * 3 + tokens + [("", "")] * 4
    stack: list[bool] = []  # open brackets; true where a macro opened it
    for i, (kind, part) in enumerate(tokens, start=3):
        (_, earlier), (_, owner), (last_kind, last), (_, following) = padded[i - 3], padded[i - 2], padded[i - 1], padded[i + 1]
        if kind == "name" and part in UNUSED and following == "(":
            raise NotACondition(f"{part}() is not used here.", "Use chars(), count() or filled().")
        if kind == "name" and part == "total" and following == "(":
            scan.members.extend(_summed(padded[i + 2:i + 5]))
        if kind == "name" and last == "." and following != "(":
            scan.members.append((owner, part))
        if part in ("(", "[", "{"):
            if part == "[" and (last in (")", "]") or (last_kind == "name" and last != "in")):
                raise NotACondition("rows are not taken by number.", "Use all() or exists().")
            macro = part == "(" and last in MACROS and owner == "."
            if macro and any(stack):
                raise NotACondition("one macro stands inside another.", "Use a derived name or a hook.")
            if macro:
                scan.bound[following] = earlier
            stack.append(macro)
            if len(stack) > MAX_DEPTH:
                raise NotACondition(f"more than {MAX_DEPTH} brackets deep.", "Split it with a derived name.")
        elif part in (")", "]", "}") and stack:
            stack.pop()
    return scan
