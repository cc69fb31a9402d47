"""有效期. How long the document still holds, and how long ago it was made, by the days that it states itself."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from laihua.kernel.texts import Text
from laihua.prechecks.checks._common import (
    as_day,
    carries_words,
    is_another,
    is_recognised,
    kind_of,
    order_in,
    places,
    readings,
)
from laihua.prechecks.comparing import dates
from laihua.prechecks.findings import Finding, Given, Level
from laihua.prechecks.kind import Found

WARNING = timedelta(days=14)
ENDS, MADE = Text("有效期", "Validity"), Text("签发日期", "Date of issue")
EXPIRED = Text("到{day}为止，已经过期。请更换有效的材料", "It was valid to {day} and has expired. Please upload one that is valid")
SHORT = Text(
    "到{day}为止，剩余不足{months}个月。请更新后上传，或写明理由",
    "It is valid to {day}: fewer than {months} months are left. Please have it renewed and upload it, or say why")
SOON = Text(
    "到{day}为止，再过{left}天就不符合期限要求。请尽快提交",
    "It is valid to {day} and can be filed for {left} more days. Please file soon")
GOOD = Text("有效期至{day}，符合要求", "Valid to {day}, which is long enough")
OLD = Text(
    "{day}出具，已超过{months}个月。请重新办理后上传，或写明理由",
    "It was issued on {day}, more than {months} months ago. Please have a new one issued and upload it, or say why")
SOON_OLD = Text(
    "{day}出具，再过{left}天就超过{months}个月。请尽快提交",
    "Issued on {day}: after {left} more days it is older than {months} months. Please file soon")
FRESH = Text("{day}出具，在{months}个月以内", "Issued on {day}, within {months} months")
FUTURE = Text(
    "出具日期{day}晚于今天。请确认材料上的日期", "The date of issue, {day}, lies in the future. Please look at the date in the document")
UNREAD_END = Text(
    "没有读到有效期，无法核对是否还剩{months}个月。请自行确认",
    "The last day could not be read. Please make sure that {months} months are left")
UNREAD_MADE = Text(
    "没有读到出具日期，无法核对是否在{months}个月以内。请自行确认",
    "The date of issue could not be read. Please make sure that it is within {months} months")
EITHER = Text("{said}（日期有两种读法）", "{said} (the date may be read in two ways)")


def check(given: Given, others: Mapping[str, Given]) -> Iterator[Finding]:
    kind = kind_of(given)
    if kind is None or is_another(given) or not carries_words(given.document):
        return
    order = order_in(given)
    left, within = given.asks.min_left, given.asks.issued_within
    unread = UNREAD_END.format(months=left) if left is not None else None
    yield from finding(given, kind.expires, ENDS, order, unread, lambda day: end(day, given.until, left))
    if within is not None:
        unread = UNREAD_MADE.format(months=within)
        yield from finding(given, kind.issued, MADE, order, unread, lambda day: made(day, given.until, within))


def finding(
    given: Given, key: str, title: Text, order: dates.Order, unread: Text | None, judge: Callable[[date], tuple[Level, Text]]
) -> Iterator[Finding]:
    found = given.document.found(given.asks.kind, key)[:1] if key else ()
    judged = [judge(day) for one in found for value in readings(one, order) if (day := as_day(value))]
    if not judged:
        if unread and key and is_recognised(given):
            yield Finding("window", given.asks.slot, "doubt", title, unread, carried=key)
        return
    level, text = judged[0]
    if len({one for one, _ in judged}) > 1:
        level, text = "doubt", EITHER.format(said=text)
    yield Finding("window", given.asks.slot, level, title, text, carried=key, read=shown(found[0]), places=places(found))


def end(day: date, until: date, months: int | None) -> tuple[Level, Text]:
    """`until` plus the months is the earliest last day that does."""
    if day.isoformat() == dates.LONG:
        return "pass", GOOD.format(day=Text("长期", "without end"))
    if day < until:
        return "mismatch", EXPIRED.format(day=day)
    if day < until + relativedelta(months=months or 0):
        return "mismatch", SHORT.format(day=day, months=months)
    if day < until + WARNING + relativedelta(months=months or 0):
        left = next(n for n in range(WARNING.days) if day < until + timedelta(days=n + 1) + relativedelta(months=months or 0))
        return "doubt", SOON.format(day=day, left=left)
    return "pass", GOOD.format(day=day)


def made(day: date, until: date, months: int) -> tuple[Level, Text]:
    """`until` less the months is the earliest day of issue that does."""
    if day > until:
        return "doubt", FUTURE.format(day=day)
    if day < until - relativedelta(months=months):
        return "mismatch", OLD.format(day=day, months=months)
    if day < until + WARNING - relativedelta(months=months):
        left = next(n for n in range(WARNING.days) if day < until + timedelta(days=n + 1) - relativedelta(months=months))
        return "doubt", SOON_OLD.format(day=day, months=months, left=left)
    return "pass", FRESH.format(day=day, months=months)


def shown(found: Found) -> str:
    return "长期" if found.value == dates.LONG else found.value
