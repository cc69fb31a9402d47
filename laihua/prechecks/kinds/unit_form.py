"""单位注册信息表 and 企业备案表: what the hall prints of a unit's answers, to be sealed, signed and scanned."""

from laihua.kernel.texts import Text
from laihua.prechecks.kind import Carried, Kind
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.kinds._own_forms import extract

EVIDENCE = Evidence(
    titles=("用人单位或受委托专门服务机构信息注册表", "单位注册信息表", "企业备案表", "Unit registration form", "Enterprise filing form"),
    words=(
        (0.15, ("案件号", "Case number")),
        (0.15, ("填报版本", "Version")),
        (0.15, ("统一社会信用代码", "Unified social credit code")),
        (0.15, ("本单位承诺所填信息", "The unit declares that the information")),
        (0.10, ("单位盖章", "Seal of the unit")),
        (0.10, ("承诺与签章", "Declaration, seal and signatures")),
    ),
    other=("营业执照", "劳动合同", "聘用合同", "外国人来华工作许可申请表"), headed=0.6,
)
KIND = Kind(
    "unit_form", Text("单位信息表", "Unit form"),
    (
        Carried("case_number", Text("案件号", "Case number"), "number"), Carried("organisation", Text("单位名称", "Unit"),
        "organisation"),
        Carried("name", Text("姓名", "Name"), "name"),
    ),
    score=EVIDENCE.score, extract=extract,
)
