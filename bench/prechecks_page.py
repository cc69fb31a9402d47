"""The page of the pre-review bench: every figure comes from what was judged."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import Any

WHY = Path(__file__).with_name("prechecks_why.md")
One = dict[str, Any]


def page(result: dict[str, Any]) -> str:
    every = [one for one in result["judged"] if "broken" not in one]
    broken = [one for one in result["judged"] if "broken" in one]
    faulty = [one for one in every if one["fault"]]
    clean = [one for one in every if not one["fault"]]
    parts = [
        "# Pre-review: what it finds and what it misses", "",
        "Written by `make bench-prechecks`; do not edit. The documents are invented and made by `tests/prechecks/corpus/`, the same on",
        "every run. Each goes the real way: gate, reading, what is remembered, checks. Real documents differ more than these, and nothing",
        "here says how well those are read.", "",
        "Layouts are of four groups. By the first ones the readers of the kinds were written. The second and third were made apart; when",
        "they had been measured once, the readers were mended by what had been missed in them. The blind ones were never seen by those who",
        "wrote and mended the readers: they alone tell how a layout fares that nobody has thought of.", "",
        *machine(result), *readings(every), "",
        "## Goals", "", *goals(every, faulty, clean, broken, result["paired"]), "",
        "## Faults", "", "One in each document. Found: the check that has to say it said doubt or mismatch, or the gate refused.", "",
        *table(("fault", "documents", "found", "of them as doubt", "by the gate", "missed"), fault_rows(faulty)), "",
        "## Where", "", *table(
            ("documents", "faults", "found", "clean", "with a false alarm", "wrong answers", "seen"), where_rows(faulty, clean)), "",
        "## Each check and kind", "",
        "Every answer of the form that a document carries is made wrong in turn, by a letter, a digit, a day, or for another; on clean",
        "documents, refused ones left out. False alarm: on the clean document this comparison did not say pass.", "",
        *table(("kind", "carried", "comparisons", "mismatch", "doubt", "missed", "false alarms"), compared_rows(clean)), "",
        "Other checks:", "", *table(("check", "kind", "faults", "found", "missed", "false alarms on clean documents"),
                                    check_rows(faulty, clean)), "",
        "## Missed", "", *missed(faulty, clean), "", "## False alarms", "", *alarms(clean), "",
        *([f"Broken: {one['name']}: {one['broken']}" for one in broken]),
    ]
    why = WHY.read_text(encoding="utf-8").splitlines() if WHY.exists() else []
    return "\n".join([*parts, *why]).rstrip() + "\n"


def machine(result: dict[str, Any]) -> list[str]:
    m = result["machine"]
    return [f"Run on {m['on']}, {m['processor']}, {m['cores']} cores, load at the end {m['load'][0]:.1f}."]


def readings(every: list[One]) -> list[str]:
    scans = [one for one in every if one["how"] != "text" and not one["refused"]]
    kept = sum(one["kept"] for one in scans)
    return [f"Of {len(scans)} scans, {kept} had been read before by the engine; what was read of them was judged anew."] if kept else []


def goals(every: list[One], faulty: list[One], clean: list[One], broken: list[One], paired: list[One]) -> list[str]:
    texts = [one for one in every if one["how"] == "text"]
    ours, bare = sum(p["ours"] for p in paired), sum(p["bare"] for p in paired)
    pages = sum(p["pages"] for p in paired)
    gate = [one["gate_seconds"] for one in every]
    blind = sum(one["group"] == "blind" for one in every)
    rows = [
        ("Documents", f"{len(every) + len(broken)}, {blind} in blind layouts", "at least 400", len(every) >= 400),
        *measured("", faulty, clean),
        *(measured(", blind layouts", *([one for one in part if one["group"] == "blind"] for part in (faulty, clean))) if blind else ()),
        ("Pages of documents with text that went to the engine", str(sum(one["by_ocr"] for one in texts)), "0",
         not any(one["by_ocr"] for one in texts)),
        ("Gate, median and slowest", f"{median(gate):.2f} s, {max(gate):.2f} s", "at most 1 s", max(gate) <= 1),
    ]
    if paired:
        rows.append(("Reading a scanned page against the bare engine",
                        f"{ours / pages:.2f} s : {bare / pages:.2f} s = {ours / bare:.2f} ({pages} pages)",
                        "at most 1.15", ours <= 1.15 * bare))
    return table(("", "result", "goal", ""), [(what, shown, goal, "met" if met else "missed") for what, shown, goal, met in rows])


def measured(where: str, faulty: list[One], clean: list[One]) -> Iterable[tuple[str, str, str, bool]]:
    found = [one for one in faulty if one["level"]]
    alarmed = [one for one in clean if false_alarm(one)]
    tried = [t for one in clean for t in one["tried"]]
    caught = [t for t in tried if seen(t)]
    yield f"Recall: seeded faults found{where}", share(found, faulty), "at least 95 %", ratio(found, faulty) >= 0.95
    yield f"Recall: wrong answers found by comparing{where}", share(caught, tried), "at least 95 %", ratio(caught, tried) >= 0.95
    plain = sum(any(said[1] == "mismatch" for said in one["said"]) for one in alarmed)
    yield (f"Clean documents with a false alarm{where}", f"{share(alarmed, clean)}, {plain} of them with a mismatch", "at most 2 %",
           ratio(alarmed, clean) <= 0.02)


def seen(t: One) -> bool:
    return t["after"] not in ("", "pass")


def fault_rows(faulty: list[One]) -> Iterable[tuple[Any, ...]]:
    for fault, group in sorted(grouped(faulty, lambda one: one["fault"]).items()):
        levels = Counter(one["level"] for one in group)
        yield fault, len(group), len(group) - levels[""], levels["doubt"], levels["refused"], levels[""]


def where_rows(faulty: list[One], clean: list[One]) -> Iterable[tuple[Any, ...]]:
    ways: list[tuple[str, Callable[[One], bool]]] = [
        *((f"{how}{', ' + group if group else ''}", of_group(how, group))
          for how in ("text", "scans") for group in ("", "first", "second", "third", "blind")),
        *((f"scans of {dpi} dpi", at_dpi(dpi)) for dpi in (100, 120, 150, 200)),
        *((way, scanned(way)) for way in ("leaning 3°", "turned 90°", "turned 180°", "turned 270°", "photographed")),
    ]
    for what, belongs in ways:
        faults, good = [one for one in faulty if belongs(one)], [one for one in clean if belongs(one)]
        tried = [t for one in good for t in one["tried"]]
        yield (what, len(faults), sum(bool(one["level"]) for one in faults), len(good), sum(map(false_alarm, good)), len(tried),
               sum(map(seen, tried)))


def of_group(how: str, group: str = "") -> Callable[[One], bool]:
    return lambda one: (one["how"] == "text") == (how == "text") and group in ("", one["group"])


def at_dpi(dpi: int) -> Callable[[One], bool]:
    return lambda one: one["dpi"] == dpi


def scanned(way: str) -> Callable[[One], bool]:
    return lambda one: one["how"] == way


def compared_rows(clean: list[One]) -> Iterable[tuple[Any, ...]]:
    found = defaultdict(Counter)
    for one in clean:
        for t in one["tried"]:
            row = found[one["kind"], t["carried"]]
            row["all"] += 1
            row[t["after"] if t["after"] in ("mismatch", "doubt") else "missed"] += 1
            row["alarm"] += t["before"] not in ("", "pass")
    for (kind, carried), row in sorted(found.items()):
        yield kind, carried, row["all"], row["mismatch"], row["doubt"], row["missed"], row["alarm"]


def check_rows(faulty: list[One], clean: list[One]) -> Iterable[tuple[Any, ...]]:
    rows = defaultdict(Counter)
    for one in faulty:
        if one["check"] != "fields":
            rows[one["check"], one["kind"]]["faults"] += 1
            rows[one["check"], one["kind"]]["found"] += bool(one["level"])
    for one in clean:
        for check in {said[0] for said in one["said"]} - {"fields"} | set(one["refused"]):
            rows[check, one["kind"]]["alarms"] += 1
    for (check, kind), row in sorted(rows.items()):
        yield check, kind, row["faults"], row["found"], row["faults"] - row["found"], row["alarms"]


def missed(faulty: list[One], clean: list[One]) -> list[str]:
    lines = [f"* {named(one)}" for one in faulty if not one["level"]]
    for one in clean:
        lost = [t["carried"] for t in one["tried"] if not seen(t)]
        if lost:
            lines.append(f"* {named(one)}: not compared or not seen: {', '.join(lost)}")
    return lines or ["Nothing."]


def alarms(clean: list[One]) -> list[str]:
    lines = []
    for one in clean:
        if one["refused"]:
            lines.append(f"* {named(one)}: refused, {', '.join(one['refused'])}")
        elif one["said"] or one["problem"]:
            said = "; ".join(f"{check} {level} {carried} ({given} / {read})" for check, level, carried, given, read in one["said"])
            lines.append(f"* {named(one)}: {one['problem']}{said}")
    return lines or ["None."]


def named(one: One) -> str:
    return f"{one['group']}: {one['name']}"


def false_alarm(one: One) -> bool:
    return bool(one["refused"] or one["said"] or one["problem"])


def grouped(many: list[One], by: Callable[[One], Any]) -> dict[Any, list[One]]:
    groups: dict[Any, list[One]] = defaultdict(list)
    for one in many:
        groups[by(one)].append(one)
    return groups


def ratio(part: list[Any], whole: list[Any]) -> float:
    return len(part) / len(whole) if whole else 1.0


def share(part: list[Any], whole: list[Any]) -> str:
    return f"{100 * ratio(part, whole):.1f} % ({len(part)} of {len(whole)})"


def table(head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> list[str]:
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *("| " + " | ".join(map(str, row)) + " |" for row in rows)]
