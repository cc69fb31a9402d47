"""The generated pages of docs/reference/: the settings, and one page for each service."""

from pathlib import Path

from laihua.commands.surroundings import CommandFault
from laihua.kernel import environment

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs" / "reference"
HEAD = "<!-- Written by `make docs`; do not edit. -->\n\n"


def write() -> list[Path]:
    """Writes the pages that have changed, removes those of services that are gone, and names both."""
    changed, wanted = outdated(), pages()
    for path in changed:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()
    return changed


def outdated() -> list[Path]:
    wanted = pages()
    changed = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    return sorted(changed + [path for path in (FOLDER / "services").rglob("*.md") if path not in wanted])


def pages() -> dict[Path, str]:
    return {FOLDER / "settings.md": HEAD + settings_page()} | {
        FOLDER / "services" / f"{name}.md": HEAD + page for name, page in service_pages().items()
    }


def service_pages() -> dict[str, str]:
    from laihua.catalog import checks, docs

    found = {}
    for loaded in checks.load_all(ROOT / "services"):
        if loaded.definition is None:
            raise CommandFault("\n".join(["A service is not in order:", *map(str, loaded.faults)]))
        found[loaded.definition.service.id] = docs.render(loaded.definition)
    return found


def settings_page() -> str:
    rows = [f"| `{v.name}` | {_default(v)} | {v.what} |" for v in environment.VARIABLES]
    return "\n".join(["# Settings", "", "Every variable that the hall reads; `laihua check settings` shows them.",
                      "", "| variable | default | what it is |", "|---|---|---|", *rows, ""])


def _default(variable: environment.Variable) -> str:
    if variable.default is None:
        return "required; the demo makes its own"
    return f"`{variable.default}`" if variable.default else "empty"
