"""Data pages of passports: labels in several languages beside, over or in front of their values, the zone with or without."""

import pytest

from laihua.prechecks.kind import CERTAIN
from laihua.prechecks.kinds.passport import KIND
from laihua.prechecks.mrz import check_digit
from laihua.prechecks.words import Leaf
from tests.prechecks.leafs import leaf, reading


def td3(state: str, names: str, number: str, born: str, sex: str, expires: str) -> tuple[str, str]:
    def digit(text: str) -> str:
        return text + str(check_digit(text))

    second = f"{digit(number.ljust(9, '<'))}{state.ljust(3, '<')}{digit(born)}{sex}{digit(expires)}{'<' * 14}0"
    return f"P<{state.ljust(3, '<')}{names}".ljust(44, "<")[:44], second + str(check_digit(second[:10] + second[13:20] + second[21:43]))


GERMAN = (
    "BUNDESREPUBLIK DEUTSCHLAND     REISEPASS / PASSPORT / PASSEPORT",
    "Typ/Type/Type     Kode/Code/Code     Pass-Nr./Passport No./Passeport No.",
    "P                 D                  C0QXF4T71",
    "1. Name/Surname/Nom",
    "BRÜCKENTHAL",
    "2. Vornamen/Given names/Prénoms",
    "ANNA LENA",
    "3. Geburtstag/Date of birth/Date de naissance     4. Geschlecht/Sex/Sexe",
    "14.03.1985                                        F",
    "5. Staatsangehörigkeit/Nationality/Nationalité    6. Geburtsort/Place of birth/Lieu de naissance",
    "DEUTSCH                                           WUPPERTAL",
    "7. Ausstellungsdatum/Date of issue/Date de délivrance",
    "02.05.2019",
    "8. Gültig bis/Date of expiry/Date d'expiration",
    "01.05.2029",
)
FRENCH = (
    "PASSEPORT     RÉPUBLIQUE FRANÇAISE",
    "Type/Type     Code du pays/Country code     Passeport n°/Passport No.",
    "P             FRA                           19QX40718",
    "Nom/Surname (1)",
    "BRÜCKENTHAL",
    "Prénoms/Given names (2)",
    "ANNA, LENA",
    "Nationalité/Nationality (3)     Sexe/Sex (5)     Taille/Height (11)",
    "Française                       F                1,72 m",
    "Date de naissance/Date of birth (4)     Lieu de naissance/Place of birth (6)",
    "14 03 1985                              WUPPERTAL",
    "Date de délivrance/Date of issue (7)     Date d'expiration/Date of expiry (9)",
    "02 05 2019                               01 05 2029",
    "Autorité/Authority (8)",
    "Préfecture de l'Ain",
)
CANADIAN = (
    "CANADA     PASSPORT / PASSEPORT",
    "Type/Type     Issuing Country/Pays émetteur     Passport No./N° de passeport",
    "PP            CAN                               QX407182",
    "Surname/Nom",
    "BRÜCKENTHAL",
    "Given names/Prénoms",
    "ANNA LENA",
    "Nationality/Nationalité",
    "CANADIAN/CANADIENNE",
    "Date of birth/Date de naissance",
    "14 MAR /MARS 85",
    "Sex/Sexe     Place of birth/Lieu de naissance",
    "F            WUPPERTAL DEU",
    "Date of issue/Date de délivrance     Issuing Authority/Autorité de délivrance",
    "02 MAY /MAI 19                       GATINEAU",
    "Date of expiry/Date d'expiration",
    "01 MAY /MAI 29",
)
INDIAN = (
    "भारत गणराज्य     REPUBLIC OF INDIA",
    "टाइप / Type     राष्ट्र कोड / Country Code     पासपोर्ट नं. / Passport No.",
    "P              IND                          Z4071829",
    "उपनाम / Surname",
    "BRUCKENTHAL",
    "दिया गया नाम / Given Name(s)",
    "ANNA LENA",
    "राष्ट्रीयता / Nationality     लिंग / Sex     जन्मतिथि / Date of Birth",
    "INDIAN                       F             14/03/1985",
    "जन्म स्थान / Place of Birth",
    "WUPPERTAL",
    "जारी करने का स्थान / Place of Issue",
    "MUMBAI",
    "जारी करने की तिथि / Date of Issue     समाप्ति की तिथि / Date of Expiry",
    "02/05/2019                           01/05/2029",
)
AMERICAN = (
    "PASSPORT     UNITED STATES OF AMERICA",
    "Type / Type / Tipo     Code / Code / Codigo     Passport No. / No. du Passeport / No. de Pasaporte",
    "P                      USA                      540718296",
    "Surname / Nom / Apellidos",
    "BRUCKENTHAL",
    "Given Names / Prénoms / Nombres",
    "ANNA LENA",
    "Nationality / Nationalité / Nacionalidad",
    "UNITED STATES OF AMERICA",
    "Date of birth / Date de naissance / Fecha de nacimiento",
    "14 Mar 1985",
    "Place of birth / Lieu de naissance / Lugar de nacimiento     Sex / Sexe / Sexo",
    "OHIO, U.S.A.                                                 F",
    "Date of issue / Date de délivrance / Fecha de expedición     Authority / Autorité / Autoridad",
    "02 May 2019                                                  United States",
    "Date of expiration / Date d'expiration / Fecha de caducidad     Department of State",
    "01 May 2029",
    "Endorsements / Mentions Spéciales / Anotaciones",
    "SEE PAGE 27",
)
KOREAN = (
    "여권 PASSPORT     대한민국 REPUBLIC OF KOREA",
    "종류/Type     발행국/Issuing country     여권번호/Passport No.",
    "PM            KOR                        M40718296",
    "성/Surname",
    "BRUCKENTHAL",
    "이름/Given names",
    "ANNA LENA",
    "국적/Nationality     생년월일/Date of birth     성별/Sex",
    "REPUBLIC OF KOREA    14 3월/MAR 1985            F",
    "발급일/Date of issue     발행관청/Authority",
    "02 5월/MAY 2019          MINISTRY OF FOREIGN AFFAIRS",
    "기간만료일/Date of expiry",
    "01 5월/MAY 2029",
)
RUSSIAN = (
    "РОССИЙСКАЯ ФЕДЕРАЦИЯ / RUSSIAN FEDERATION",
    "Тип/ Type     Код государства/ Code of issuing State     Номер паспорта/ Passport No.",
    "P             RUS                                        75 4071829",
    "Фамилия/ Surname",
    "БРЮКЕНТАЛЬ /",
    "BRUCKENTHAL",
    "Имя/ Given names",
    "АННА ЛЕНА/",
    "ANNA LENA",
    "Гражданство/ Nationality",
    "РОССИЙСКАЯ ФЕДЕРАЦИЯ /RUSSIAN FEDERATION",
    "Дата рождения/ Date of birth     Учетная запись / Personal No.",
    "14.03.1985",
    "Пол/ Sex     Место рождения/ Place of birth",
    "Ж/F          Г. ТВЕРЬ / TVER",
    "Дата выдачи/ Date of issue     Орган, выдавший документ/ Authority",
    "02.05.2019                     МВД 77001",
    "Дата окончания срока действия/ Date of expiry     Подпись владельца/ Holder's signature",
    "01.05.2029",
)
ITALIAN = (
    "PASSAPORTO     REPUBBLICA ITALIANA",
    "Tipo. Type. Type.     Codice Paese. Code.     Passaporto N. Passport No. Passeport N°.",
    "P                     ITA                     YA4071829",
    "Cognome. Surname. Nom. (1)",
    "BRUCKENTHAL",
    "Nome. Given Names. Prénoms. (2)",
    "ANNA LENA",
    "Cittadinanza. Nationality. Nationalité. (3)",
    "ITALIANA",
    "Data di nascita. Date of birth. Date de naissance. (4)",
    "14 MAR/MAR 1985",
    "Sesso. Sex. Sexe. (5)     Luogo di nascita. Place of birth. Lieu de naissance. (6)",
    "F                         ROMA (RM)",
    "Data di rilascio. Date of issue. Date de délivrance. (7)     Autorità. Authority. Autorité. (9)",
    "02 MAG/MAY 2019                                              MINISTRO AFFARI ESTERI",
    "Data di scadenza. Date of expiry. Date d'expiration. (8)",
    "01 MAG/MAY 2029",
)
DUTCH = (
    "KONINKRIJK DER NEDERLANDEN     PASPOORT PASSPORT PASSEPORT",
    "type / type / type     code / code / code     documentnummer / document no. / no. du document",
    "P                      NLD                    NX4R07182",
    "naam / surname / nom",
    "Bruckenthal",
    "voornamen / given names / prénoms",
    "Anna Lena",
    "nationaliteit / nationality / nationalité",
    "Nederlandse",
    "geboortedatum / date of birth / date de naissance     geslacht / sex / sexe",
    "14 MRT/MAR 1985                                       V/F",
    "datum van afgifte / date of issue / date de délivrance",
    "02 MEI/MAY 2019",
    "geldig tot / date of expiry / date d'expiration",
    "01 MEI/MAY 2029",
)
TURKISH = (
    "TÜRKİYE CUMHURİYETİ     PASAPORT / PASSPORT",
    "Türü / Type     Ülke Kodu / Country Code     Pasaport No. / Passport No.",
    "P               TUR                          U40718296",
    "Soyadı / Surname",
    "BRUCKENTHAL",
    "Adı / Given names",
    "ANNA LENA",
    "Uyruğu / Nationality     T.C. Kimlik No. / Personal No.",
    "T.C./TUR                 40718293140",
    "Doğum Tarihi / Date of birth     Cinsiyeti / Sex",
    "14 Mar/Mar 1985                  K/F",
    "Düzenleme Tarihi / Date of issue     Geçerlilik Tarihi / Date of expiry",
    "02 May/May 2019                      01 May/May 2029",
)
COLUMN = (
    "PASSPORT     REPUBLIC OF SINGAPORE",
    "Type            PA",
    "Country Code    SGP",
    "Passport No     K4071829Q",
    "Name            BRUCKENTHAL ANNA LENA",
    "Sex             F",
    "Nationality     SINGAPORE CITIZEN",
    "Date of birth   14 MAR 1985",
    "Place of birth  SINGAPORE",
    "Date of issue   02 MAY 2019",
    "Date of expiry  01 MAY 2029",
    "Authority       MINISTRY OF HOME AFFAIRS",
)
COLONS = (
    "PASSPORT",
    "Passport No.: QX 407 182", "Surname: BRÜCKENTHAL", "Given names: ANNA LENA", "Nationality: German",
    "Date of birth: 14 March 1985   Sex: F", "Place of birth: Wuppertal", "Date of issue: 2019-05-02", "Date of expiry: 2029-05-01",
)
LAYOUTS = {
    "german": (GERMAN, "C0QXF4T71", "DEU"), "french": (FRENCH, "19QX40718", "FRA"), "canadian": (CANADIAN, "QX407182", "CAN"),
    "indian": (INDIAN, "Z4071829", "IND"), "american": (AMERICAN, "540718296", "USA"), "korean": (KOREAN, "M40718296", "KOR"),
    "russian": (RUSSIAN, "754071829", "RUS"), "italian": (ITALIAN, "YA4071829", "ITA"), "dutch": (DUTCH, "NX4R07182", "NLD"),
    "turkish": (TURKISH, "U40718296", "TUR"), "column": (COLUMN, "K4071829Q", "SGP"), "colons": (COLONS, "QX407182", "DEU"),
}


