"""Letters of former employers in several languages and shapes. People and firms are invented."""

import pytest

from tests.prechecks.kinds.trying import said, seen
from tests.prechecks.leafs import leaf

pytestmark = [pytest.mark.req("PRE-3"), pytest.mark.req("PRE-4")]

PAGES = {
    "English": (leaf(
        "Orwick & Sons Precision Ltd.", "12 Harbour Street, Easthaven", "", "TO WHOM IT MAY CONCERN", "",
        "We hereby confirm that Mr. Tobias Falkenreck worked full time with Orwick & Sons Precision Ltd. as Senior Optics Engineer",
        "from 1 September 2014 to 31 August 2026. He was responsible for lens design.", "Issued on 5 September 2026",
        "Jane Orwick, HR Director"),
        "Tobias Falkenreck", "Orwick & Sons Precision Ltd.", "Senior Optics Engineer", "2014-09", "2026-08", "2026-09-05"),
    "months": (leaf(
        "CERTIFICATE OF EMPLOYMENT",
        "This is to certify that Chidi Samuel Okonkwo was employed by Northmere Systems Inc. in the position of",
        "Regional Sales Director from March 2011 until October 2025.", "Easthaven, 4 November 2025"),
        "Chidi Samuel Okonkwo", "Northmere Systems Inc.", "Regional Sales Director", "2011-03", "2025-10", "2025-11-04"),
    "German": (leaf(
        "Hollerau Werkzeugbau GmbH", "ARBEITSZEUGNIS",
        "Herr Lukas Brenninger, geboren am 04.11.1990, war vom 01.10.2016 bis zum 30.06.2026",
        "als Entwicklungsingenieur in unserem Unternehmen beschäftigt.", "Hollerau, den 30.06.2026"),
        "Lukas Brenninger", "Hollerau Werkzeugbau GmbH", "Entwicklungsingenieur", "2016-10", "2026-06", ""),
    "French": (leaf(
        "Atelier Valmont SARL", "ATTESTATION DE TRAVAIL", "Nous attestons que Mme Élodie Lefebvrot a travaillé au sein de notre société",
        "en qualité de Responsable Qualité du 1er avril 2012 au 31 mars 2024.", "Fait à Valmont, le 5 avril 2024"),
        "Élodie Lefebvrot", "Atelier Valmont SARL", "Responsable Qualité", "2012-04", "2024-03", "2024-04-05"),
    "Chinese": (leaf(
        "工作资历证明", "兹证明安娜·林德（Anna Lind，护照号EK5501278）自2015年3月至2025年12月在上海示例光学有限公司工作，",
        "担任光学研发工程师，工作表现良好。", "证明人：钱若棠　联系电话：021-55500000", "上海示例光学有限公司（盖章）", "2026年1月8日"),
        "安娜·林德", "上海示例光学有限公司", "光学研发工程师", "2015-03", "2025-12", "2026-01-08"),
    "table": (leaf(
        "Employment verification letter", ((0.1, "Employee name"), (0.4, "SOUZA GUIMARAES ANA LUIZA")), ((0.1, "Company"), (0.4,
        "Penalva Consulting S.A.")),
        ((0.1, "Position held"), (0.4, "Data Analyst")), ((0.1, "Date of joining"), (0.4, "15 June 2018")), ((0.1, "Last working day"),
        (0.4, "30 April 2026")),
        ((0.1, "Date"), (0.4, "4 May 2026"))),
        "SOUZA GUIMARAES ANA LUIZA", "Penalva Consulting S.A.", "Data Analyst", "2018-06", "2026-04", "2026-05-04"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_letter(name):
    page, person, employer, position, begin, end, issued = PAGES[name]
    found = said("work_experience_letter", page)
    assert seen(page) == {"work_experience_letter"}
    assert person in found["name"]
    assert employer in found["employer"]
    assert position in found["position"]
    assert (found["from_date"][0], found["to_date"][0]) == (begin, end)
    assert not issued or found["issued_on"][0] == issued


def test_whoever_still_works_there_has_no_last_month():
    page = leaf("Employment certificate",
    "This is to certify that Anna Lind has been employed by Northmere Systems Inc. as Data Analyst", "from May 2019 to present.",
                "Easthaven, 3 October 2026")
    found = said("work_experience_letter", page)
    assert (found["from_date"], found.get("to_date")) == (["2019-05"], None)


@pytest.mark.parametrize("page", [
    leaf("简历", "安娜·林德", "2015年3月至2025年12月　上海示例光学有限公司　光学研发工程师", "学历：硕士"),
    leaf("劳动合同", "甲方：上海示例光学有限公司　乙方：安娜·林德", "合同期限自2026年1月1日至2027年12月31日",
    "乙方担任工程师，工资每月20000元"),
    leaf("Letter of recommendation", "I recommend Anna Lind for your programme. She worked as a research assistant in my group."),
])
def test_what_only_mentions_work_is_none(page):
    assert "work_experience_letter" not in seen(page)
