"""Reads: what the users of a system see, and what operators keep."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, F, Model, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleLessThan

from laihua.accounts.permissions import Actor
from laihua.bulletins.models import Attachment, Bulletin, Question
from laihua.bulletins.permissions import authorise
from laihua.kernel.queries import file_content

Row = TypeVar("Row", bound=Model)
PAGE, PINNED = 20, 5
Position = tuple[datetime, UUID]
"""Where a page of a list ends: moment and id of its last row."""


def shown(at: datetime) -> Q:
    return Q(publish_at__lte=at) & (Q(publish_until=None) | Q(publish_until__gt=at))


def bulletins(system: str, kind: str, *, at: datetime, after: Position | None = None, limit: int = PAGE) -> list[Bulletin]:
    """What is shown now, newest first. One statement. The texts of the bodies are left out."""
    rows = Bulletin.objects.filter(shown(at), system=system, kind=kind).defer("body_zh", "body_en")
    return list(_before(rows, "publish_at", after)[:limit])


def first_bulletins(system: str, kind: str, *, at: datetime, limit: int) -> list[Bulletin]:
    """For a home page: what is pinned, then the newest. One statement, of the newest and the few that are pinned."""
    rows = Bulletin.objects.filter(shown(at), system=system, kind=kind).defer("body_zh", "body_en")
    newest = rows.order_by("-publish_at", "-id").values("id")[:limit]
    pinned = rows.filter(pinned=True).order_by("-publish_at", "-id").values("id")[:PINNED]
    found = rows.filter(Q(id__in=newest) | Q(id__in=pinned)).order_by("-pinned", "-publish_at", "-id")
    return list(found[:limit])


def bulletin(bulletin_id: UUID, system: str, *, at: datetime) -> Bulletin | None:
    """With its files, while it is shown."""
    return Bulletin.objects.filter(shown(at), id=bulletin_id, system=system).prefetch_related("attachments__file").first()


def attachment(bulletin: Bulletin, attachment_id: UUID) -> tuple[Attachment, bytes] | None:
    found = bulletin.attachments.select_related("file").filter(id=attachment_id).first()
    return (found, file_content(found.file)) if found else None


def questions(system: str, *, after: Position | None = None, limit: int = PAGE) -> list[Question]:
    """The published ones, newest first. One statement."""
    rows = Question.objects.filter(system=system, state=Question.State.PUBLISHED)
    return list(_before(rows, "asked_at", after)[:limit])


def own_questions(system: str, actor: Actor, *, limit: int = PAGE) -> list[Question]:
    """One's own that nobody else sees: waiting or not published."""
    rows = Question.objects.filter(system=system, asker_id=actor.account_id).exclude(state=Question.State.PUBLISHED)
    return list(rows.order_by("-asked_at", "-id")[:limit])


def question(question_id: UUID, system: str, actor: Actor) -> Question | None:
    """A published one, or one's own."""
    mine = Q(state=Question.State.PUBLISHED) | Q(asker_id=actor.account_id)
    return Question.objects.filter(mine, id=question_id, system=system).first()


def kept(*, actor: Actor, kind: str = "", system: str = "", after: Position | None = None, limit: int = PAGE) -> list[Bulletin]:
    """Every notice and every piece of news, drafts too, the last changed first. Raises Refused for anybody but an operator."""
    authorise(actor, "keep")
    rows = Bulletin.objects.defer("body_zh", "body_en").select_related("changed_by")
    for name, value in (("kind", kind), ("system", system)):
        if value:
            rows = rows.filter(**{name: value})
    return list(_before(rows, "changed_at", after)[:limit])


def kept_bulletin(bulletin_id: UUID, *, actor: Actor) -> Bulletin | None:
    authorise(actor, "keep")
    return Bulletin.objects.filter(id=bulletin_id).prefetch_related("attachments__file").select_related("changed_by").first()


def asked(*, actor: Actor, state: str, after: Position | None = None, limit: int = PAGE) -> list[Question]:
    """All questions in this state, newest first. Raises Refused for anybody but an operator."""
    authorise(actor, "moderate")
    return list(_before(Question.objects.filter(state=state), "asked_at", after)[:limit])


def asked_question(question_id: UUID, *, actor: Actor) -> Question | None:
    authorise(actor, "moderate")
    return Question.objects.filter(id=question_id).first()


def counts_of_questions() -> dict[str, int]:
    """How many there are in each state. One statement."""
    return dict(Question.objects.values_list("state").annotate(count=Count("id")))


def _before(rows: QuerySet[Row], moment: str, after: Position | None) -> QuerySet[Row]:
    rows = rows.order_by(f"-{moment}", "-id")
    return rows if after is None else rows.filter(TupleLessThan((F(moment), F("id")), after))
