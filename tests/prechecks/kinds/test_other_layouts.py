"""Values where papers of other states and offices have them: between blanks, side by side, in sentences, in narrow cells. All invented."""

from dataclasses import replace

import pytest

from laihua.prechecks.words import Box, Leaf, Line
from tests.prechecks.kinds.trying import said
from tests.prechecks.leafs import leaf

pytestmark = [pytest.mark.req("PRE-3"), pytest.mark.req("PRE-4")]


def placed(*lines: tuple[float, float, float, str], high: float = 0.02) -> Leaf:
    """Lines by left, right and top."""
    return Leaf(1, 0.707, tuple(Line(text, Box(left, top, right, top + high), 0.98) for left, right, top, text in lines), "ocr")


@pytest.mark.parametrize(("line", "zh", "en"), [
    ("第二条 甲方安排乙方在____光学设计师____岗位（工种）从事工作。", "光学设计师", None),
    ("二、乙方同意到研发中心部门的质量主管职位（英文名称：Quality Supervisor ）工作。", "质量主管", "Quality Supervisor"),
    ("乙方的工作岗位（职务）为：声学顾问。", "声学顾问", None),
    ("3. 甲方聘请乙方担任首席配方师 （ Head Formulator ）一职。", "首席配方师", "Head Formulator"),
])
def test_a_post_between_blanks(line, zh, en):
    found = said("labour_contract", leaf("劳动合同", "甲方：上海示例光学有限公司", "乙方：Anna Lind", line))
    assert found["position"][0] == zh
    assert found.get("position_en", [None])[0] == en


def test_sentences_in_two_columns_run_on_in_their_own():
    rows = [
        ("1. The Employer is Quillmere Optics (Shanghai) Ltd.", "一、用人单位为上海示例光学有限公司。"),
        ("2. From 1 March 2027 to 28 February 2029 the Employee", "二、合同期限自2027年3月1日起，至2029年2月"),
        ("shall serve as Principal", "28日止，乙方担任首席镜片设计师职务。"),
        ("Lens Designer.", "三、工作地点：上海市示例路8号。"), ("3. Place of work as agreed.", "四、双方各执一份。"),
    ]
    lines = [one for n, (en, zh) in enumerate(rows) for one in ((0.08, 0.47, 0.1 + n * 0.025, en), (0.52, 0.92, 0.1 + n * 0.025, zh))]
    found = said("labour_contract", placed((0.3, 0.7, 0.05, "Employment contract 劳动合同"), *lines))
    assert "Principal Lens Designer" in found["position_en"]
    assert found["position"][0] == "首席镜片设计师"


@pytest.mark.parametrize("over", ["MINISTERIO DE EDUCACIÓN", "REPÚBLICA DE MONTELUZ", "RÉPUBLIQUE DE VALMER - MINISTÈRE DES UNIVERSITÉS"])
def test_a_school_below_its_ministry(over):
    page = placed((0.2, 0.8, 0.05, over), (0.22, 0.79, 0.08, "Universidad de Puerto Alba DIPLOMA"), (0.3, 0.7, 0.2, "Diploma"),
                  (0.3, 0.7, 0.3, "otorga a Inés Quiroga el título de Licenciada en Química"))
    assert said("degree", page)["school"][0] == "Universidad de Puerto Alba"


def test_a_heading_is_no_part_of_the_larger_line_below_it():
    page = placed((0.2, 0.8, 0.05, "Ministry of Education"))
    larger = replace(page, lines=(*page.lines, Line("University of Lorn", Box(0.1, 0.08, 0.85, 0.115), 0.98)))
    assert said("degree", larger)["school"] == ["University of Lorn"]


@pytest.mark.parametrize("row", [
    "8. bajo el Nº  QX-4471/2026", "8. sous N° QX-4471/2026", "8. sob o número: QX-4471/2026",
    "7. por el Ministerio8. bajo el número QX-4471/2026",
    "8. con el n.º QX-4471/2026", "8. unter Nr. QX-4471/2026",
])
def test_the_number_of_an_apostille_in_any_language(row):
    page = leaf("APOSTILLE", "(Convention de La Haye du 5 octobre 1961)", "1. País: Monteluz", "El presente documento público",
                "5. en Puerto Alba   6. 4 May 2026", row, "9. Sello:   10. Firma:")
    assert said("certification", page)["number"][0] == "QX-4471/2026"


