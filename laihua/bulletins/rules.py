"""What a bulletin and a question need, decided from values."""

from datetime import datetime

from laihua.bulletins.safe_html import plain
from laihua.kernel.texts import Reason, Text

TITLE, QUESTION, BODY, WAITING = 120, 2000, 60_000, 5
"""Characters of a title, of a question, of a body; questions of one asker that may wait at the same time."""

NO_TITLE = Reason("title_missing", Text("请填写中文标题。", "Please enter the Chinese title."), place="title_zh")
NO_TITLE_EN = Reason("title_en_missing", Text("发布前请填写英文标题。", "Enter the English title before publishing."), place="title_en")
NO_BODY = Reason("body_missing", Text("发布前请填写中文正文。", "Enter the Chinese text before publishing."), place="body_zh")
NO_BODY_EN = Reason("body_en_missing", Text("发布前请填写英文正文。", "Enter the English text before publishing."), place="body_en")
TITLE_LONG = Reason("title_long", Text("标题最多120个字符。", "A title has at most 120 characters."), place="title_zh")
TITLE_EN_LONG = Reason(
    "title_en_long", Text("英文标题最多200个字符。", "The English title has at most 200 characters."), place="title_en")
BODY_LONG = Reason("body_long", Text("正文太长，请分成几篇。", "The text is too long; please make several of it."), place="body_zh")
ENDS_FIRST = Reason(
    "ends_before_it_begins", Text("下线时间须晚于发布时间。", "It must end after it begins."), place="publish_until")
NO_ANSWER = Reason("answer_missing", Text("请写答复，中文或英文。", "Please write an answer, in Chinese or English."), place="answer_zh")
NO_REASON = Reason(
    "reason_missing", Text("请写明不发布的原因，提问人会看到。", "Please say why it is not published; the asker reads it."), place="reason")
NO_QUESTION_TITLE = Reason("title_missing", Text("请填写标题。", "Please enter a title."), place="title")
NO_QUESTION = Reason("text_missing", Text("请填写问题。", "Please write your question."), place="text")
QUESTION_TITLE_LONG = Reason("title_long", Text("标题最多120个字符。", "A title has at most 120 characters."), place="title")
QUESTION_LONG = Reason("text_long", Text("问题最多2,000个字符。", "A question has at most 2,000 characters."), place="text")
TOO_MANY = Reason(
    "too_many_waiting",
    Text("您有5个问题正在等待审核，请等审核后再提问。", "Five of your questions are waiting; please ask again once they are settled."),
)


def faults_of_bulletin(*, title_zh: str, title_en: str, body_zh: str, body_en: str) -> list[Reason]:
    """What even a draft must be."""
    faults = [] if title_zh else [NO_TITLE]
    faults += [TITLE_LONG] if len(title_zh) > TITLE else []
    faults += [TITLE_EN_LONG] if len(title_en) > 200 else []
    return faults + ([BODY_LONG] if max(len(body_zh), len(body_en)) > BODY else [])


def missing_to_publish(*, title_en: str, body_zh: str, body_en: str, begins: datetime, ends: datetime | None) -> list[Reason]:
    """Chinese first, English whole: nothing goes out in one language alone."""
    told = ((title_en, NO_TITLE_EN), (plain(body_zh), NO_BODY), (plain(body_en), NO_BODY_EN))
    return [reason for text, reason in told if not text] + ([ENDS_FIRST] if ends is not None and ends <= begins else [])


def faults_of_question(*, title: str, text: str, waiting: int) -> list[Reason]:
    if waiting >= WAITING:
        return [TOO_MANY]
    faults = [] if title else [NO_QUESTION_TITLE]
    faults += [QUESTION_TITLE_LONG] if len(title) > TITLE else []
    faults += [] if text else [NO_QUESTION]
    return faults + ([QUESTION_LONG] if len(text) > QUESTION else [])


def is_shown(begins: datetime | None, ends: datetime | None, at: datetime) -> bool:
    return begins is not None and begins <= at and (ends is None or at < ends)
