"""The template of a list of staff, and what each column takes in words."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from laihua.catalog.definitions import Field
from laihua.kernel.texts import Text

SHEET, NOTES = Text("名单", "List"), Text("填写说明", "What to write")
HEADINGS = (Text("列", "Column"), Text("必填", "Required"), Text("格式或选项", "Format or choices"))
YES, NO = Text("是", "Yes"), Text("否", "No")
FORMATS = {
    "date": Text("日期，如2027-01-31", "Date, such as 2027-01-31"),
    "latin_name": Text("大写字母，与护照机读区一致", "Capital letters as in the machine-readable zone"),
    "passport_number": Text("5至20位字母或数字", "5 to 20 letters or digits"),
    "country": Text("国家名称或三位代码，如德国、DEU", "Name or code of three letters, such as Germany or DEU"),
    "phone": Text("手机或电话，境外号码加国家代码", "Telephone, from abroad with country code"),
    "email": Text("如name@example.com", "Such as name@example.com"),
    "money": Text("数字，不加单位", "A number without unit"),
    "integer": Text("整数", "A whole number"),
}
FEW = 12


def takes(field: Field) -> Text:
    if field.type in FORMATS:
        return FORMATS[field.type]
    if field.choices:
        shown = field.choices[:FEW]
        more = Text("等", " …") if len(field.choices) > FEW else Text("", "")
        return Text("、".join(c.label.zh for c in shown) + more.zh, ", ".join(c.label.en for c in shown) + more.en)
    return Text("文字，最多{n}个字", "Text, at most {n} characters").format(n=field.max_chars)


def xlsx(columns: Sequence[Field]) -> bytes:
    book, made = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    sheet.title = str(SHEET)
    sheet.append([heading(field) for field in columns])
    for n, field in enumerate(columns, start=1):
        sheet.cell(1, n).font = Font(bold=field.required is True)
        letter = get_column_letter(n)
        sheet.column_dimensions[letter].width = max(12, 2 * len(field.label.zh) + 4)
        if field.type != "date":
            continue
        for row in range(2, 202):
            sheet.cell(row, n).number_format = "yyyy-mm-dd"
    sheet.freeze_panes = "A2"
    notes = book.create_sheet(str(NOTES))
    notes.append([str(one) for one in HEADINGS])
    for field in columns:
        notes.append([str(field.label), str(YES if field.required else NO), str(takes(field))])
    for letter, width in (("A", 30), ("B", 10), ("C", 80)):
        notes.column_dimensions[letter].width = width
    book.save(made)
    return made.getvalue()


def delimited(columns: Sequence[Field]) -> bytes:
    """With the mark by which a Chinese Excel knows UTF-8."""
    out = StringIO()
    csv.writer(out).writerow([heading(field) for field in columns])
    return out.getvalue().encode("utf-8-sig")


def heading(field: Field) -> str:
    return f"{field.label}{'*' if field.required else ''}"
