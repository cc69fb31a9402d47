"""体检证明: the verified record of a physical examination, or the health certificate, of a Chinese quarantine body or a hospital."""

import re
from functools import partial

from laihua.kernel.texts import Text
from laihua.prechecks.kind import Carried, Kind
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.kinds._papers import COMMISSIONS, FORMS, LEASES, LEAVING, PERMITS, PLEDGES, SKILLS
from laihua.prechecks.kinds._readers import ANYBODY, LATIN, country, days, name, passport_number, sex, text_of
from laihua.prechecks.kinds._told import Told, of_person

EVIDENCE = Evidence(
    titles=(
        "境外人员体格检查记录验证证明", "境外人员体格检查记录验证证明书", "外国人体格检查表", "外国人体格检查记录",
        "外国人体格检查记录验证证明", "健康检查证明书", "国际旅行健康检查证明书", "国际旅行健康证明书", "健康证明书", "健康证明",
        "体检证明", "体格检查表", "体检报告", "体检表", "健康检查记录",
        "体格检查记录", "健康體檢證明", "健康診断書", "건강진단서", "Verification certificate of health",
        "Verification certificate of physical examination record", "Certificate of verification of physical examination record",
        "Verification of physical examination record",
        "Certificate of verification for physical examination record of foreigners", "Verification of the physical examination",
        "Physical examination record for foreigner", "Foreigner physical examination form", "Physical examination form for foreigners",
        "Physical examination record",
        "Health examination certificate", "Certificate of health examination", "Certificate of health", "Health certificate",
        "Health certificate for international traveller", "Health certificate for international traveler", "Medical certificate",
        "Medical examination certificate", "Medical examination report", "Certificate of medical examination",
        "Physical examination certificate", "Medical report", "Gesundheitszeugnis", "Ärztliches Attest", "Certificat médical",
        "Certificado médico", "Certificato medico", "Fitness certificate",
    ),
    words=(
        (0.20, ("体格检查", "健康检查", "体检", "physical examination", "health examination", "medical examination",
            "medically examined", "examination record")),
        (0.20, ("国际旅行卫生保健中心", "International Travel Healthcare", "International Travel Health Care", "Travel Health",
            "检验检疫", "Quarantine", "海关", "卫生检疫", "Entry-Exit Inspection", "Hospital", "医院", "Clinic", "Customs")),
        (0.20, ("传染病", "肺结核", "艾滋病", "梅毒", "霍乱", "精神病", "鼠疫", "黄热病", "infectious", "communicable disease",
            "tuberculosis", "Cholera", "Yellow fever", "Plague", "Leprosy", "Venereal", "syphilis", "HIV", "AIDS", "psychosis",
            "mental disorder", "contagious")),
        (0.15, ("身高", "体重", "血压", "血型", "视力", "心电图", "胸部", "Height", "Weight", "Blood pressure", "Blood type", "Vision",
            "Chest X", "ECG", "Laboratory", "化验")),
        (0.12, ("医师", "医生", "主检", "检查医师", "physician", "Doctor", "examiner", "Arzt", "médecin", "médico")),
        (0.12, ("验证", "符合要求", "未见异常", "未发现", "身体健康", "适合", "good health", "in good health", "fit for", "verified",
            "no abnormal", "not found", "meets the requirement", "Conclusion", "结论")),
    ),
    other=(*PLEDGES, *LEASES, *COMMISSIONS, *PERMITS, *LEAVING, *SKILLS, *(f for f in FORMS if f != "申请表"), "申请表", "劳动合同",
    "聘用合同", "Employment contract", "学位证书", "Degree certificate"),
)

