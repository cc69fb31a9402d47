"""Writes: notices and news with their files, questions and what becomes of them. Each leaves a row in the audit trail."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from laihua.accounts.permissions import Actor
from laihua.accounts.queries import contact_of
from laihua.bulletins import rules
from laihua.bulletins.events import QuestionDecided
from laihua.bulletins.models import Attachment, Bulletin, Question
from laihua.bulletins.permissions import authorise
from laihua.bulletins.safe_html import from_typed
from laihua.kernel import events
from laihua.kernel.actions import record, store_file
from laihua.kernel.masking import mask
from laihua.kernel.texts import Reason, Refused, Text

FILES = 5
GONE = Reason("gone", Text("内容已不存在。", "It is no longer there."))
CHANGED_SINCE = Reason(
    "changed_since",
    Text("别人在您打开之后修改过，您的修改没有保存。请刷新后再改。",
         "Somebody has changed it since you opened it, and your changes were not saved. Reload and try again."),
)
PUBLISHED = Reason("published", Text("已发布的内容不能删除，请先撤下。", "What is published cannot be deleted; withdraw it first."))
TOO_MANY_FILES = Reason("too_many_files", Text("最多5个附件。", "At most 5 attachments."), place="file")
DECIDED_ALREADY = Reason(
    "decided_already", Text("这个问题已经有人处理。请刷新页面。", "Somebody has dealt with this question. Reload the page."))
TEXTS = ("title_zh", "title_en", "body_zh", "body_en")


@transaction.atomic
def write(*, kind: str, system: str, texts: Mapping[str, str], pinned: bool, actor: Actor, at: datetime) -> Bulletin:
    """A new draft. `texts`: title and body in both languages, as typed; the English may follow later."""
    authorise(actor, "keep")
    cleaned = _cleaned(texts)
    bulletin = Bulletin(
        kind=Bulletin.Kind(kind), system=system, pinned=pinned, created_at=at, changed_at=at, changed_by_id=actor.person_id, **cleaned
    )
    bulletin.save(force_insert=True)
    _record(bulletin, "write_bulletin", actor, at, kind=kind, system=system, sha256=_digest(bulletin))
    return bulletin


@transaction.atomic
def change(
    *, bulletin_id: UUID, texts: Mapping[str, str], pinned: bool, actor: Actor, at: datetime, expected: int | None = None
) -> Bulletin:
    """What is published changes for its readers at once. `expected`: the revision that the editor showed."""
    bulletin = _locked(bulletin_id, actor, expected)
    cleaned = _cleaned(texts)
    if bulletin.publish_at is not None:
        _refuse(rules.missing_to_publish(
            title_en=cleaned["title_en"], body_zh=cleaned["body_zh"], body_en=cleaned["body_en"], begins=bulletin.publish_at,
            ends=bulletin.publish_until,
        ))
    changed = [name for name in TEXTS if getattr(bulletin, name) != cleaned[name]]
    changed += ["pinned"] if bulletin.pinned != pinned else []
    if changed:
        for name, value in {**cleaned, "pinned": pinned}.items():
            setattr(bulletin, name, value)
        _save(bulletin, actor, at)
        _record(bulletin, "change_bulletin", actor, at, changed=changed, sha256=_digest(bulletin))
    return bulletin


@transaction.atomic
def publish(
    *, bulletin_id: UUID, begins: datetime | None, ends: datetime | None, actor: Actor, at: datetime, expected: int | None = None
) -> Bulletin:
    """Shown from `begins`, at once without one, until `ends`. Refused while a language is missing."""
    bulletin = _locked(bulletin_id, actor, expected)
    begins = begins or at
    _refuse(rules.missing_to_publish(
        title_en=bulletin.title_en, body_zh=bulletin.body_zh, body_en=bulletin.body_en, begins=begins, ends=ends))
    bulletin.publish_at, bulletin.publish_until = begins, ends
    _save(bulletin, actor, at)
    _record(bulletin, "publish_bulletin", actor, at, begins=begins.isoformat(), ends=ends.isoformat() if ends else "",
            sha256=_digest(bulletin))
    return bulletin


@transaction.atomic
def withdraw(*, bulletin_id: UUID, actor: Actor, at: datetime) -> None:
    """Back to a draft: no reader sees it any more."""
    bulletin = _locked(bulletin_id, actor)
    if bulletin.publish_at is not None:
        bulletin.publish_at = bulletin.publish_until = None
        _save(bulletin, actor, at)
        _record(bulletin, "withdraw_bulletin", actor, at)


@transaction.atomic
def discard(*, bulletin_id: UUID, actor: Actor, at: datetime) -> None:
    """Only a draft. The audit trail keeps that there was one."""
    bulletin = _locked(bulletin_id, actor)
    if bulletin.publish_at is not None:
        raise Refused(PUBLISHED)
    _record(bulletin, "discard_bulletin", actor, at, sha256=_digest(bulletin))
    bulletin.delete()


@transaction.atomic
def attach(*, bulletin_id: UUID, name: str, content: bytes, content_type: str, actor: Actor, at: datetime) -> Attachment:
    """A file that the gate has let through; the caller asks it."""
    bulletin = _locked(bulletin_id, actor)
    if bulletin.attachments.count() >= FILES:
        raise Refused(TOO_MANY_FILES)
    stored = store_file(content=content, content_type=content_type, at=at)
    added = Attachment.objects.create(bulletin=bulletin, file=stored, name=name[-120:], added_at=at)
    _save(bulletin, actor, at)
    _record(bulletin, "attach_to_bulletin", actor, at, sha256=stored.sha256)
    return added


@transaction.atomic
def detach(*, bulletin_id: UUID, attachment_id: UUID, actor: Actor, at: datetime) -> None:
    bulletin = _locked(bulletin_id, actor)
    found = bulletin.attachments.select_related("file").filter(id=attachment_id).first()
    if found is None:
        raise Refused(GONE)
    digest = found.file.sha256
    found.delete()
    _save(bulletin, actor, at)
    _record(bulletin, "detach_from_bulletin", actor, at, sha256=digest)


@transaction.atomic
def ask(*, system: str, title: str, text: str, actor: Actor, at: datetime) -> Question:
    """A question waits for an operator. Refused when too many of the same asker wait. Whether he may enter is the caller's."""
    title, text = title.strip(), text.strip().replace("\r\n", "\n")
    mine = Question.objects.select_for_update().filter(asker_id=actor.person_id, state=Question.State.WAITING)
    _refuse(rules.faults_of_question(title=title, text=text, waiting=len(mine.values_list("id"))))
    question = Question(
        system=system, asker_id=actor.person_id, asked_as=masked_name(actor), language=actor.language, title=title, text=text, asked_at=at,
    )
    question.save(force_insert=True)
    _record(question, "ask_question", actor, at, system=system)
    return question