def plain(name: str) -> str:
    return name.upper().replace("Ü", "U").replace(",", "")


def first(page: Leaf, key: str) -> str:
    return next((one.value for one in KIND.extract(reading(page)).get(key, ())), "")


@pytest.mark.req("PRE-4")
@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("by", ["text", "ocr"])
def test_the_printed_part_is_read_in_the_layouts_of_many_states(name, by):
    rows, number, country = LAYOUTS[name]
    page = leaf(*rows, by=by)

    assert KIND.score(page) >= CERTAIN
    assert first(page, "number") == number
    assert first(page, "nationality") == country
    assert [first(page, key) for key in ("birth_date", "issued_on", "expires_on")] == ["1985-03-14", "2019-05-02", "2029-05-01"]
    assert first(page, "sex") == "F"
    assert plain(first(page, "name")) == "BRUCKENTHAL ANNA LENA"
    if name != "column":
        assert plain(first(page, "surname")) == "BRUCKENTHAL"
        assert plain(first(page, "given_names")) == "ANNA LENA"


def test_a_zone_alone_makes_a_page_a_passport():
    page = leaf(*td3("FRA", "BRUCKENTHAL<<ANNA<LENA", "19QX40718", "850314", "F", "290501"))

    assert KIND.score(page) >= CERTAIN
    assert [one.source for one in KIND.extract(reading(page))["number"]] == ["zone"]
    assert (first(page, "surname"), first(page, "given_names"), first(page, "birth_date")) == ("BRUCKENTHAL", "ANNA LENA", "1985-03-14")


