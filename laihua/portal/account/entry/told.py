"""What an asker is told when an operator has decided about his question: in the inbox and by e-mail, never by SMS."""

from dataclasses import replace

from django.urls import reverse

from laihua.accounts.queries import contact_of
from laihua.bulletins.events import QuestionDecided
from laihua.kernel.texts import Text
from laihua.notifications.actions import Recipient, notify

SUBJECTS = {
    "answered": Text("您的提问已有答复", "Your question was answered"),
    "published": Text("您的提问已发布", "Your question was published"),
    "rejected": Text("您的提问没有发布", "Your question was not published"),
}
BODIES = {
    "answered": Text("您的提问“{title}”已有答复。", "Your question “{title}” has an answer."),
    "published": Text(
        "您的提问“{title}”已发布，答复后会再通知您。", "Your question “{title}” is published; you are told when it is answered."),
    "rejected": Text("您的提问“{title}”没有发布。原因：{reason}", "Your question “{title}” was not published. The reason: {reason}"),
}


def on_decided(event: QuestionDecided) -> None:
    contact = contact_of(event.asker_id)
    to = Recipient(event.asker_id, contact.name, contact.language, contact.email, "")
    notify(
        to=replace(to, email="" if event.outcome == "published" else to.email), subject=SUBJECTS[event.outcome],
        body=BODIES[event.outcome].format(title=event.title, reason=event.reason), sms=Text("", ""),
        link=reverse("account:question", args=[event.system, event.question_id]),
        key=f"question:{event.question_id}:{event.revision}", at=event.at,
    )
