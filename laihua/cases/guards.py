"""The conditions that a service may put before a move, by name. Each answers with reasons; none means yes.

`needs` names the facts that a guard reads, so that a move loads no more than it must.
"""

from collections.abc import Callable
from dataclasses import dataclass

from laihua.cases.rules import Facts, Item
from laihua.catalog.proceedings import MAIN
from laihua.kernel.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class Guard:
    check: Callable[[Facts], list[Reason]]
    needs: frozenset[str] = frozenset()


GUARDS: dict[str, Guard] = {}
BEFORE_A_CASE = frozenset({"filing", "person", "employment", "enrolled", "permit", "beside"})
"""Facts that are there before anything is filled in: `requires_to_start` may name the guards that need no others."""


def guard(*needs: str) -> Callable[[Callable[[Facts], list[Reason]]], Callable[[Facts], list[Reason]]]:
    def register(check: Callable[[Facts], list[Reason]]) -> Callable[[Facts], list[Reason]]:
        GUARDS[check.__name__] = Guard(check, frozenset(needs))
        return check

    return register


@guard("gaps")
def complete(facts: Facts) -> list[Reason]:
    """WP-4: nothing is submitted while a required item is missing; all gaps at once."""
    return list(facts.gaps)


@guard("filing")
def filing_valid(facts: Facts) -> list[Reason]:
    """UNI-6."""
    return [facts.filing] if facts.filing else []


@guard("person")
def real_name_passed(facts: Facts) -> list[Reason]:
    """RP-1: for people who proved who they are."""
    return [facts.person["real_name"]] if "real_name" in facts.person else []


@guard("person")
def document_valid(facts: Facts) -> list[Reason]:
    """The identity document that was proved has not ended."""
    return [facts.person["document"]] if "document" in facts.person else []


@guard("employment")
def employer_is_client(facts: Facts) -> list[Reason]:
    """RP-1: the employer is a client unit of the service company that handles the system, and knows the person."""
    return [facts.employment] if facts.employment else []


@guard("enrolled")
def enrolled(facts: Facts) -> list[Reason]:
    """ENT-1: the unit and whoever acts for it have their approved profiles in the service's business system."""
    return [facts.enrolled] if facts.enrolled else []


@guard("permit")
def permit_in_force(facts: Facts) -> list[Reason]:
    """The permit that the case is about is that person's and stands; one that comes from another employer was cancelled there.
    Of a permit that this hall did not issue nothing is known, and an officer compares."""
    return list(facts.permit)


@guard("beside")
def no_case_beside(facts: Facts) -> list[Reason]:
    """No two cases change the permit of one member of the roster at once."""
    return [facts.beside] if facts.beside else []


@guard("reserved")
def not_taken(facts: Facts) -> list[Reason]:
    """What only one running case may hold is not held by another. Asked again, under a unique row, when the case is submitted."""
    return list(facts.reserved)


@guard("opinions")
def opinions_in(facts: Facts) -> list[Reason]:
    """As many experts have answered as the step asks for."""
    if not facts.opinions_missing:
        return []
    return [
        Reason(
            "opinions_missing",
            Text("还缺{n}份专家意见。", "Expert opinions still to come: {n}.").format(n=facts.opinions_missing),
        )
    ]


@guard()
def identity_confirmed(facts: Facts) -> list[Reason]:
    if facts.subject_id is not None:
        return []
    return [
        Reason(
            "subject_not_linked",
            Text("申请人还没有通过邀请链接登录并核对身份。", "The applicant has not yet signed in through the invitation."),
        )
    ]


@guard("gaps")
def documents_valid(facts: Facts) -> list[Reason]:
    """What stands in the checklist is there and still in date at this moment, however long ago the case was filed."""
    return [g for g in facts.gaps if g.place.startswith("material:")]


@guard("gaps")
def subject_declared(facts: Facts) -> list[Reason]:
    """The declarations of the individual end are required fields of the form; they are among the gaps."""
    return [g for g in facts.gaps if g.code == "missing_declaration"]


@guard()
def holder(facts: Facts) -> list[Reason]:
    """Only the officer who took the case works on it."""
    if facts.holder_id is not None and facts.holder_id == facts.actor.account_id:
        return []
    if facts.holder_id is None:
        return [Reason("not_claimed", Text("请先领取此件。", "Claim the case first."))]
    return [
        Reason(
            "held_by_other",
            Text("此件由{name}办理（{when}领取）。", "{name} holds this case (since {when}).").format(
                name=facts.holder_name, when=facts.held_at.strftime("%m-%d %H:%M") if facts.held_at else "—"
            ),
        )
    ]


def marked(facts: Facts) -> list[Item]:
    """What is marked for return or asked for, and not yet told."""
    everything = (*facts.items, *facts.absent)
    return [i for i in everything if (w := facts.words.get(i.id)) and w.result == "returned" and not w.published]


