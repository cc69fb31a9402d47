"""What is wrong in a service's folder, for whoever writes services."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    file: str
    line: int
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" + (f" {self.remedy}" if self.remedy else "")


class Faults:
    """Collects, so that one reading tells everything."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Fault] = []

    def add(self, line: int, message: str, remedy: str = "", file: str = "") -> None:
        fault = Fault(file or getattr(line, "file", "") or self.file, int(line), message, remedy)
        if fault not in self.found:
            self.found.append(fault)

    def unknown(self, line: int, what: str, name: str, known: Iterable[str]) -> None:
        self.add(line, f"unknown {what} “{name}”.", did_you_mean(name, known))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean “{close[0]}”?"
    shown = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    return f"Known: {shown}." if names else ""
