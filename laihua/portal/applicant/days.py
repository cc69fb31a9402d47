"""Days and dates as people read them: kinds of days are always named (look §8)."""

from datetime import date, datetime

from django.utils import timezone

from laihua.kernel.texts import Text

WEEKDAYS = (
    Text("周一", "Mon"), Text("周二", "Tue"), Text("周三", "Wed"), Text("周四", "Thu"), Text("周五", "Fri"), Text("周六", "Sat"),
    Text("周日", "Sun"),
)


def days(n: int, kind: str = "working_days") -> Text:
    zh = "个工作日" if kind == "working_days" else "个自然日"
    en = "working day" if kind == "working_days" else "calendar day"
    return Text(f"{n}{zh}", f"{n} {en}{'' if n == 1 else 's'}")


def weekday(day: date) -> Text:
    return WEEKDAYS[day.weekday()]


def with_weekday(day: date) -> Text:
    w = weekday(day)
    return Text(f"{day:%Y-%m-%d} {w.zh}", f"{day:%Y-%m-%d} {w.en}")


def on(moment: datetime) -> date:
    return timezone.localtime(moment).date()
