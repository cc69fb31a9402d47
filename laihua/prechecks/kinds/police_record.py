"""无犯罪记录证明: of the police, a ministry, a court or a mission, in the language of any country."""

import re
from functools import partial

from laihua.kernel.texts import Text
from laihua.prechecks.kind import Carried, Kind
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.kinds._papers import COMMISSIONS, FORMS, LEASES, LEAVING, PERMITS, PLEDGES, SKILLS
from laihua.prechecks.kinds._readers import ANYBODY, LATIN, country, days, name, passport_number, text_of
from laihua.prechecks.kinds._told import Told, of_person

EVIDENCE = Evidence(
    titles=(
        "无犯罪记录证明", "无犯罪记录证明书", "无刑事犯罪记录证明", "未受刑事处分证明", "无犯罪证明", "无犯罪记录", "無犯罪紀錄證明",
        "無犯罪記錄證明書", "警察刑事紀錄證明", "良民证", "刑事记录证明", "犯罪经历证明书", "犯罪経歴証明書", "범죄경력증명서",
        "범죄경력회보서", "범죄·수사경력회보서", "Справка о наличии (отсутствии) судимости", "Certificate of no criminal conviction",
        "Certificate of no criminal record", "No criminal record certificate", "Non-criminal record certificate",
        "Certificate of non-criminal record", "Certificate of clear criminal record", "Police clearance certificate",
        "Police clearance", "Police certificate", "Police record certificate", "Police record", "Criminal record certificate",
        "Criminal record check", "Criminal history record",
        "Criminal record check certificate", "Certificate of criminal record", "Certificate of good conduct",
        "Good conduct certificate", "Certificate of conduct", "National police certificate", "National police check",
        "Certificate of clearance",
        "Identity history summary", "Criminal background check", "Extract from the criminal records",
        "Extract from the criminal register", "Criminal records extract", "Extract from the police records", "Disclosure certificate",
        "Basic disclosure", "Police check",
        "Führungszeugnis", "Strafregisterbescheinigung", "Strafregisterauszug", "Auszug aus dem Strafregister",
        "Extrait de casier judiciaire", "Casier judiciaire", "Bulletin n° 3", "Certificado de antecedentes penales",
        "Antecedentes penales", "Certidão de antecedentes criminais",
        "Certificado de registo criminal", "Registo criminal", "Certificato del casellario giudiziale", "Certificato penale",
        "Casellario giudiziale", "Verklaring omtrent het gedrag", "Uittreksel strafregister", "Utdrag ur belastningsregistret",
        "Utdrag fra strafferegisteret", "Politiattest",
        "Straffeattest", "Rikosrekisteriote", "Zaświadczenie o niekaralności", "Informacja o osobie z Krajowego Rejestru Karnego",
        "Výpis z rejstříku trestů", "Adli sicil kaydı", "Adli sicil belgesi", "Surat keterangan catatan kepolisian",
        "Uvjerenje o nekažnjavanju",
    ),
    words=(
        (0.30, ("无犯罪记录", "未发现有犯罪记录", "未发现犯罪记录", "没有犯罪记录", "无违法犯罪", "没有刑事犯罪记录", "无刑事",
            "no criminal record", "no criminal conviction", "no convictions", "not been convicted", "no record of conviction",
            "no criminal history", "no prior arrest", "no trace", "clear criminal record", "has no criminal", "no disclosable",
            "no police record", "no adverse record", "keine Eintragung", "Keine Eintragungen", "néant", "no constan antecedentes",
            "no consta", "no registra antecedentes", "nada consta", "nulla risulta", "NULLA", "судимости не имеет", "не имеется",
            "犯罪記録がない", "not criminally liable", "has not been charged", "no conviction", "förekommer inte", "nie figuruje",
            "free of any criminal")),
        (0.15, ("criminal record", "criminal conviction", "criminal records", "criminal history", "犯罪记录", "刑事记录", "judiciaire",
            "antecedentes", "Strafregister", "Bundeszentralregister", "Zentralregister", "casellario", "belastningsregister",
            "судимост", "犯罪", "conviction")),
        (0.15, ("Police", "Polizei", "Policía", "Polícia", "Polizia", "Polis", "Politi", "Policja", "Ministry of Justice",
            "Department of Justice", "Bundesamt für Justiz", "Ministère de la Justice", "Ministerio de Justicia",
            "Ministero della Giustizia", "Federal Bureau of Investigation", "Ministry of Public Security", "Ministry of Interior",
            "Ministry of Internal Affairs", "МВД", "公安", "派出所", "警察局", "警方", "警察", "出入境管理", "司法部", "법무부",
            "경찰청", "Prosecutor", "Court of")),
        (0.10, ("date of birth", "born on", "出生日期", "geboren", "né le", "nacido", "nato", "birth", "出生")),
        (0.10, ("This is to certify", "hereby certif", "certifies that", "兹证明", "经查", "经查询", "bescheinigt", "certifie",
            "certifica", "search of the records", "has been searched", "records of the", "fingerprint", "as at the date")),
    ),
    other=(*PLEDGES, *FORMS, *LEASES, *COMMISSIONS, *PERMITS, *LEAVING, *SKILLS, "Apostille", "劳动合同", "聘用合同",
    "Employment contract", "学位证书"),
)

