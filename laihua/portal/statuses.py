"""The words, colours and icons of every badge, so that a status looks the same wherever it stands."""

from dataclasses import dataclass

from laihua.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class Status:
    tone: str
    icon: str
    label: Text


STATUSES: dict[str, Status] = {
    # materials
    "not_uploaded": Status("grey", "circle-dashed", Text("未上传", "Not uploaded")),
    "uploading": Status("azure", "loader-2", Text("上传中", "Uploading")),
    "checking": Status("azure", "loader-2", Text("核对中", "Checking")),
    "uploaded": Status("azure", "upload", Text("已上传", "Uploaded")),
    "accepted": Status("green", "circle-check", Text("已审核", "Accepted")),
    "returned": Status("red", "arrow-back-up", Text("已退回", "Returned")),
    # cases
    "draft": Status("grey", "", Text("草稿", "Draft")),
    "confirmation": Status("azure", "user", Text("待本人确认", "Awaiting confirmation")),
    "under_way": Status("azure", "progress", Text("办理中", "Under way")),
    "correction": Status("amber", "player-pause", Text("待补正", "Awaiting correction")),
    "paused": Status("amber", "player-pause", Text("计时已暂停", "Clock paused")),
    "approved": Status("green", "circle-check", Text("已办结", "Completed")),
    "refused": Status("red", "circle-x", Text("不予许可", "Refused")),
    "withdrawn": Status("grey", "arrow-back-up", Text("已撤回", "Withdrawn")),
    # checks and time
    "match": Status("green", "circle-check", Text("一致", "Match")),
    "doubt": Status("amber", "help-circle", Text("存疑", "Doubt")),
    "mismatch": Status("red", "circle-x", Text("不符", "Mismatch")),
    "unread": Status("amber", "eye-off", Text("未能读取", "Not read")),
    "due_today": Status("amber", "clock", Text("今日到期", "Due today")),
    "late": Status("red", "alert-triangle", Text("逾期", "Overdue")),
}
