"""Forms that are printed from a draft, signed by hand and come back as a scan. Pure.

The print carries a code: case number, version of the answers, digest of what was printed. Prints of the same answers are
equal, whenever they were made; a change that was taken back leaves an earlier print valid. A form that is printed duplex
carries it on both sides, told apart by `:B`, so that a scan of one side alone is known.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import orjson

from laihua.catalog.compiled import Definition
from laihua.catalog.definitions import Field, Section
from laihua.kernel.texts import Text

CODE = re.compile(r"LH1:(?P<case>[A-Z0-9-]{4,32}):(?P<version>0|[1-9][0-9]{0,8}):(?P<digest>[0-9A-F]{16})(?P<side>:B)?")
NAMED = 12          # changed parts that a refusal names before it counts the rest

NO_CODE = Text(
    "扫描件上没有读到右上角的二维码。请{button}（已打印最新一份的，不用再打），签章后整页扫描（200 dpi即可，不裁边、不遮挡二维码），再上传",
    "The code at the top right could not be read. Sign and seal the newest print (“{button}”) and scan whole pages "
    "(200 dpi is enough, nothing cut off or covering the code)",
)
OTHER_CASE = Text(
    "这份表属于另一案件{other}，本案案件号为{number}。请上传从本案打印的表",
    "This form belongs to another case, {other}; this is case {number}. Please upload the form printed from this case",
)
UNKNOWN = Text(
    "二维码与本案打印过的“{title}”都不符。请{button}，签章后重新扫描上传",
    "The code is none of the prints of “{title}” in this case. Please use “{button}”, sign, scan and upload it again",
)
OUTDATED = Text(
    "打印之后又修改了：{changes}。请重新打印、签章、扫描后上传",
    "Changed since this was printed: {changes}. Please print, sign and scan it again, then upload it",
)
ONE_SIDE = Text(
    "扫描件里没有读到{side}的二维码。请把正面和反面都扫描进同一个PDF（先正面，后反面），再上传",
    "The code of the {side} could not be read. Please scan front and reverse into one PDF, the front first",
)
SIDES = {"": Text("正面", "front"), "B": Text("反面", "reverse")}
UNREAD = Text("请重新打印、签章、扫描后上传", "Please print, sign and scan it again, then upload it")


@dataclass(frozen=True, slots=True)
class Code:
    """What the code on a print says. `side`: B on the reverse of a form that is printed duplex."""

    case: str
    version: int
    digest: str
    side: str = ""

    def __str__(self) -> str:
        return f"LH1:{self.case}:{self.version}:{self.digest}{':B' if self.side else ''}"

    @property
    def reverse(self) -> "Code":
        return replace(self, side="B")


def read(text: str) -> Code | None:
    """None for a code that is not of a print of the hall, such as that on a licence."""
    found = CODE.fullmatch(text.strip())
    return Code(found["case"], int(found["version"]), found["digest"], "B" if found["side"] else "") if found else None


def printed_sections(sections: Sequence[Section]) -> list[Section]:
    """What stands on paper. A declaration is made by the signature below it; its tick on the page is none of the print."""
    kept = [replace(s, fields=tuple(f for f in s.fields if f.type != "declaration")) for s in sections]
    return [s for s in kept if s.fields]


def printed_answers(sections: Sequence[Section], answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the hall keeps of a print: the answers that apply and are there."""
    keys = {k for s in printed_sections(sections) for k in ([s.key] if s.rows is not None else [f.key for f in s.fields])}
    return {k: v for k, v in answers.items() if k in keys and v not in (None, "", [])}


def missing_side(read: Iterable[Code], digest: str) -> Text | None:
    """Which side of a duplex print a scan does not hold; None where both are there."""
    seen = {code.side for code in read if code.digest == digest}
    return next((name for side, name in SIDES.items() if side not in seen), None)


def digest_of(output: str, printed: Mapping[str, Any]) -> str:
    return sha256(orjson.dumps([output, printed], option=orjson.OPT_SORT_KEYS)).hexdigest()[:16].upper()


def changed_parts(definition: Definition, before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Text]:
    """The labels of what differs, in the order of the form; a field of a row with the name of its row."""
    found: list[Text] = []
    for section in definition.service.sections:
        if section.rows is None:
            found += [f.label for f in section.fields if before.get(f.key) != now.get(f.key)]
        else:
            found += _changed_rows(section, before.get(section.key) or [], now.get(section.key) or [])
    return found


def _changed_rows(section: Section, before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> list[Text]:
    found: list[Text] = []
    for n in range(max(len(before), len(now))):
        name = Text(f"{section.title.zh}{n + 1}", f"{section.title.en} {n + 1}")
        if n >= len(before):
            found.append(Text(f"{name.zh}（新增）", f"{name.en} (added)"))
        elif n >= len(now):
            found.append(Text(f"{name.zh}（已删除）", f"{name.en} (removed)"))
        else:
            found += [
                Text(f"{name.zh}的{f.label.zh}", f"{f.label.en} of {name.en}")
                for f in section.fields if _differs(f, before[n], now[n])
            ]
    return found


def _differs(field: Field, before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    return field.type != "declaration" and before.get(field.key) != now.get(field.key)


def in_one_line(parts: Sequence[Text]) -> Text:
    named = parts[:NAMED]
    text = Text("、".join(p.zh for p in named), ", ".join(p.en for p in named))
    rest = len(parts) - len(named)
    return Text(f"{text.zh}等{len(parts)}处", f"{text.en} and {rest} more") if rest else text