def test_a_certificate_of_tax_in_a_sentence():
    page = leaf("税收完税证明",
                "经查询，纳税人 QUIROGA INES（证件号 EK5501278）2026年度由上海示例光学有限公司代扣代缴个人所得税，税款已入库。",
                "国家税务总局上海市税务局", "2026年11月3日")
    found = said("tax_record", page)
    assert (found["name"][0], found["organisation"][0]) == ("QUIROGA INES", "上海示例光学有限公司")
    english = leaf("Certificate of tax payment",
                   "This is to certify that Ines Quiroga (passport EK5501278) has paid individual income tax, "
                   "withheld and paid by Quillmere Optics Ltd. for the year 2025.", "Tax Bureau", "3 November 2026")
    found = said("tax_record", english)
    assert (found["name"][0], found["organisation"][0]) == ("Ines Quiroga", "Quillmere Optics Ltd.")


@pytest.mark.parametrize(("words", "sex", "day"), [
    ("受检者 QUIROGA INES（女，出生日期1991年3月5日，国籍西班牙）经检查未见异常。", "F", "1991-03-05"),
    ("ANDERS HOLM、男性、1988年10月12日生、丹麦籍，身体健康。", "M", "1988-10-12"),
    ("This is to certify that Ines Quiroga, female, born on 5 March 1991, was examined.", "F", "1991-03-05"),
])
def test_sex_and_birth_in_a_sentence_of_a_medical_certificate(words, sex, day):
    found = said("medical_certificate", leaf("健康检查证明书", words, "2026年6月2日"))
    assert (found["sex"][0], found["birth_date"][0]) == (sex, day)


def test_whoever_is_served_by_a_commission_and_the_unit_in_brackets():
    page = leaf("委托书", "本公司（示例光学（上海）有限公司）特委托上海示例人才服务有限公司办理以下事项：",
                ((0.1, "服务对象"), (0.35, "陆归远")), ((0.1, "委托事项"), (0.35, "居住证积分")), "盖章日期：2026年10月2日")
    found = said("commission_letter", page)
    assert (found["organisation"][0], found["name"][0]) == ("示例光学（上海）有限公司", "陆归远")


def test_when_somebody_joined_and_left():
    page = leaf("工作履历证明", ((0.1, "姓名"), (0.3, "INES QUIROGA")),
                ((0.1, "入司时间"), (0.3, "2018.03.01"), (0.5, "离司时间"), (0.7, "2023.09.30")))
    found = said("work_experience_letter", page)
    assert (found["from_date"], found["to_date"]) == (["2018-03"], ["2023-09"])


NARROW = ((0.06, 0.12, 0.10, "纳税人"), (0.20, 0.41, 0.10, "HOLMQVIST ANDERS"), (0.50, 0.58, 0.10, "证件号码"),
          (0.65, 0.75, 0.10, "EK5501278"))


def test_a_name_goes_on_below_where_it_did_not_fit():
    page = placed(*NARROW, (0.20, 0.34, 0.122, "FREDRIKSSON"), (0.06, 0.19, 0.16, "扣缴义务人"), (0.20, 0.5, 0.16, "上海示例光学有限公司"))
    assert said("tax_record", page)["name"][0] == "HOLMQVIST ANDERS FREDRIKSSON"


def test_a_name_that_ends_with_a_particle_goes_on_however_much_room_there_is():
    page = placed((0.06, 0.12, 0.10, "纳税人"), (0.20, 0.33, 0.10, "ANDERS VAN"), (0.20, 0.34, 0.122, "DE HOLM"))
    assert said("tax_record", page)["name"][0] == "ANDERS VAN DE HOLM"


@pytest.mark.parametrize("below", [
    (0.20, 0.24, 0.122, "LEE"),             # would have fitted
    (0.20, 0.34, 0.122, "Stockholm"),       # another case
    (0.20, 0.34, 0.122, "PASSPORT NO"), (0.20, 0.34, 0.16, "FREDRIKSSON"), (0.30, 0.44, 0.122, "FREDRIKSSON"),
])
def test_what_else_stands_below_a_name_is_no_part_of_it(below):
    assert said("tax_record", placed(*NARROW, below))["name"][0] == "HOLMQVIST ANDERS"