def test_print_and_zone_stand_side_by_side_even_where_they_differ():
    page = leaf(*FRENCH, *td3("FRA", "BRUCKENTHAL<<ANNA<LENA", "19QX40719", "850314", "F", "290501"))
    found = KIND.extract(reading(page))

    assert {(one.source, one.value) for one in found["number"]} == {("printed", "19QX40718"), ("zone", "19QX40719")}
    assert {one.source for one in found["expires_on"]} == {"printed", "zone"}


def test_a_letter_that_looks_like_a_digit_is_what_the_check_digit_of_the_zone_says():
    zone = td3("DEU", "BRUCKENTHAL<<ANNA<LENA", "C0QXF4T71", "850314", "F", "290501")
    page = leaf(*GERMAN, *zone)
    misread = tuple(line if line.text != "C0QXF4T71" else type(line)("COQXF4T7I", line.box, 0.9) for line in page.lines)

    assert {one.value for one in KIND.extract(reading(Leaf(1, page.aspect, misread, "ocr")))["number"]} == {"C0QXF4T71"}


@pytest.mark.parametrize(("printed", "zone", "read"), [("04/03/1985", "850304", "1985-03-04"), ("03/04/1985", "850304", "1985-03-04")])
def test_the_zone_tells_day_and_month_apart(printed, zone, read):
    page = leaf("PASSPORT", "Surname: BRUCKENTHAL", "Given names: ANNA", f"Date of birth: {printed}",
                *td3("USA", "BRUCKENTHAL<<ANNA", "540718296", zone, "F", "290501"))
    found = KIND.extract(reading(page))["birth_date"]

    assert {one.value for one in found} == {read}
    assert not any(one.doubt for one in found)