TOLD = Told(
    labels={
        "name": ("姓名", "姓名（英文）", "英文姓名", "中文姓名", "姓　名", "Name", "Full name", "Name in full", "Name of applicant",
            "Applicant", "Name of person", "Subject", "Subject name", "Person", "Name and surname", "Surname and given names",
            "Surname, given names", "Nom et prénom", "Nom complet", "Nombre y apellidos", "Nombre completo", "Name, Vorname", "氏名",
            "성명", "Nominativo", "Nome", "Navn", "Namn", "Ф.И.О."),
        "surname": ("姓", "Surname", "Family name", "Last name", "Birth name", "Nom", "Nom de naissance",
            "Nom de famille", "Apellidos", "Apellido", "Familienname",
            "Geburtsname", "Cognome", "Sobrenome", "Apelido", "Efternamn", "Etternavn", "Nazwisko", "Фамилия"),
        "given_names": ("名", "Given names", "Given name", "First name", "First names", "Forename", "Forenames", "Forename(s)",
            "Prénoms", "Prénom", "Prénom(s)", "Nombres", "Vornamen", "Vorname", "Nome proprio", "Förnamn", "Fornavn", "Imię", "Имя"),
        "passport_number": ("护照号", "护照号码", "护照", "证件号码", "护照编号", "Passport No.", "Passport number", "Passport",
            "Travel document", "Travel document No.", "Passport / ID No.", "No. du passeport", "Numéro de passeport", "Pasaporte",
            "Número de pasaporte", "Reisepass-Nr.", "Passaporte", "Passnummer", "旅券番号", "여권번호"),
        "nationality": ("国籍", "国籍（地区）", "Nationality", "Citizenship", "Nationalité", "Nacionalidad", "Nacionalidade",
            "Staatsangehörigkeit", "Cittadinanza", "Nazionalità", "Medborgarskap", "Country of citizenship", "Гражданство", "国 籍",
            "국적"),
        "birth_date": ("出生日期", "出生年月日", "出生年月", "生日", "Date of birth", "Birth date", "Born", "Born on", "DOB", "D.O.B.",
            "Date de naissance", "Né(e) le", "Né le", "Née le", "Fecha de nacimiento", "Data de nascimento", "Geburtsdatum",
            "geboren am", "Data di nascita", "Nato il", "Födelsedatum", "Fødselsdato", "Data urodzenia", "Дата рождения", "生年月日",
            "생년월일"),
        "authority": ("出具机关", "签发机关", "出具单位", "发证机关", "签发单位", "颁发机关", "Issued by", "Issuing authority",
            "Authority", "Issuing office", "Issuing body", "Délivré par", "Autoridad", "Ausstellende Behörde", "Autorità"),
        "issued_on": ("签发日期", "出具日期", "开具日期", "日期", "填发日期", "发证日期", "Date of issue", "Issue date", "Issued on",
            "Date issued", "Issued", "Date", "Date of certificate", "Date of this certificate", "Date of report", "Datum",
            "Ausgestellt am", "Date d'émission", "Délivré le", "Fecha", "Fecha de expedición", "Fecha de emisión", "Data de emissão",
            "Data di rilascio", "Utfärdat", "Дата выдачи", "発行日", "발급일"),
        "-": ("性别", "编号", "出生地", "地址", "有效期", "有效期至", "Sex", "Gender", "Number", "No.", "Reference", "Reference No.",
            "Certificate No.", "Place of birth", "Address", "Purpose", "Valid until", "Expiry date", "Date of expiry", "Valid to",
            "Signature", "Seal", "Result", "Results", "认证", "Authentication", "Geburtsort", "Lieu de naissance",
            "Lugar de nacimiento", "Occupation", "Residence", "Officer", "Title", "Place of issue", "Country of birth", "ID number",
            "Identity card No.", "Period", "Apostille"),
    },
    readers={"name": name, "surname": text_of, "given_names": text_of, "passport_number": passport_number, "nationality": country,
    "birth_date": days, "authority": text_of, "issued_on": days},
    prose=(
        re.compile(rf"(?i:certif(?:y|ies|ied)\s*(?:that)?|confirm(?:s|ed)?\s*that|relating\s+to|in\s+respect\s+of|concerning|"
            rf"against(?:\s+the\s+name\s+of)?|record\s+of|certifie\s+que|certifica\s+que|attesta\s+che|bescheinigt\s*,?\s*dass|über|"
            rf"name\s+of)\s*[:：]?\s*{LATIN.pattern}"),
        re.compile(rf"(?:兹证明|经查询?|查询结果|现证明|证明|对|未发现|查明|申请人)[，,：:]?\s*(?P<name>{ANYBODY})\s*(?=[，,（(]|男|女|"
            rf"在|于|没有|无|未|先生|女士|国籍|护照)"),
        re.compile(r"(?i:(?:born|date\s+of\s+birth|d\.?o\.?b\.?|née?\s+le|geboren\s+am|nacid[oa]\s+el|nat[oa]\s+il)\s*(?:on|is|:|"
            r"：)?\s*)(?P<birth_date>[^\n]{6,32})"),
        re.compile(r"(?:出生日期|出生于|生于)\s*[:：为]?\s*(?P<birth_date>[^\n，。）)]{6,22})"),
        re.compile(r"(?P<birth_date>\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*(?:出生|生(?!效))"),
        re.compile(r"(?i:passport)\s*(?i:no|number|nr|n°)?\s*[.:：]?\s*(?P<passport_number>[A-Z0-9][A-Z0-9 ]{5,12})"),
        re.compile(r"护照\s*(?:号码?|编号)?\s*(?:为|是|[:：])?\s*(?P<passport_number>[A-Z0-9][A-Z0-9 ]{5,12})"),
        re.compile(r"(?i:nationality|citizen\s+of|national\s+of|"
            r"nationalité)\s*[:：]?\s*(?P<nationality>(?:the\s+)?[A-Z][A-Za-z ]{2,30})"),
        re.compile(r"国籍\s*[:：为]?\s*(?P<nationality>[^\s，。、；:：]{2,10})"),
    ),
)


KIND = Kind(
    "police_record", Text("无犯罪记录证明", "Police record"),
    (
        Carried("name", Text("姓名", "Name"), "name"), Carried("passport_number", Text("护照号", "Passport number"), "number"),
        Carried("nationality", Text("国籍", "Nationality"), "country"), Carried("birth_date", Text("出生日期", "Date of birth"), "date"),
        Carried("authority", Text("出具机关", "Authority"), "organisation"), Carried("issued_on", Text("签发日期", "Issued on"), "date"),
    ),
    score=EVIDENCE.score, extract=partial(of_person, EVIDENCE, TOLD), issued="issued_on", always=("name",),
)
