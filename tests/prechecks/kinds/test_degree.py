"""Degrees of several countries, diplomas of China, translations. People and schools are invented."""

import pytest

from tests.prechecks.kinds.trying import said, seen
from tests.prechecks.leafs import leaf

pytestmark = [pytest.mark.req("PRE-3"), pytest.mark.req("PRE-4")]

BRITISH = leaf(
    "UNIVERSITY OF EASTHAVEN", "", "This is to certify that", "", "Tobias James Falkenreck", "",
    "having completed the prescribed course of study",
    "has been admitted to the degree of", "Bachelor of Engineering in Mechanical Engineering", "with First Class Honours", "",
    "Given on 14 July 2012", "Vice-Chancellor  Registrar",
)
AMERICAN = leaf(
    "The Trustees of Northmere Institute of Technology", "on the recommendation of the Faculty have conferred upon",
    "CHIDI SAMUEL OKONKWO",
    "the degree of", "MASTER OF BUSINESS ADMINISTRATION", "with all the rights and privileges thereunto appertaining.",
    "Awarded this 5th day of June 2015",
)
FRENCH = leaf(
    "RÉPUBLIQUE FRANÇAISE", "UNIVERSITÉ DE VALMONT", "DIPLÔME DE MASTER", "Le diplôme de Master, mention : Informatique appliquée,",
    "est délivré à Mme Élodie Lefebvrot, née le 3 mars 1988 à Lyon,", "au titre de l’année universitaire 2011-2012.",
    "Fait à Valmont, le 12 octobre 2012", "Le Président de l’Université",
)
GERMAN = leaf(
    "Technische Universität Hollerau", "MASTERURKUNDE", "Die Fakultät für Maschinenbau verleiht", "Herrn Lukas Brenninger",
    "geboren am 04.11.1990 in Hollerau", "aufgrund der bestandenen Masterprüfung im Studiengang Maschinenbau",
    "den akademischen Grad", "Master of Science (M.Sc.)", "Hollerau, den 30.09.2016", "Der Dekan",
)
SPANISH = leaf(
    "UNIVERSIDAD DE PEÑALVA", "TÍTULO UNIVERSITARIO", "El Rector otorga a", "Doña Inés Carballar Montero",
    "el título de Licenciada en Economía",
    "con todos los derechos. Dado en Peñalva, a 20 de junio de 2009",
)
CHINESE = leaf(
    "普通高等学校", "毕业证书", "学生　陆归远　性别男，1994年5月6日生，于2012年9月至2016年6月在本校",
    "软件工程专业四年制本科学习，修完教学计划规定的全部课程，成绩合格，准予毕业。",
    "校名：江左理工大学　校长：钱若棠", "证书编号：000011201605000123　二〇一六年六月二十日",
)
MASTER = leaf(
    "硕士学位证书", "陆归远，男，1994年5月6日生。在江左理工大学软件工程专业完成了硕士研究生培养计划，",
    "授予工学硕士学位。", "校长　钱若棠　　学位评定委员会主席　钱若棠", "证书编号：0000132019000456　　2019年6月28日",
)
TRANSLATION = leaf(
    "中文译文", "学位证书", "兹证明托比亚斯·法尔肯雷克（Tobias Falkenreck）于2012年7月14日在伊斯特黑文大学",
    "完成机械工程专业课程，被授予工学学士学位。",
    "翻译单位：上海示例翻译有限公司（盖章）",
)
PAGES = {
    "British": (BRITISH, "Tobias James Falkenreck", "UNIVERSITY OF EASTHAVEN", "Bachelor of Engineering", "2012-07-14"),
    "American": (AMERICAN, "CHIDI SAMUEL OKONKWO", "Northmere Institute of Technology", "MASTER OF BUSINESS ADMINISTRATION",
        "2015-06-05"),
    "French": (FRENCH, "Élodie Lefebvrot", "UNIVERSITÉ DE VALMONT", "DIPLÔME DE MASTER", "2012-10-12"),
    "German": (GERMAN, "Lukas Brenninger", "Technische Universität Hollerau", "Master of Science", "2016-09-30"),
    "Spanish": (SPANISH, "Inés Carballar Montero", "UNIVERSIDAD DE PEÑALVA", "Licenciada en Economía", "2009-06-20"),
    "Chinese": (CHINESE, "陆归远", "江左理工大学", "", "2016-06-20"),
    "master": (MASTER, "陆归远", "江左理工大学", "工学硕士学位", "2019-06-28"),
    "translation": (TRANSLATION, "托比亚斯·法尔肯雷克", "伊斯特黑文大学", "工学学士学位", "2012-07-14"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_degree_of_any_country(name):
    page, person, school, degree, day = PAGES[name]
    found = said("degree", page)
    assert seen(page) == {"degree"}
    assert person in found["name"]
    assert school in found["school"]
    assert not degree or any(degree in one for one in found["degree"])
    assert found["issued_on"][0] == day


@pytest.mark.parametrize(("page", "major"), [
    (BRITISH, "Mechanical Engineering"), (FRENCH, "Informatique appliquée"), (GERMAN, "Maschinenbau"), (CHINESE, "软件工程"), (MASTER,
    "软件工程"),
    (TRANSLATION, "机械工程"),
])
def test_the_major(page, major):
    assert major in said("degree", page)["major"]


def test_a_day_of_birth_is_no_day_of_issue():
    assert "1990-11-04" not in said("degree", GERMAN)["issued_on"]
    assert "1988-03-03" not in said("degree", FRENCH)["issued_on"]


@pytest.mark.parametrize("page", [
    leaf("ACADEMIC TRANSCRIPT", "University of Easthaven", "Tobias Falkenreck", "Mathematics I  72", "Thermodynamics  65",
    "Degree of difficulty  3"),
    leaf("推荐信", "陆归远同学在我校攻读硕士学位期间成绩优秀，毕业于江左理工大学。", "导师签名"),
    leaf("职业技能资格证书", "陆归远　二级", "证书编号：000123　授予日期：2020年1月5日", "江左大学考试中心"),
    leaf("Curriculum vitae", "2008-2012 University of Easthaven, Bachelor of Engineering", "2012-2026 Senior engineer"),
])
def test_what_only_mentions_a_degree_is_none(page):
    assert "degree" not in seen(page)