def test_of_two_passports_in_one_file_the_one_that_holds_longer_comes_first():
    old = leaf(*td3("FRA", "BRUCKENTHAL<<ANNA<LENA", "09QX11111", "850314", "F", "190501"))
    new = leaf(*td3("FRA", "BRUCKENTHAL<<ANNA<LENA", "19QX40718", "850314", "F", "290501"), number=2)

    assert [one.value for one in KIND.extract(reading(old, new))["number"]] == ["19QX40718", "09QX11111"]


def test_a_chinese_name_beside_the_latin_one_is_kept():
    page = leaf("PASSPORT", "姓/Surname", "吕", "LYU", "名/Given names", "佳萱", "JIAXUAN", "出生日期/Date of birth", "14 3月/MAR 1985",
                "有效期至/Date of expiry", "01 5月/MAY 2029", "护照号/Passport No.", "E40718296")

    assert (first(page, "surname"), first(page, "given_names"), first(page, "number")) == ("LYU", "JIAXUAN", "E40718296")
    assert first(page, "birth_date") == "1985-03-14"
    assert first(page, "chinese_name") == "吕佳萱"


def test_a_name_in_two_lines_is_one_where_the_zone_says_so():
    rows = ("PASAPORTE / PASSPORT", "APELLIDOS/SURNAME", "1. NÚÑEZ", "2. IBARROLA", "NOMBRE/GIVEN NAMES", "ANNA")
    zone = td3("ESP", "NUNEZ<IBARROLA<<ANNA", "XDA407182", "850314", "F", "290501")

    assert first(leaf(*rows, *zone), "surname") == "NÚÑEZ IBARROLA"


