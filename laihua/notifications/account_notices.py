"""What people are told about their accounts, and what becomes of their messages when accounts are merged or closed."""

from laihua.accounts.events import AccountErased, AccountsMerged, DuplicateDecided
from laihua.accounts.queries import contact_of
from laihua.kernel.texts import Text
from laihua.notifications.actions import Recipient, notify
from laihua.notifications.models import InboxMessage, OutboxMessage

SUBJECT = Text("账号疑似重复的处理结果", "Your account: the suspected duplicate is settled")
RESULTS = {
    "kept": Text(
        "您的账号疑似重复，现已处理完成。请重新登录，即可进入业务系统。",
        "The suspected duplicate of your account is settled. Please sign in again; you can now enter.",
    ),
    "merged": Text(
        "您的两个账号已合并，原有办件和授权都已转入保留的账号。请用保留的账号登录。",
        "Your two accounts have been merged; cases and roles are all in the one that was kept. Please sign in with that one.",
    ),
    "rejected": Text(
        "您的账号与另一账号重复，未能进入业务系统。请使用原账号登录；如信息有误，请更正证件号码或手机后再进入。",
        "Your account repeats another one and was not admitted. Please use your first account; if your data is wrong, "
        "correct document number or phone and enter again.",
    ),
}
PREFIX = Text("【来华】", "[Laihua] ")


def on_decided(event: DuplicateDecided) -> None:
    """To the telephone of the held account, and after a merge to the kept one's where that is another."""
    text = RESULTS[event.decision]
    told: set[str] = set()
    for account_id in dict.fromkeys((event.account_id, event.kept_id)):
        if account_id is None:
            continue
        contact = contact_of(account_id)
        phone = "" if contact.phone in told else contact.phone
        told.add(contact.phone)
        notify(
            to=Recipient(account_id, contact.name, contact.language, contact.email, phone), subject=SUBJECT, body=text,
            sms=Text(PREFIX.zh + text.zh, PREFIX.en + text.en), link="/sign-in/",
            key=f"duplicate:{event.duplicate_id}:{event.at.isoformat()}:{account_id}", at=event.at,
        )


def on_merged(event: AccountsMerged) -> None:
    """Letters go along; where both had the same one, the kept account's stays."""
    both = InboxMessage.objects.filter(account_id=event.kept_id).values("key")
    InboxMessage.objects.filter(account_id=event.merged_id).exclude(key__in=both).update(account_id=event.kept_id)


def on_erased(event: AccountErased) -> None:
    InboxMessage.objects.filter(account_id=event.account_id).delete()
    OutboxMessage.objects.filter(account_id=event.account_id).delete()
