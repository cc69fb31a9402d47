"""Invented facts for papers, and ways to look at a PDF."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from laihua.permits.render import photo_jpeg, qr_svg, render

TEMPLATES = Path(__file__).parents[2] / "services" / "work_permit" / "new" / "templates"
AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def both(zh: str, en: str | None = None) -> dict[str, str]:
    return {"zh": zh, "en": zh if en is None else en}


def said(label: str, zh: str, en: str | None = None, wide: bool = False) -> dict[str, Any]:
    return {"label": both(label), **both(zh, en), "wide": wide}


def facts(**changes: Any) -> dict[str, Any]:
    window = {
        "name": both("示例窗口3号", "Example window 3"), "address": both("上海市示例区样例路1号", "1 Sample Road"),
    }
    return {
        "title": both("外国人来华工作许可", "Work Permit for Foreigners in China"), "kind": "permit",
        "number": "WPX2026112504827", "number_grouped": "WPX 2026 1125 0482 7", "case_number": "WP-20261112-0482",
        "service": both("外国人来华工作许可（新办）", "Work permit for foreigners: new"),
        "authority": both("示例签发机关", "Example Issuing Authority"),
        "employer": both("上海砚桥精密仪器有限公司", "Shanghai Yanqiao Precision Instruments Co., Ltd."),
        "subject": both("LINDQVIST SOEREN MIKAEL"), "category": "B", "issued_on": "2026-11-25",
        "submitted_on": "2026-11-12", "promised_on": "2026-11-23", "deadline": "2026-12-07",
        "valid_from": "2026-12-01", "valid_to": "2028-11-30", "code": "7F3K9-2QDXA",
        "verify_at": "laihua.example/verify", "qr_alt": "https://laihua.example/verify/7F3K9-2QDXA/",
        "signed": True, "specimen": True, "photo": True,
        "fields": {
            "chinese_name": said("中文名", "林索伦"), "sex": said("性别", "男", "Male"),
            "birth_date": said("出生日期", "1985-03-14"), "nationality": said("国籍", "瑞典", "Sweden"),
            "passport_number": said("护照号", "EM7204138"),
            "position": said("职务", "光学研发经理", "Optical R&D Manager"),
            "work_address": said("工作地点", "上海市浦东新区望江路88号3幢502室"),
        },
        "sections": [
            {"title": both("申请人", "Applicant"), "entries": None,
             "rows": [said("姓", "LINDQVIST"), said("工作地点", "上海市浦东新区望江路88号", None, True)]},
            {"title": both("工作经历", "Work"), "rows": [], "entries": [[said("单位", "Norrsken Optik AB")]] * 3},
            {"title": both("家属", "Family"), "rows": [], "entries": []},
        ],
        "items": [
            {"name": both("护照信息页", "Passport data page"), "code": "WP-R02",
             "reason": both("材料不清晰", "Unclear"),
             "correction": both("请上传彩色扫描件。", "Upload a colour scan."), "remark": "右下角被手指遮住。"},
        ],
        "reasons": [], "remark": "经核实，证明所载期间不符。",
        "law": [both("《外国人在中国就业管理规定》第七条", "Rules for the Employment of Foreigners, article 7")],
        "originals": [both("护照", "Passport")], "window": None, "windows": [window], "delivery": "electronic",
        "contact": both("咨询电话（示例）021-5550 0123", "Help line (example) 021-5550 0123"),
        "digest": "9f" * 32, "foot": both("编号 WPX2026112504827", "No. WPX2026112504827"),
        **changes,
    }


def photograph() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "#88aacc").save(out, "PNG")
    return photo_jpeg(out.getvalue())


def typeset(name: str, data: Mapping[str, Any] | None = None) -> bytes:
    data = facts() if data is None else data
    images = {"qr.svg": qr_svg(data["qr_alt"]), "photo.jpg": photograph()}
    return render(template=(TEMPLATES / f"{name}.typ").read_text(encoding="utf-8"), data=data, images=images, at=AT)


def words_of(pdf: bytes) -> str:
    """The text of all pages without white space, so that a line break changes nothing."""
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    return "".join(text.replace("\u200b", "").split())


def pages_of(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))
