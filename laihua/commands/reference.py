"""The generated pages of docs/reference/. A page is a function that gives its Markdown."""

from collections.abc import Callable
from pathlib import Path

from laihua.kernel import environment

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "reference"
HEAD = "<!-- Written by `make docs`; do not edit. -->\n\n"


def settings_page() -> str:
    rows = [f"| `{v.name}` | {_default(v)} | {v.what} |" for v in environment.VARIABLES]
    return "\n".join(["# Settings", "", "Every variable that the hall reads; `laihua check settings` shows them.",
                      "", "| variable | default | what it is |", "|---|---|---|", *rows, ""])


def _default(variable: environment.Variable) -> str:
    if variable.default is None:
        return "required; the demo makes its own"
    return f"`{variable.default}`" if variable.default else "empty"


PAGES: dict[str, Callable[[], str]] = {"settings.md": settings_page}


def write() -> list[Path]:
    """The pages that have changed."""
    changed = outdated()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in changed:
        path.write_text(HEAD + PAGES[path.name](), encoding="utf-8")
    return changed


def outdated() -> list[Path]:
    paths = {FOLDER / name: HEAD + page() for name, page in PAGES.items()}
    return [path for path, text in paths.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
