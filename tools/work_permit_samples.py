"""Makes the filled-in examples that applicants may download: services/work_permit/new/samples/*.pdf.

The texts stand in work_permit_samples.yaml; everybody in them is invented, and every page says so.
Run it again after changing a text:
    .venv/bin/python tools/work_permit_samples.py
"""

import json
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
import yaml

FOLDER = Path(__file__).parents[1] / "services/work_permit/new/samples"
TEXTS = Path(__file__).with_suffix(".yaml")
MADE_AT = 1793750400  # 2026-11-04, so that the same text gives the same file

PAGE = r"""
#let doc = json(bytes(sys.inputs.doc))
#set document(title: doc.title)
#set page(
  paper: "a4", margin: (x: 24mm, y: 26mm),
  background: rotate(-32deg, text(size: 62pt, fill: rgb("#E3E8ED"))[样例 SPECIMEN]),
  footer: text(size: 9pt, fill: rgb("#5F6D7B"))[
    样例 SPECIMEN · 人物、单位、号码均为虚构 All people, units and numbers are invented
  ],
)
#set text(font: "Noto Sans SC", lang: "zh", size: 10.5pt, fill: rgb("#17222D"))
#set par(leading: 0.85em, spacing: 1.15em)
#align(center, text(size: 17pt, doc.title))
#align(center, text(size: 10.5pt, fill: rgb("#465462"), doc.subtitle))
#v(6mm)
#for part in doc.parts {
  if "rows" in part {
    table(
      columns: (38mm, 1fr), inset: 8pt, stroke: 0.5pt + rgb("#C5CED7"),
      fill: (x, y) => if x == 0 { rgb("#F4F6F8") },
      ..part.rows.flatten().map(cell => [#cell])
    )
  } else { par(part.text) }
}
#v(10mm)
#grid(columns: (1fr, 1fr), gutter: 8mm, ..doc.signatures.map(line => block(
  width: 100%, height: 26mm, inset: 8pt, stroke: (paint: rgb("#7B8998"), dash: "dashed", thickness: 0.6pt),
  text(fill: rgb("#465462"), line),
)))
#if doc.notes.len() > 0 {
  v(6mm)
  text(size: 9.5pt, fill: rgb("#0B4A72"))[填写要点 What to watch]
  for note in doc.notes { text(size: 9.5pt)[#list([#note])] }
}
"""


def make(name: str, content: dict[str, object]) -> int:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True,
        font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)],
    )
    texts = json.dumps(content, ensure_ascii=False)
    pdf = typst.Compiler(PAGE.encode(), font_paths=fonts, sys_inputs={"doc": texts}).compile(timestamp=MADE_AT)
    (FOLDER / f"{name}.pdf").write_bytes(pdf)
    return len(pdf)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, content in yaml.safe_load(TEXTS.read_text(encoding="utf-8")).items():
        print(f"{name}.pdf {make(name, content)} bytes")


if __name__ == "__main__":
    main()
