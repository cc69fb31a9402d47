"""Police records of several countries. People, numbers and offices are invented."""

import pytest

from tests.prechecks.kinds.trying import said, seen
from tests.prechecks.leafs import leaf

pytestmark = [pytest.mark.req("PRE-3"), pytest.mark.req("PRE-4")]

PAGES = {
    "letter": (leaf(
        "EASTHAVEN NATIONAL POLICE", "POLICE CLEARANCE CERTIFICATE", "Date: 14 September 2026  Ref: PC/2026/00417",
        "This is to certify that Mr. Tobias Falkenreck, born on 3 March 1988, a citizen of Germany, holder of passport",
        "No. C4ZK81T20, has no criminal record in the files of the Easthaven National Police up to the date of this certificate."),
        "Tobias Falkenreck", "1988-03-03", "2026-09-14", "C4ZK81T20"),
    "form": (leaf(
        "CRIMINAL RECORD CHECK", ((0.1, "Surname"), (0.4, "OKONKWO")), ((0.1, "Given names"), (0.4, "CHIDI SAMUEL")), ((0.1,
        "Date of birth"), (0.4, "21-Jul-1985")),
        ((0.1, "Passport No."), (0.4, "A09331472")), ((0.1, "Result"), (0.4, "No convictions recorded")), ((0.1, "Date of issue"),
        (0.4, "02-Oct-2026")),
        "Department of Justice"), "OKONKWO CHIDI SAMUEL", "1985-07-21", "2026-10-02", "A09331472"),
    "German": (leaf(
        "Bundesamt für Justiz", "Führungszeugnis", "über", "Familienname: Brenninger", "Vornamen: Lukas Emil",
        "Geburtsdatum: 04.11.1990", "Staatsangehörigkeit: deutsch",
        "Inhalt: Keine Eintragung", "Bonn, 28.09.2026"), "Brenninger Lukas Emil", "1990-11-04", "2026-09-28", ""),
    "French": (leaf(
        "MINISTÈRE DE LA JUSTICE", "CASIER JUDICIAIRE", "Bulletin n° 3", "Nom : LEFEBVROT", "Prénoms : Élodie Margaux",
        "Né(e) le : 03/03/1988", "NÉANT",
        "Délivré le 25/09/2026"), "LEFEBVROT Élodie Margaux", "1988-03-03", "2026-09-25", ""),
    "Spanish": (leaf(
        "MINISTERIO DE JUSTICIA", "CERTIFICADO DE ANTECEDENTES PENALES", "Nombre y apellidos: Inés Carballar Montero",
        "Fecha de nacimiento: 12/05/1984",
        "Pasaporte: PAA331472", "NO CONSTAN ANTECEDENTES PENALES", "Fecha de expedición: 30/09/2026"), "Inés Carballar Montero",
        "1984-05-12", "2026-09-30", "PAA331472"),
    "Chinese": (leaf(
        "无犯罪记录证明", "（2026）沪公证字第0417号",
        "经查询，安娜·林德（Anna Lind），女，1990年8月20日出生，瑞典国籍，护照号码EK5501278，", "在中国居住期间未发现有犯罪记录。",
        "上海市公安局出入境管理局", "2026年10月8日"), "安娜·林德", "1990-08-20", "2026-10-08", "EK5501278"),
    "Hong Kong": (leaf(
        "香港警務處", "CERTIFICATE OF NO CRIMINAL CONVICTION", "無犯罪紀錄證明書", "Name 姓名：CHAN TAI MAN 陳大文",
        "Date of birth 出生日期：1987-02-11",
        "Date of issue 簽發日期：2026-09-03", "no record of conviction was found"), "CHAN TAI MAN", "1987-02-11", "2026-09-03", ""),
    "nationality": (leaf(
        "No criminal record certificate", "Full name: SOUZA GUIMARAES ANA LUIZA", "Nationality: Brazilian",
        "Date of birth: June 7, 1991", "Passport number: FZ331472",
        "has no criminal record according to the Federal Police.", "Issued on: September 12, 2026  Valid until: December 11, 2026"),
        "SOUZA GUIMARAES ANA LUIZA", "1991-06-07", "2026-09-12", "FZ331472"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_police_record_of_any_country(name):
    page, person, born, issued, passport = PAGES[name]
    found = said("police_record", page)
    assert seen(page) == {"police_record"}
    assert person in found["name"]
    assert (found["birth_date"][0], found["issued_on"][0]) == (born, issued)
    assert not passport or found["passport_number"] == [passport]


def test_nationality_by_name_or_adjective():
    assert said("police_record", PAGES["nationality"][0])["nationality"] == ["BRA"]
    assert said("police_record", PAGES["letter"][0])["nationality"] == ["DEU"]


def test_the_day_of_the_apostille_is_not_that_of_the_record():
    page = PAGES["letter"][0]
    apostille = leaf("APOSTILLE", "(Convention de La Haye du 5 octobre 1961)", "2. has been signed by J. Orwick",
    "6. the 20 October 2026", "8. No. 417", number=2)
    assert said("police_record", page, apostille)["issued_on"][0] == "2026-09-14"


@pytest.mark.parametrize("page", [
    leaf("声明书", "本人安娜·林德声明：本人无犯罪记录，所述属实。", "声明人签名"),
    leaf("外国人来华工作许可申请表", "姓名 Anna Lind", "是否有犯罪记录：否", "出生日期 1990-08-20"),
    leaf("AFFIDAVIT", "I, Anna Lind, swear that I have never been in prison.", "Signed before me"),
])
def test_what_one_says_of_oneself_is_none(page):
    assert "police_record" not in seen(page)
