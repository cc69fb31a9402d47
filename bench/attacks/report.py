"""What came out, on the screen and as docs/reference/security-figures.md. Every figure comes from the run."""

from collections.abc import Iterable
from pathlib import Path

from bench.attacks.scene import Row
from bench.report import machine
from bench.server import Server

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "security-figures.md"
TITLES = {
    "codes": "Codes by SMS", "stuffing": "Passwords", "telling": "What a stranger can find out", "fixation": "Session ids",
    "portals": "Answers of portals", "delegations": "Delegations", "grants": "Grants", "agencies": "Special sign-in by an agency",
    "captchas": "Captchas", "links": "Password links",
}
HEAD = """# Security figures

Written by `make attacks`; do not edit. Every attack was carried out against the running hall with everything on, on a
PostgreSQL of its own, with a clock that was moved instead of waited for. Limits are read from the code that enforces them."""
NOTES = {
    "codes": "A day is a day of China. Twenty-four hours that span midnight touch two, so up to twice as many guesses.",
    "stuffing": "Every try brings a solved captcha. “Reached the hash” counts passwords that were checked against an account "
                "or, to take as long, against none; a cheap hash stands in, since nothing is timed here. "
                "One password at many names from many addresses meets the captcha alone, as long as each address is slow.",
    "telling": "Pages are compared byte for byte, after what is new on every page is taken out (form token, captcha, the demo’s "
               "clock, what was typed). Times are pairs in random order, limits cleared between; p is that of a two-sided "
               "sign test, and below 0.001 the two are held to be told apart. Look-ups may tell, at a price.",
    "captchas": "A captcha slows programs down and stops none that was made for it. It is not bound to a session: whoever has "
                "a picture solved elsewhere gets the one try that it is good for.",
}


def show(name: str, rows: Iterable[Row]) -> None:
    print(f"\n{TITLES[name]}")
    for row in rows:
        print(f"  {row.result:7}{row.attack[:100]:102}{row.tries:>7}   {row.through}   ({row.seconds:.1f} s)", flush=True)


def write(name: str, rows: Iterable[Row], server: Server) -> None:
    """Put this part into the page, in its place; the others stay as they are."""
    known = PAGE.read_text(encoding="utf-8").split("\n## ")[1:] if PAGE.exists() else []
    parts = {part.split("\n", 1)[0]: f"## {part.rstrip()}" for part in known} | {TITLES[name]: section(name, rows, server)}
    PAGE.write_text("\n\n".join([HEAD, *(parts[title] for title in TITLES.values() if title in parts)]) + "\n", encoding="utf-8")


def section(name: str, rows: Iterable[Row], server: Server) -> str:
    found = dict(machine(server))
    lines = [f"## {TITLES[name]}", ""]
    if name in NOTES:
        lines += [NOTES[name], ""]
    lines += ["| attack | tries | what stops it | let through | result | time |", "|---|---|---|---|---|---|"]
    lines += [f"| {r.attack} | {r.tries:,} | {r.stops} | {r.through} | {r.result} | {r.seconds:.1f} s |" for r in rows]
    return "\n".join([*lines, "", f"{found['Date']}, {found['Processor']}, load at the end {found['Load at the end']}."])