@guard("words")
def has_returns(facts: Facts) -> list[Reason]:
    returned = marked(facts)
    if returned:
        return []
    return [
        Reason(
            "nothing_returned",
            Text("还没有一项给出退回意见，不能退回补正。", "No item has been marked for return, so there is nothing to correct."),
        )
    ]


@guard("words")
def all_accepted(facts: Facts) -> list[Reason]:
    """Every field and every material has been judged and accepted as it stands now."""
    returned = marked(facts)
    if returned:
        return [
            Reason(
                "has_returns",
                Text("有{n}项退回，不能通过。", "Items marked for return: {n}; the case cannot pass.").format(n=len(returned)),
            )
        ]
    open_items = [
        i
        for i in facts.items
        if (w := facts.words.get(i.id)) is None or w.result != "accepted" or w.digest != i.digest
    ]
    if not open_items:
        return []
    return [
        Reason(
            "not_judged",
            Text("还有{n}项未给意见。", "Items without a verdict: {n}.").format(n=len(open_items)),
            place=":".join(open_items[0].id),
        )
    ]


@guard("words")
def nothing_marked(facts: Facts) -> list[Reason]:
    """What was marked for return at this step stands in the way of accepting, whether or not the rest was judged."""
    found = marked(facts)
    if not found:
        return []
    return [
        Reason(
            "has_returns",
            Text(
                "有{n}项标记退回或补交：{list}。请先要求补正，或撤销标记。",
                "{n} marked for return or asked for: {list}. Ask for them, or take the marks back.",
            ).format(
                n=len(found), list=Text("、".join(i.label.zh for i in found), ", ".join(i.label.en for i in found)),
            ),
        )
    ]


@guard("words")
def returns_answered(facts: Facts) -> list[Reason]:
    """Each returned item was changed, or answered in words. An item that no longer applies needs no answer."""
    unanswered = [
        i
        for i in (*facts.items, *facts.absent)
        if (w := facts.words.get(i.id)) and w.result == "returned" and w.published and w.digest == i.digest and not w.reply
    ]
    return [
        Reason(
            "not_corrected",
            Text(
                "“{item}”还没有更正，请更换或写明理由。",
                "“{item}” has not been corrected: change it, or explain why it is right.",
            ).format(item=i.label),
            place=i.key if i.kind == "field" else f"material:{i.key}",
        )
        for i in unanswered
    ]


@guard("originals")
def originals_ticked(facts: Facts) -> list[Reason]:
    missing = [title for _, title, matches in facts.originals if matches is not True]
    if not missing:
        return []
    return [
        Reason(
            "originals_open",
            Text("还有{n}份原件未核对一致：{list}。", "{n} originals are not yet matched: {list}.").format(
                n=len(missing),
                list=Text("、".join(t.zh for t in missing), ", ".join(t.en for t in missing)),
            ),
        )
    ]


@guard("claimed")
def claimed_account_found(facts: Facts) -> list[Reason]:
    """ACC-5: what an appeal says fits an account. Stands before an officer's move alone; nobody else learns of it."""
    return [facts.claimed] if facts.claimed else []


@guard("others")
def main_approved(facts: Facts) -> list[Reason]:
    """A further proceeding that makes sense only with what the main one grants."""
    title, outcome = facts.others.get(MAIN, (Text("", ""), "approved"))
    if outcome == "approved":
        return []
    return [
        Reason(
            "main_open",
            Text(
                "“{title}”还没有准予，这里还不能准予；它不予准予的，本程序随之终止。",
                "“{title}” has not been approved yet, so this cannot be. If it is refused, this ends with it.",
            ).format(title=title),
        )
    ]


@guard("shared_words")
def review_stands(facts: Facts) -> list[Reason]:
    """What was reviewed is still what stands there: a correction for another office may have changed it since."""
    changed = [
        i for i in facts.items
        if (w := facts.words.get(i.id)) is None or w.result != "accepted" or w.digest != i.digest
    ]
    if not changed:
        return []
    return [
        Reason(
            "review_outdated",
            Text(
                "审核之后，申请方按其他机关的意见改动过：{list}。请退回审核环节重新审核。",
                "Changed since the review, for another office: {list}. Send the case back to be reviewed again.",
            ).format(list=Text("、".join(i.label.zh for i in changed), ", ".join(i.label.en for i in changed))),
        )
    ]


@guard()
def different_officer(facts: Facts) -> list[Reason]:
    """Nobody decides what he pre-reviewed, nor what he checked at the window: earlier steps bar from this one."""
    earlier = {p.actor_id for p in facts.past if p.from_step != facts.state.step}
    if facts.actor.account_id not in earlier:
        return []
    return [
        Reason(
            "same_officer",
            Text(
                "您办理过此件的前面环节，须由另一名人员决定。",
                "You worked on an earlier step of this case; another officer must decide it.",
            ),
        )
    ]
