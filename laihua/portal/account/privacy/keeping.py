"""What goes and what stays when an account is closed, in words; and what stands in the way."""

from uuid import UUID

from django.urls import reverse

from laihua.accounts import queries
from laihua.cases import queries as cases
from laihua.kernel.texts import Reason, Text

NOT_SURE = Reason("not_sure", Text("请勾选确认", "Please tick the box to confirm"), place="sure")
GOES = (
    Text("姓名、证件号码、手机、电子邮箱、登录名和密码", "Name, document number, telephone, e-mail, login name and password"),
    Text("个人资料、业务系统中的个人登记", "Your profile, and your enrolment in business systems"),
    Text("站内消息和已发送的短信、邮件", "Messages in the hall, and the SMS and e-mail that were sent to you"),
    Text("授权、门户身份、打开的会话", "Roles, identities of portals, open sessions"),
)
STAYS = (
    (Text("已办结的案件、材料和证件", "Closed cases, their documents and permits"),
     Text("行政许可档案须依法保存，到期后删除（行政许可法第六十一条、档案法）",
          "Files of administrative licences are kept as the law says and deleted when their time is over "
          "(Administrative Licence Law art. 61, Archives Law)")),
    (Text("登录日志和审计记录", "The sign-in log and the audit trail"),
     Text("网络安全法第二十一条要求留存日志；其中不再有您的姓名，登录日志中的手机号加密保存",
          "The Cybersecurity Law, art. 21, has logs kept; your name is no longer in them, "
          "a telephone in the sign-in log stays encrypted")),
    (Text("您同意过的文本及时间", "What you consented to, and when"),
     Text("用来证明处理有依据（个人信息保护法第十四条）",
          "To prove that there was a basis (Personal Information Protection Law, art. 14)")),
)
OPEN = Text("案件{number}尚未办结，办结或撤回后可以注销账号",
            "Case {number} is still open; the account can be closed once it is completed or withdrawn")


def in_the_way(account_id: UUID) -> list[Reason]:
    """Known beforehand, so that nobody types a password in vain. The action asks again."""
    found = cases.open_cases_of(account_id)
    return [*queries.reasons_to_stay(account_id), *(
        Reason("case_open", OPEN.format(number=row.number), link=reverse("applicant:case", args=[row.case_id]),
               link_text=Text("查看案件", "See the case")) for row in found
    )]
