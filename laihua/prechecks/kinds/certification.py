"""What certifies a paper from abroad: an apostille, a consular authentication, or the report of the Chinese academic body."""

import re

from laihua.kernel.texts import Text
from laihua.prechecks.kind import Carried, Fields, Kind
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.kinds._papers import FORMS, LEASES, PLEDGES
from laihua.prechecks.kinds._readers import ANYBODY, HAN, Value, days, name, number, text_of, tidy
from laihua.prechecks.kinds._told import Told, fields, issue_dates, pages_of, sheets
from laihua.prechecks.words import Reading

EVIDENCE = Evidence(
    titles=(
        "Apostille", "APOSTILLE (Convention de La Haye du 5 octobre 1961)", "Apostille (Hague Convention of 5 October 1961)",
        "附加证明书", "海牙认证", "Apostila", "Apostilla", "领事认证", "领事认证书", "使馆认证", "认证书", "領事認證",
        "Consular authentication", "Consular legalization", "Consular legalisation", "Certificate of authentication",
        "Authentication certificate", "Legalization", "国外学历学位认证书", "港澳学历学位认证书", "台湾学历学位认证书",
        "教育部学历证书电子注册备案表", "学历证书电子注册备案表", "学位证书电子注册备案表", "学历认证报告", "中国高等教育学历认证报告",
        "学位认证报告", "学籍学历认证", "学历学位认证", "Verification report of China higher education qualification certificate",
        "Certification of degree", "Credential evaluation", "Online verification report of higher education qualification certificate",
    ),
    words=(
        (0.25, ("Convention de La Haye", "Hague Convention", "5 octobre 1961", "5 October 1961", "October 5, 1961",
            "Haager Übereinkommen", "海牙公约")),
        (0.15, ("This public document", "Le présent acte public", "present public document", "Diese öffentliche Urkunde",
            "el presente documento público", "本公文书", "该公文书")),
        (0.15, ("has been signed by", "a été signé par", "ha sido firmado por", "acting in the capacity", "agissant en qualité",
            "bears the seal", "est revêtu du sceau", "in eigenschaft als", "由下列人员签署", "由.*签署")),
        (0.10, ("Certified", "Attesté", "Certificado", "Bestätigt", "证明")),
        (0.25, ("Embassy of the People's Republic of China", "Consulate General of the People's Republic of China",
            "Consulate-General of the People's Republic of China", "中华人民共和国驻", "中国驻", "领事", "领事官员", "大使馆",
            "总领事馆")),
        (0.25, ("签字属实", "印章属实", "签字和印章属实", "印章、签字属实", "前面文书上", "signature and seal", "seal and signature",
            "signature is genuine", "authentic", "is hereby authenticated", "签名属实")),
        (0.30, ("留学服务中心", "Chinese Service Center for Scholarly Exchange", "学信网", "CHSI", "学历学位认证",
            "全国高等学校学生信息咨询与就业指导中心", "电子注册备案表", "学生服务与素质发展中心")),
        (0.15, ("经核查", "经查", "所获学位", "学历认证", "表明其具有相应的学历", "在线验证码", "认证编号", "验证码")),
        (0.15, ("中国委托公证人", "China-Appointed Attesting Officer", "中国法律服务", "海峡交流基金会")),
    ),
    other=(*PLEDGES, *FORMS, *LEASES, "劳动合同", "聘用合同"),
    headed=0.4,
)

TOLD = Told(
    labels={
        "name": ("姓名", "Name", "持证人", "学生姓名", "Full name"),
        "number": ("编号", "认证编号", "证书编号", "认证号", "文件编号", "报告编号", "在线验证码", "No.", "No", "N°", "Nº", "Nr.",
            "Number", "Under No.", "sous no", "Certificate No.", "Authentication No.", "Apostille No.", "bajo el número", "8. No.",
            "unter Nr."),
        "issued_on": ("认证日期", "签发日期", "出具日期", "日期", "报告日期", "更新日期", "制表日期", "Date", "Date of issue",
            "Issued on", "the", "Date of authentication", "le", "el día", "am"),
        "authority": ("认证机构", "出具机构", "签发机关", "认证机关", "发证机关", "Issued by", "Authority", "By", "par", "durch",
            "Issuing authority", "Competent authority"),
        "-": ("国家", "Country", "Pays", "at", "Certified", "Seal", "Signature", "has been signed by", "acting in the capacity of",
            "bears the seal of", "Seal / stamp", "性别", "出生日期", "学校名称", "专业", "层次", "国籍"),
    },
    readers={"name": name, "number": number, "issued_on": days, "authority": text_of},
    prose=(
        re.compile(r"(?i:(?:^|\n|\s)6\s?[.)]?\s*(?:the|le|el\s+día|am|il|em|дата)?(?:\s*/\s*(?:the|"
            r"le))?\s*[:：]?\s*)(?P<issued_on>[^\n]{6,40})"),
        re.compile(r"(?<![\d.,/-])8\s?[.)]\s*(?:[^\W\d]+[ \t.:：°º/]+){0,6}?(?P<number>(?:[A-Z]{1,6}[ /.-]{0,2})?[A-Z]{0,4}\d[A-Z0-9/.-]*"
                   r"(?:[ ](?!\d{1,2}[.)]\s)[A-Z0-9/.-]*\d[A-Z0-9/.-]*)*)"),
        re.compile(rf"(?:^|\n)\s*(?P<name>{ANYBODY})\s*[，,]\s*(?:性别\s*)?[男女]\s*[，,]"),
        re.compile(rf"(?:经核查|经查|兹证明)[，,：:]?\s*(?P<name>{ANYBODY})\s*[，,（(于在]"),
    ),
)
BODY = re.compile(
    rf"(?P<zh>中华人民共和国驻[{HAN}]{{2,20}}(?:大使馆|总领事馆|领事馆)|中国驻[{HAN}]{{2,20}}(?:大使馆|总领事馆|领事馆)|"
    rf"教育部留学服务中心|[{HAN}]{{0,12}}留学服务中心|[{HAN}]{{2,20}}外事办公室)"
    r"|(?P<en>(?:Embassy|Consulate[ -]General|Consulate)\s+of\s+the\s+People['’]s\s+Republic\s+of\s+China\s+in\s+[A-Z][\w ]{2,40}|"
    r"Chinese Service Cent(?:er|re) for Scholarly Exchange)"
)


def extract(reading: Reading) -> Fields:
    pages = pages_of(EVIDENCE, reading)
    found = TOLD.gather(reading, pages)
    for one in sheets(reading, pages):
        for match in BODY.finditer(one.text):
            if spot := one.found(Value(tidy(match.group()), *match.span())):
                found["authority"].insert(0, spot)
    if not found["issued_on"]:
        found["issued_on"] = issue_dates(reading, pages)
    found["issued_on"] = [f for f in found["issued_on"] if f.value != "1961-10-05"]
    return fields(found)


KIND = Kind(
    "certification", Text("认证（附加证明书、领事认证、学历认证）",
    "Certification: apostille, consular authentication, verification of studies"),
    (
        Carried("name", Text("姓名", "Name"), "name"), Carried("authority", Text("认证机构", "Authority"), "organisation"),
        Carried("number", Text("认证编号", "Number"), "number"), Carried("issued_on", Text("认证日期", "Issued on"), "date"),
    ),
    score=EVIDENCE.score, extract=extract, issued="issued_on",
)
