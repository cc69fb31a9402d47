"""Papers come out whole, small, the same every time, and never read what people typed as markup."""

import io

import pytest
from PIL import Image

from laihua.permits.render import PHOTO_PIXELS, RenderingFailed, photo_jpeg, printable, qr_svg, render
from tests.permits.papers import AT, TEMPLATES, both, facts, pages_of, said, typeset, words_of

NAMES = sorted(path.stem for path in TEMPLATES.glob("*.typ"))
HOSTILE = '#import "@preview/x:1.0.0" #read("/etc/passwd") $x^2$ *b* _i_ = h \\ " <a> @b `c` [d] // e'


def test_every_document_of_the_issue_has_its_template() -> None:
    assert NAMES == [
        "acceptance_slip", "application_form", "correction_notice", "decision_approval", "decision_refusal", "permit",
        "residence_notice", "residence_refusal", "verification_notice",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_is_complete_and_small(name: str) -> None:
    pdf = typeset(name)
    text = words_of(pdf)
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) < 300_000
    assert "外国人来华工作许可" in text
    assert "WorkPermitforForeignersinChina" in text
    assert "样例SPECIMEN" in text
    assert "第1页" in text


def test_outside_the_demo_nothing_says_specimen() -> None:
    assert "SPECIMEN" not in words_of(typeset("permit", facts(specimen=False)))


def test_permit_shows_every_particular_on_one_page() -> None:
    pdf = typeset("permit")
    text = words_of(pdf)
    for part in (
        "WPX2026112504827", "LINDQVISTSOERENMIKAEL", "林索伦", "1985-03-14", "EM7204138", "瑞典", "Sweden",
        "上海砚桥精密仪器有限公司", "光学研发经理",
        "2026年12月1日至2028年11月30日", "7F3K9-2QDXA", "laihua.example/verify",
        "示例签发机关", "2026年11月25日",
    ):
        assert part in text, part
    assert pages_of(pdf) == 1


def test_names_with_rare_characters_are_printed() -> None:
    assert "喆堃玥镕" in words_of(typeset("permit", facts(subject=both("喆堃玥镕"))))


@pytest.mark.parametrize("name", NAMES)
def test_typed_markup_is_printed_as_text(name: str) -> None:
    fields = facts()["fields"] | {"position": said("职务", HOSTILE)}
    rows = [{"title": both(HOSTILE), "entries": None, "rows": [said(HOSTILE, HOSTILE, None, True)]}]
    items = [facts()["items"][0] | {"remark": HOSTILE}]
    pdf = typeset(name, facts(subject=both(HOSTILE), fields=fields, sections=rows, items=items, remark=HOSTILE))
    assert "".join(HOSTILE.split()) in words_of(pdf)


@pytest.mark.parametrize("endless", ["a" * 10_000, "光学" * 5_000, "long words here " * 625])
@pytest.mark.parametrize("name", ["permit", "correction_notice", "application_form", "decision_refusal"])
def test_ten_thousand_characters_break_into_lines_and_pages(name: str, endless: str) -> None:
    fields = facts()["fields"] | {"position": said("职务", endless)}
    rows = [{"title": both("岗位"), "entries": [[said("职责", endless, None, True)]], "rows": []}]
    items = [facts()["items"][0] | {"remark": endless}]
    pdf = typeset(name, facts(fields=fields, sections=rows, items=items, remark=endless))
    printed = words_of(pdf)     # heads and feet of pages stand between its parts, so characters are counted
    assert all(printed.count(letter) >= endless.count(letter) for letter in set(endless) - {" "})
    assert 2 <= pages_of(pdf) <= 20


def test_an_absent_answer_is_a_dash() -> None:
    fields = {k: v for k, v in facts()["fields"].items() if k != "position"}
    assert "—" in words_of(typeset("permit", facts(fields=fields, photo=False)))


def test_same_facts_give_the_same_bytes() -> None:
    assert typeset("permit") == typeset("permit")


def test_a_fault_of_a_template_names_it() -> None:
    with pytest.raises(RenderingFailed, match="unknown variable"):
        render(template="#nothing_like_it", data={}, images={}, at=AT)


def test_a_template_cannot_read_outside_its_folder() -> None:
    with pytest.raises(RenderingFailed):
        render(template='#read("/etc/hostname")', data={}, images={}, at=AT)
    with pytest.raises(RenderingFailed):
        render(template='#read("../../etc/hostname")', data={}, images={}, at=AT)


def test_characters_that_turn_the_direction_are_dropped() -> None:
    assert printable({"a": ["x\u202egnp.exe\x00\u200b", 1, None]}) == {"a": ["xgnp.exe", 1, None]}


def test_photograph_is_drawn_anew_without_metadata() -> None:
    picture, out = Image.new("RGB", (1200, 1600), "white"), io.BytesIO()
    exif = picture.getexif()
    exif[0x010E] = "written by the camera"
    picture.save(out, "JPEG", exif=exif, comment=b"and a comment")
    anew = photo_jpeg(out.getvalue())
    assert b"camera" not in anew
    assert b"comment" not in anew
    with Image.open(io.BytesIO(anew)) as small:
        assert small.size[0] <= PHOTO_PIXELS[0]
        assert small.size[1] <= PHOTO_PIXELS[1]


def test_qr_code_is_a_picture_of_its_own() -> None:
    assert qr_svg("WP-20261112-0482").startswith(b"<svg")
    assert b"http-equiv" not in qr_svg("x")


def test_correction_notice_tells_all_items_with_code_correction_and_remark() -> None:
    items = [facts()["items"][0] | {"code": f"WP-R{n:02}", "remark": f"附言{n}"} for n in range(12)]
    text = words_of(typeset("correction_notice", facts(items=items)))
    assert "下列12项需要补正" in text
    assert "2026年12月7日前" in text
    assert all(f"WP-R{n:02}" in text and f"附言{n}" in text for n in range(12))


def test_refusal_states_reasons_law_and_rights_of_appeal() -> None:
    text = words_of(typeset("decision_refusal"))
    for part in (
        "证明所载期间不符", "第三十八条第二款", "六十日内依法申请行政复议", "六个月内依法向人民法院提起行政诉讼", "sixtydays",
        "sixmonths",
    ):
        assert part in text, part


def test_verification_notice_gives_the_booked_time_or_asks_to_book() -> None:
    window = facts()["windows"][0] | {"on": "2026-11-19", "weekday": both("周四", "Thursday"), "at": "9:30–10:00"}
    assert "2026年11月19日（周四）9:30–10:00" in words_of(typeset("verification_notice", facts(window=window)))
    assert "请先预约" in words_of(typeset("verification_notice"))


def test_a_character_that_no_font_has_keeps_back_no_paper() -> None:
    from laihua.permits.render import MISSING, printable

    assert printable({"duties": "研发👩\u200d🔬与 اختبار, naïve"}) == {"duties": f"研发{MISSING}{MISSING}与 {MISSING * 6}, naïve"}
