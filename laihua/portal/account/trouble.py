"""账号遇到问题: asks what somebody remembers, and leads to the way that fits. Asks for no name and no number, so it can tell
nobody which accounts exist."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laihua.kernel.texts import Text
from laihua.portal.access import ANYONE, allow
from laihua.portal.help_lines import help_line

UNIT, PERSON = "unit", "person"
WHO = ((UNIT, Text("单位（法人）", "A unit (legal person)")), (PERSON, Text("个人（自然人）、经办人", "A person, or a handler")))
KNOWS = (
    ("login_name", Text("登录名", "The login name")),
    ("old_name", Text("原外国人来华工作管理服务系统的账号", "An account of the earlier work system")),
    ("phone", Text("注册时预留的手机号，现在仍能收短信", "The mobile number given at registration, which still receives SMS")),
    ("unit", Text("单位名称或统一社会信用代码", "The name or the credit code of the unit")),
    ("cases", Text("能登录，但看不到以前的办件", "I can sign in, but earlier cases are missing")),
)


@dataclass(frozen=True, slots=True)
class Way:
    """Something to do: the address is a named page of this part, with its query."""

    key: str
    title: Text
    text: Text
    button: Text
    page: str
    query: str = ""


OLD_NAME = Way("old_name", Text("在原账号前加WP登录", "Sign in with WP before the old name"), Text(
    "先试“WP+原账户”，再改用自然人登录。原账号多数已转为自然人账号，可以直接办理业务。",
    "First try WP and the old name, then the natural person tab. Most earlier accounts are natural persons now and can be "
    "used at once."), Text("去登录", "Go to the sign-in page"), "account:sign-in", "?kind=natural")
RECOVER = Way("recover", Text("用预留手机重置密码", "Set a new password by your phone"), Text(
    "输入登录名，用预留手机收到的验证码重新设置密码。", "Give the login name; a code on your reserved phone lets you set a new password."),
    Text("重置密码", "Set a new password"), "account:recover")
LOOK_UP = Way("look_up", Text("检索单位是否已注册", "Find out whether the unit is registered"), Text(
    "用登录名、法人单位名称和统一社会信用代码检索。已注册的，请先询问单位其他同事是否持有法人账号；都没有注册的，直接注册。",
    "Look up the login name, the unit's name and its credit code. If it is registered, first ask your colleagues whether one "
    "of them holds its account; if not, register."),
    Text("检索或注册", "Look up or register"), "account:register-unit")
APPEAL_UNIT = Way("appeal_unit", Text("单位法人申诉找回账号密码", "Appeal for the account of a unit"), Text(
    "填写单位信息，上传加盖公章并由本人签字的证件正反面，平台审核后短信通知结果。",
    "Give the unit's information and upload both sides of the identity document, stamped and signed. An officer reviews it; "
    "the outcome comes by SMS."), Text("开始申诉", "Begin the appeal"), "account:appeal")
APPEAL_PERSON = Way("appeal_person", Text("自然人用户申诉找回密码", "Appeal for the account of a person"), Text(
    "填写本人信息，上传证件正反面，平台审核后短信通知结果。",
    "Give your own information and upload both sides of your identity document. An officer reviews it; the outcome comes by SMS."),
    Text("开始申诉", "Begin the appeal"), "account:appeal")
REGISTER_PERSON = Way("register_person", Text("没有注册过：注册自然人账号", "Never registered: register as a person"), Text(
    "注册后完成实名认证，单位就可以授权您办理业务。",
    "After real-name authentication a unit can authorise you."), Text("注册", "Register"), "account:register-person")
EARLIER_CASES = Way("earlier_cases", Text("关联以前的办件", "Link earlier cases"), Text(
    "以前的业务由平台人员核对后关联到您现在的账号。请拨打咨询电话，说明原账号。",
    "An operator checks and links the cases of the earlier account to your present one. Please call the help line and name the "
    "old account."), Text("查看咨询电话", "See the help line"), "public:help")


def ways_out(*, who: str, knows: Collection[str]) -> list[Way]:
    """In the order in which they are worth trying (S1 §1, §2, §8)."""
    ways = [EARLIER_CASES] if "cases" in knows else []
    if "old_name" in knows:
        ways.append(OLD_NAME)
    if "phone" in knows and {"login_name", "old_name"} & set(knows):
        ways.append(RECOVER)
    if ways == [EARLIER_CASES]:
        return ways
    if who == UNIT:
        return [*ways, LOOK_UP, APPEAL_UNIT]
    return [*ways, APPEAL_PERSON, REGISTER_PERSON]


@allow(ANYONE)
@require_safe
def trouble(request: HttpRequest) -> HttpResponse:
    who, knows = request.GET.get("who", ""), request.GET.getlist("knows")
    asked = who in (UNIT, PERSON)
    return render(request, "account/trouble.html", {
        "who": who, "knows": knows, "whose": WHO, "known": KNOWS, "asked": asked, "line": help_line(),
        "ways": ways_out(who=who, knows=knows) if asked else [], "nobody": bool(request.GET) and not asked,
    })
