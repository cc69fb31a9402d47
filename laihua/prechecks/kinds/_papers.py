"""Headings of papers that look like others: what a page is that is none of the kinds, or another one."""

PLEDGES = ("承诺书", "保证书", "声明书", "承諾書", "Pledge", "Letter of commitment", "Undertaking", "Pay commitment", "Health pledge")
FORMS = ("申请表", "信息注册表", "企业备案表", "信息表", "登记申请表", "Application form", "Information form", "Registration form")
LEASES = ("租赁合同", "房屋租赁合同", "租房合同", "房屋买卖合同", "购销合同", "采购合同", "服务合同", "技术服务合同", "Lease",
"Lease agreement", "Tenancy agreement",
          "Rental agreement", "Purchase agreement", "Sales contract", "Service agreement", "Loan agreement", "劳务派遣协议", "派遣协议")
COMMISSIONS = ("委托书", "授权委托书", "委托单", "咨询服务委托单", "委托合同", "Power of attorney", "Letter of authorisation",
"Letter of authorization", "Commission letter")
RECORDS = ("纳税记录", "完税证明", "无犯罪记录证明", "体检证明", "学位证书", "毕业证书", "营业执照", "Business licence",
"Police clearance certificate")
PERMITS = ("注销证明", "外国人来华工作许可注销证明", "Cancellation certificate", "外国人工作许可通知", "外国人工作许可证")
LEAVING = ("简历", "个人简历", "Curriculum vitae", "Résumé", "推荐信", "Letter of recommendation", "Recommendation letter", "成绩单",
"Transcript", "Transcript of records",
           "Academic transcript", "offer letter", "录用通知书")
SKILLS = ("职业技能资格证书", "职业技能等级证书", "职业资格证书", "职称证书", "专业技术资格证书", "汉语水平考试成绩报告",
"HSK成绩报告", "Skill certificate",
          "结婚证", "出生医学证明", "居住证", "Marriage certificate", "Certificate of birth", "Birth certificate", "Driving licence",
          "驾驶证", "获奖证书", "荣誉证书")
