"""Rows of an uploaded list (CSV or XLSX), read in the child process."""

import orjson

from laihua.kernel.texts import Reason, Refused, Text
from laihua.prechecks import child

ENDINGS = (".xlsx", ".csv")
MOST_BYTES = 2 * 1024**2
REASONS = {
    "wrong_ending": Text("请上传XLSX或CSV文件", "Please upload an XLSX or a CSV file"),
    "empty": Text("文件是空的（0字节）", "The file is empty (0 bytes)"),
    "empty_list": Text("名单是空的，第一行应为列名", "The list is empty; its first row names the columns"),
    "too_big": Text("文件超过2 MB。请只保留名单所在的工作表", "The file has more than 2 MB. Please keep the sheet with the list only"),
    "too_many_rows": Text("名单超过1000行。请分成几个文件导入", "The list has more than 1,000 rows. Please import it in parts"),
    "not_a_list": Text(
        "文件不是可以读取的XLSX或CSV。请用表格软件另存后再上传，仅改扩展名无效",
        "The file is no readable XLSX or CSV. Please save it anew in a spreadsheet program; renaming it is not enough"),
    "encrypted_list": Text("文件已加密。请去除密码后再上传", "The file is protected. Please remove the password first"),
    "file_too_complex": Text(
        "文件过于复杂，无法在限定的时间和内存内打开。请把名单复制到空白表格后再上传",
        "The file cannot be opened within the limits of time and memory. Please copy the list into an empty sheet"),
}


def read_list(content: bytes, *, name: str) -> list[list[str]]:
    """All rows as text, the heading first. Raises Refused with what is wrong with the file as a whole."""
    kind = next((ending[1:] for ending in ENDINGS if name.lower().endswith(ending)), "")
    if not kind:
        raise Refused(reason("wrong_ending"))
    if not content:
        raise Refused(reason("empty"))
    if len(content) > MOST_BYTES:
        raise Refused(reason("too_big"))
    outcome = child.run({"do": "sheet", "kind": kind}, content)
    if outcome.problems:
        raise Refused(*(reason(code) for code, _ in outcome.problems))
    rows: list[list[str]] = orjson.loads(outcome.picture)
    return rows


def reason(code: str) -> Reason:
    return Reason(code, REASONS[code], place="file")