def test_a_name_by_birth_below_the_surname_is_left_out():
    rows = ("REISEPASS / PASSPORT", "Name/Surname/Nom", "BRÜCKENTHAL", "GEB. SCHMITTHÜBEL", "Vornamen/Given names/Prénoms", "ANNA")
    zone = td3("D", "BRUECKENTHAL<<ANNA", "C0QXF4T71", "850314", "F", "290501")

    assert [first(page, "surname") for page in (leaf(*rows), leaf(*rows, *zone))] == ["BRÜCKENTHAL", "BRÜCKENTHAL"]


def test_surname_and_given_names_parted_by_a_comma():
    page = leaf("护照 PASSPORT", "姓名/Name", "吕佳萱", "LYU, JIAXUAN", "性别/Sex", "女/F")

    assert [first(page, key) for key in ("surname", "given_names", "name", "chinese_name")] == ["LYU", "JIAXUAN", "LYU JIAXUAN", "吕佳萱"]


@pytest.mark.req("PRE-3")
@pytest.mark.parametrize("rows", [
    ("外国人来华工作许可申请表", "姓 Surname   BRUCKENTHAL", "名 Given names   ANNA", "出生日期 Date of birth   1985-03-14",
     "性别 Sex   女",
     "国籍 Nationality   法国", "护照号 Passport number   19QX40718", "签发日期 Date of issue   2019-05-02",
     "有效期至 Date of expiry   2029-05-01"),
    ("POLICE CLEARANCE CERTIFICATE", "Surname: Bruckenthal", "Given names: Anna", "Date of birth: 14 March 1985", "Place of birth: Lyon",
     "Nationality: French", "Passport number: 19QX40718", "Date of issue: 2 May 2026", "Valid until: 2 November 2026"),
    ("中华人民共和国签证 CHINESE VISA", "姓名 FULL NAME   BRUCKENTHAL ANNA", "出生日期 BIRTH DATE   14MAR1985",
     "护照号码 PASSPORT NO.   19QX40718",
     "签发日期 ISSUE DATE   02MAY2026", "入境前有效 ENTER BEFORE   02AUG2026"),
    ("Flight booking", "Passenger name: ANNA BRUCKENTHAL", "Passport number: 19QX40718", "Date of birth: 14 March 1985"),
])
def test_other_papers_that_name_a_passport_are_none(rows):
    assert KIND.score(leaf(*rows)) < CERTAIN


@pytest.mark.req("PRE-4")
def test_labels_and_days_may_take_two_lines():
    page = leaf("PASSPORT", ((0.1, "Surname"),), ((0.1, "BERGQVIST"),), ((0.1, "Lieu/Place of"), (0.4, "Délivré/Date of")),
                ((0.1, "birth"), (0.4, "issue")), ((0.1, "LUND"), (0.4, "02 MAY")), ((0.4, "2021"),), by="text")
    found = {key: [one.value for one in some] for key, some in KIND.extract(reading(page)).items()}

    assert (found["issued_on"], found["birth_place"]) == (["2021-05-02"], ["LUND"])


@pytest.mark.req("PRE-4")
@pytest.mark.parametrize("printed", ["C0QXF4T71", "C0QXF4T17"])
def test_a_number_without_a_label_is_known_by_the_zone_and_may_differ_from_it(printed):
    page = leaf(((0.1, "PASSEPORT  PASSPORT"), (0.6, printed)), "Nom / Surname", "BERGQVIST", "Date d'expiration / Date of expiry",
                "12 AUG 2032", *td3("SWE", "BERGQVIST<<ANNA", "C0QXF4T71", "850314", "F", "320812"), by="text")

    assert [(one.value, one.source) for one in KIND.extract(reading(page))["number"]] == [(printed, "printed"), ("C0QXF4T71", "zone")]