TOLD = Told(
    labels={
        "name": ("姓名", "受检者姓名", "受检人姓名", "体检人姓名", "体检者姓名", "申请人姓名", "旅客姓名", "受检人", "被检者姓名",
            "Name", "Full name", "Name of applicant", "Name in full", "Name of examinee", "Patient name", "Name of patient", "Patient",
            "Examinee", "Nom et prénom", "Nombre", "氏名"),
        "surname": ("Surname", "Family name", "Last name", "Nom", "Apellidos", "Nachname"),
        "given_names": ("Given names", "Given name", "First name", "First names", "Prénom", "Vorname"),
        "passport_number": ("护照号", "护照号码", "护照", "证件号码", "护照编号", "护照（通行证）号码", "Passport No.",
            "Passport number", "Passport", "Passport / ID No.", "ID No.", "Travel document No.", "Document No."),
        "birth_date": ("出生日期", "出生年月日", "出生年月", "Date of birth", "Birth date", "Birthday", "Birth", "DOB", "Born",
            "Geburtsdatum", "Date de naissance", "Fecha de nacimiento"),
        "nationality": ("国籍", "国籍（地区）", "国籍或地区", "国籍/地区", "Nationality", "Nationality (or area)",
            "Nationality (area)", "Country", "Country or region", "Citizenship", "Nationalité", "Nacionalidad", "Staatsangehörigkeit"),
        "sex": ("性别", "Sex", "Gender", "Sexe", "Sexo", "Geschlecht"),
        "issued_on": ("签发日期", "出具日期", "发证日期", "体检日期", "检查日期", "验证日期", "日期", "签证日期", "Date of issue",
            "Issued on", "Issue date", "Date of examination", "Date of verification", "Date of report", "Date issued", "Date",
            "Date of certificate"),
        "-": ("编号", "出生地", "血型", "职业", "现通讯地址", "地址", "有效期", "有效期至", "照片", "结论", "签名", "No.", "Number",
            "Certificate No.", "Place of birth", "Birth place", "Blood type", "Occupation", "Present mailing address", "Address",
            "Photo", "Height", "Weight", "Blood pressure", "Signature", "Signature of physician", "Physician", "Name of physician",
            "Official stamp", "Seal", "Valid until", "Validity", "Conclusion", "医师签名", "检查机构", "Hospital", "身高", "体重",
            "血压", "Age", "年龄", "体检机构", "Name of hospital", "Doctor"),
    },
    readers={"name": name, "surname": text_of, "given_names": text_of, "passport_number": passport_number, "birth_date": days,
    "nationality": country, "sex": sex, "issued_on": days},
    prose=(
        re.compile(rf"(?i:certif(?:y|ies)\s*that|examined|examination\s+of|examination\s+record\s+of|bescheinigt\s*,?\s*dass|"
            rf"certifie\s+que)\s*{LATIN.pattern}"),
        re.compile(rf"(?:兹证明|证明|持证人|受检者)[，,：:]?\s*(?P<name>{ANYBODY})\s*(?=[，,（(]|男|女|先生|女士|国籍|护照|经)"),
        re.compile(r"(?i:passport)\s*(?i:no|number|nr)?\s*[.:：]?\s*(?P<passport_number>[A-Z0-9][A-Z0-9 ]{5,12})"),
        re.compile(r"护照\s*(?:号码?)?\s*(?:为|是|[:：])?\s*(?P<passport_number>[A-Z0-9][A-Z0-9 ]{5,12})"),
        re.compile(r"(?i:born\s+on|born|date\s+of\s+birth)\s*[:：]?\s*(?P<birth_date>[^\n]{6,30})"),
        re.compile(r"(?:出生日期|出生于|生于)\s*[:：为]?\s*(?P<birth_date>[^\n，。）)]{6,22})"),
        re.compile(r"(?P<birth_date>\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?)\s*(?:出生|生(?!效))"),
        re.compile(r"[，,（(、；;]\s*(?P<sex>男|女)性?\s*(?=[，,）)、；;。])"),
        re.compile(r"性\s*别\s*[:：为]?\s*(?P<sex>男|女)"),
        re.compile(r"(?i)[,(;]\s*(?:an?\s+)?(?P<sex>male|female)\b|(?:sex|gender)\s*[:：]\s*(?P<sex2>male|female|m|f)\b"),
        re.compile(r"国籍\s*[:：为]?\s*(?P<nationality>[^\s，。、；:：]{2,10})|[，,（(、]\s*(?P<nationality2>[^\s，。、；:：（(]{2,8}?)\s*"
                   r"(?:国籍|籍|公民)\s*(?=[，,）)、])"),
    ),
)


KIND = Kind(
    "medical_certificate", Text("体检证明", "Medical certificate"),
    (
        Carried("name", Text("姓名", "Name"), "name"), Carried("passport_number", Text("护照号", "Passport number"), "number"),
        Carried("nationality", Text("国籍", "Nationality"), "country"), Carried("birth_date", Text("出生日期", "Date of birth"), "date"),
        Carried("sex", Text("性别", "Sex"), "sex"), Carried("issued_on", Text("签发日期", "Issued on"), "date"),
    ),
    score=EVIDENCE.score, extract=partial(of_person, EVIDENCE, TOLD), issued="issued_on", always=("name",),
)
