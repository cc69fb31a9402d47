"""外籍人才薪酬购汇专用信息表: what the hall prints for the window and the banks; its reverse is one too."""

from laihua.kernel.texts import Text
from laihua.prechecks.kind import Carried, Kind
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.kinds._own_forms import extract

EVIDENCE = Evidence(
    titles=("外籍人才薪酬购汇专用信息表", "Special Information Form for Salary FX Purchase of Foreign Talent"),
    words=(
        (0.15, ("案件号", "填报版本")),
        (0.15, ("可购汇限额", "ceiling for all purchases", "限额")),
        (0.15, ("购付汇记录", "Reverse, for the banks", "薪酬购汇")),
        (0.15, ("购付汇累计不超过", "on the same income")),
        (0.10, ("申请单位盖章", "Seal of the unit")),
    ),
    other=("营业执照", "劳动合同", "聘用合同"), headed=0.6,
)
KIND = Kind(
    "fx_form", Text("外籍人才薪酬购汇专用信息表", "Salary FX form"),
    (
        Carried("case_number", Text("案件号", "Case number"), "number"), Carried("organisation", Text("单位", "Employer"),
        "organisation"),
        Carried("name", Text("姓名", "Name"), "name"),
    ),
    score=EVIDENCE.score, extract=extract,
)