@transaction.atomic
def answer(
    *, question_id: UUID, answer_zh: str, answer_en: str, actor: Actor, at: datetime, expected: int | None = None
) -> Question:
    """Published with an answer, or the answer of a published one changed. One language is enough: it is one person's question."""
    question = _question(question_id, actor, expected)
    zh, en = from_typed(answer_zh), from_typed(answer_en)
    if not zh and not en:
        raise Refused(rules.NO_ANSWER)
    question.answer_zh, question.answer_en, question.answered_at = zh, en, at
    return _decide(question, Question.State.PUBLISHED, "answered", actor, at)


@transaction.atomic
def publish_question(*, question_id: UUID, actor: Actor, at: datetime, expected: int | None = None) -> Question:
    """Shown to all users of the system; the answer may follow."""
    return _decide(_question(question_id, actor, expected), Question.State.PUBLISHED, "published", actor, at)


@transaction.atomic
def reject(*, question_id: UUID, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> Question:
    """Not published, or taken back; the asker is told why."""
    question = _question(question_id, actor, expected)
    if not reason.strip():
        raise Refused(rules.NO_REASON)
    question.reason = reason.strip()[:500]
    return _decide(question, Question.State.REJECTED, "rejected", actor, at)


def masked_name(actor: Actor) -> str:
    """沈** or LINDQVIST S*****: by whom a question is asked, for everybody else."""
    name = contact_of(actor.person_id).name
    return mask("name_latin" if name.isascii() else "name_zh", name)


def _decide(question: Question, state: str, outcome: str, actor: Actor, at: datetime) -> Question:
    question.state, question.decided_at = state, at
    question.reason = question.reason if outcome == "rejected" else ""
    question.revision += 1
    question.save()
    _record(question, f"{outcome}_question", actor, at)
    events.publish(QuestionDecided(
        question_id=question.id, asker_id=question.asker_id, system=question.system, title=question.title, outcome=outcome,
        reason=question.reason, revision=question.revision, at=at,
    ))
    return question


def _question(question_id: UUID, actor: Actor, expected: int | None) -> Question:
    authorise(actor, "moderate")
    question = Question.objects.select_for_update().filter(id=question_id).first()
    if question is None:
        raise Refused(GONE)
    if expected not in (None, question.revision):
        raise Refused(DECIDED_ALREADY)
    return question


def _locked(bulletin_id: UUID, actor: Actor, expected: int | None = None) -> Bulletin:
    authorise(actor, "keep")
    bulletin = Bulletin.objects.select_for_update().filter(id=bulletin_id).first()
    if bulletin is None:
        raise Refused(GONE)
    if expected not in (None, bulletin.revision):
        raise Refused(CHANGED_SINCE)
    return bulletin


def _cleaned(texts: Mapping[str, str]) -> dict[str, str]:
    found = {name: texts.get(name, "").strip() for name in ("title_zh", "title_en")}
    bodies = {name: texts.get(name, "") for name in ("body_zh", "body_en")}
    _refuse(rules.faults_of_bulletin(**found, **bodies))
    return {**found, **{name: from_typed(body) for name, body in bodies.items()}}


def _refuse(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(*reasons)


def _save(bulletin: Bulletin, actor: Actor, at: datetime) -> None:
    bulletin.changed_at, bulletin.changed_by_id, bulletin.revision = at, actor.person_id, bulletin.revision + 1
    bulletin.save()


def _digest(bulletin: Bulletin) -> str:
    """What it said, so that the trail shows whether it says so still; the words stand in the table alone."""
    return sha256("\n".join(getattr(bulletin, name) for name in TEXTS).encode()).hexdigest()


def _record(row: Bulletin | Question, action: str, actor: Actor, at: datetime, **data: Any) -> None:
    kind = "bulletin" if isinstance(row, Bulletin) else "question"
    record(chain=f"{kind}:{row.id}", action=action, actor=actor.person_id, acting_for=actor.organisation_id, subject=row.id, at=at,
           data={"revision": row.revision, **data})
