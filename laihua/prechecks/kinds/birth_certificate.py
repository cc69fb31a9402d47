"""出生证明. Whose child somebody is: the Chinese medical certificate of birth and certificates of other states."""

from laihua.kernel.texts import Text
from laihua.prechecks.comparing import dates
from laihua.prechecks.kind import Fields, Kind
from laihua.prechecks.kinds import _identity as identity
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.wording import says, titled
from laihua.prechecks.words import Leaf, Reading

CARRIES = identity.carried(
    name=("姓名", "Name", "name"), birth_date=("出生日期", "Date of birth", "date"), sex=("性别", "Sex", "sex"),
    father=("父亲姓名", "Father", "name"), mother=("母亲姓名", "Mother", "name"), number=("证书编号", "Certificate number", "number"),
)
PARENT = ("{}'s name", "{}'s full name", "name of {}", "full name of {}", "name of the {}", "{}", "{} name", "{}'s name and surname",
          "name and surname of {}")
LABELS = identity.labels(
    "birth_date", "sex", "birth_place", "surname", "given_names", "issued_on",
    name=(
        "新生儿姓名", "婴儿姓名", "儿童姓名", "子女姓名", "孩子姓名", "姓名", "name of child", "child's name", "full name of child",
        "child's full name", "full name of baby",
        "name of baby", "name of newborn", "name and surname", "full name at birth", "nom et prénoms", "name des kindes",
        "nombre del registrado",
        "child", "name of the child", "the child", "name of infant", "infant", "name of person", "person registered",
        "enfant", "kind", "nombre del inscrito", "inscrito", "nome do registrado", "registrado",
    ),
    father=("父亲姓名", "父亲", "父姓名", *(one.format("father") for one in PARENT), "père", "nom du père", "vater", "padre",
            "nombre del padre", "pai", "ojciec"),
    mother=(
        "母亲姓名", "母亲", "母姓名", *(one.format("mother") for one in PARENT), "mother's maiden name",
        "name and maiden surname of mother",
        "maiden name of mother", "mère", "nom de la mère", "mutter", "madre", "nombre de la madre", "mãe", "matka",
    ),
    number=("出生证编号", "出生医学证明编号", "证书编号", "编号", "certificate no", "certificate number", "registration number",
            "registration no", "entry no"),
    birth_date=("出生时间", "date and time of birth", "birth time", "when born", "date of birth and time"),
    district=("registration district", "医疗机构名称", "出生地点", "出生孕周", "出生体重", "出生身长", "年龄", "age",
              "有效身份证件号码", "有效身份证件类别", "签发机构", "接生机构名称"),
)
EVIDENCE = Evidence(
    titles=(
        "出生医学证明", "出生证明", "出生证", "出生证明书", "birth certificate", "certificate of birth", "certificate of live birth",
        "medical certificate of birth",
        "certified copy of an entry of birth", "entry of birth", "certification of birth", "acte de naissance",
        "extrait d'acte de naissance", "geburtsurkunde",
        "acta de nacimiento", "partida de nacimiento", "certificado de nacimiento", "certidão de nascimento", "atto di nascita",
        "akt urodzenia",
        "свидетельство о рождении", "register of births", "extract from the register of births", "extract of birth",
        "birth register extract", "record of birth", "birth record", "registration of birth", "extrait du registre des naissances",
        "registre des naissances", "auszug aus dem geburtenregister", "geburtenregister", "registro de nacimientos",
        "registro de nascimento", "registro degli atti di nascita",
    ),
    words=((0.15, ("新生儿姓名", "name of child", "child's name", "full name of child", "full name of baby")),
           (0.15, ("父亲", "father", "père", "vater", "padre")), (0.15, ("母亲", "mother", "mère", "mutter", "madre")),
           (0.1, ("出生时间", "出生日期", "date of birth", "date de naissance", "geburtsdatum")), (0.08, ("医疗机构", "registrar",
                                                                                                          "接生", "register office",
                                                                                                          "standesamt"))),
    other=("亲属关系证明", "无犯罪记录证明", "申请表", "adoption certificate", "收养证"),
)
HEADINGS = ("出生医学证明", "出生证明", "出生证", "birth certificate", "certificate of birth", "certificate of live birth",
            "geburtsurkunde")
PARENTS = (
    "父亲", "父亲姓名", "母亲", "母亲姓名", "father", "father's name", "mother", "mother's name", "parents", "père", "mère", "vater",
    "mutter",
    "eltern", "padre", "madre", "pai", "mãe", "ojciec", "matka", "отец", "мать",
)


def score(leaf: Leaf) -> float:
    """Papers of every kind name a date and a place of birth: one of these names the parents or is headed by its name."""
    said = EVIDENCE.score(leaf)
    return said if says(leaf, *PARENTS) or titled(leaf, *HEADINGS) else min(said, 0.5)


def extract(reading: Reading) -> Fields:
    return identity.gathered([page_of(leaf) for leaf in reading.leaves], [one.key for one in CARRIES], newest="birth_date")


def page_of(leaf: Leaf) -> identity.Page:
    order = dates.order_of(line.text for line in leaf.lines)
    page = identity.printed(leaf, LABELS, {
        "name": identity.name, "father": identity.name, "mother": identity.name, "number": identity.number, "sex": identity.sex,
        "birth_date": identity.day(order), "surname": identity.latin_name, "given_names": identity.latin_name,
    })
    parents = {one.value for key in ("father", "mother") for one in page[key]}
    page["name"] = [one for one in page["name"] if one.value not in parents] or identity.in_one(page["surname"], page["given_names"])
    return {key: some[:2 if key in ("name", "father", "mother") else 1] for key, some in page.items()}


KIND = Kind("birth_certificate", Text("出生证明", "Birth certificate"), CARRIES, score, extract, always=("name",))
