"""Experts are asked, answer, or stay away."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from laihua.accounts.permissions import Actor
from laihua.cases import store
from laihua.cases.actions.lock import locked
from laihua.cases.actions.review import refuse_unless_officer
from laihua.cases.guards import GUARDS
from laihua.cases.models import Opinion
from laihua.cases.queries.dossier import Dossier
from laihua.cases.queries.experts import opinion_asked
from laihua.cases.queries.opinions import candidates
from laihua.catalog.definitions import Opinions
from laihua.kernel import jobs
from laihua.kernel.texts import Reason, Refused, Text

NOT_HERE = Reason("no_opinions", Text("此环节不征求专家意见。", "No experts are asked at this step."))
NOBODY = Reason("nobody_asked", Text("请选择评审专家。", "Choose the experts."), place="expert")
ANSWERED = Reason("opinion_answered", Text("您已经答复过，不能再改。", "You have answered already; it stands."))
OVER = Reason("opinions_over", Text(
    "此案件已离开专家评审环节，不再接收意见。", "The case has left the expert review; no more opinions are taken."))


@transaction.atomic
def ask_experts(*, case_id: UUID, experts: Sequence[UUID], actor: Actor, at: datetime, proceeding: str = "main") -> None:
    """Send the case to experts of the office. Refused for whoever must stay away; nobody is asked twice in a round."""
    now = locked(case_id, actor=actor, at=at, proceeding=proceeding)
    asks = asking(now)
    known = set(Opinion.objects.filter(proceeding=now.proceeding, round=now.proceeding.round).values_list("expert_id", flat=True))
    free = {c.account_id: c for c in candidates(now, asks, known)}
    wanted = [e for e in dict.fromkeys(experts) if e not in known]
    if not wanted:
        raise Refused(NOBODY)
    wrong = [refusal(free[e].name, conflict) for e in wanted if e in free and (conflict := free[e].conflict)]
    if any(e not in free for e in wanted) or wrong:
        raise Refused(*(wrong or [NOBODY]))
    Opinion.objects.bulk_create(
        Opinion(proceeding=now.proceeding, round=now.proceeding.round, expert_id=e, asked_by_id=actor.person_id, asked_at=at)
        for e in wanted
    )
    event = store.record(now, "ask_experts", {"experts": [str(e) for e in wanted]}, by=[now.step.by])
    jobs.defer("cases.jobs.announce", event_id=str(event))


def asking(now: Dossier) -> Opinions:
    if now.step.opinions is None:
        raise Refused(NOT_HERE)
    refuse_unless_officer(now)
    if held := GUARDS["holder"].check(now.facts(frozenset())):
        raise Refused(*held)
    return now.step.opinions


def refusal(name: str, conflict: Text) -> Reason:
    return Reason("expert_conflict", Text("{name}：{why}", "{name}: {why}").format(name=name, why=conflict), place="expert")


@transaction.atomic
def give_opinion(
    *, case_id: UUID, scores: Mapping[str, Any], recommendation: str, text: str, actor: Actor, at: datetime
) -> None:
    """Once and for good: a score for each criterion, a recommendation, and words. Raises NotYours for whoever was not asked."""
    seen, opinion = answering(case_id, actor, at)
    asks = seen.step.opinions
    if asks is None:
        raise Refused(OVER)
    cleaned, wrong = clean_scores(asks, scores)
    if recommendation not in {c.code for c in asks.recommendations}:
        wrong.append(Reason("recommendation_missing", Text("请选择评审结论", "Choose a recommendation"), place="recommendation"))
    if not text.strip():
        wrong.append(Reason("text_missing", Text("请填写评审意见", "Give your opinion in words"), place="text"))
    if wrong:
        raise Refused(*wrong)
    opinion.scores, opinion.recommendation, opinion.text, opinion.given_at = cleaned, recommendation, text.strip()[:4000], at
    opinion.save(update_fields=["scores", "recommendation", "text", "given_at"])
    store.record(seen, "give_opinion", by=[asks.role])


def clean_scores(asks: Opinions, scores: Mapping[str, Any]) -> tuple[dict[str, int], list[Reason]]:
    kept: dict[str, int] = {}
    wrong: list[Reason] = []
    for one in asks.criteria:
        raw = str(scores.get(one.key, "")).strip()
        if raw.isascii() and raw.isdecimal() and int(raw[:6]) <= one.max:
            kept[one.key] = int(raw)
        else:
            wrong.append(Reason("score_wrong", Text(
                "“{title}”请填0至{max}的整数", "“{title}”: a whole number from 0 to {max}").format(title=one.title, max=one.max),
                place=one.key))
    return kept, wrong


@transaction.atomic
def decline_opinion(*, case_id: UUID, text: str, actor: Actor, at: datetime) -> None:
    """回避: the expert says why he stays away; the officer asks somebody else."""
    seen, opinion = answering(case_id, actor, at)
    if not text.strip():
        raise Refused(Reason("text_missing", Text("请写明回避理由", "Say why you stay away"), place="why"))
    opinion.text, opinion.declined_at = text.strip()[:1000], at
    opinion.save(update_fields=["text", "declined_at"])
    store.record(seen, "decline_opinion", by=[opinion_role(seen)])


def opinion_role(seen: Dossier) -> str:
    return seen.step.opinions.role if seen.step.opinions else ""


def answering(case_id: UUID, actor: Actor, at: datetime) -> tuple[Dossier, Opinion]:
    seen, opinion = opinion_asked(case_id, actor=actor, at=at, lock=True)
    if opinion.given_at or opinion.declined_at:
        raise Refused(ANSWERED)
    if seen.step.opinions is None or opinion.round != seen.proceeding.round:
        raise Refused(OVER)
    return seen, opinion
