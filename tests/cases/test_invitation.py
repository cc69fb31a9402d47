"""How the foreigner comes to his case."""

from datetime import timedelta

import pytest

from laihua.cases import actions
from laihua.cases.invitations import invite
from laihua.cases.models import Case, CaseEvent, Invitation
from laihua.kernel.jobs import run_waiting
from laihua.kernel.texts import Refused
from tests import world as building

pytestmark = pytest.mark.django_db
KNOWN = {"passport_number": "EM7204183", "birth_date": "1985-03-14"}


@pytest.fixture
def invited(world, at):
    case = building.complete_draft(world, at, **KNOWN)
    actions.move(case_id=case.id, move="submit", actor=world.handler, at=at)
    event = CaseEvent.objects.get(case=case, move="submit")
    return case, invite(case, event.id, at)


@pytest.mark.req("WP-3")
def test_who_knows_the_passport_is_linked(world, at, invited):
    case, token = invited
    assert actions.accept_invitation(
        token=token, known={"passport_number": "em 7204183", "birth_date": "1985-03-14"},
        account_id=world.subject.account_id, at=at,
    ) == case.id
    assert Case.objects.get(id=case.id).subject_id == world.subject.account_id


def test_a_used_link_ends(world, at, invited):
    _, token = invited
    actions.accept_invitation(token=token, known=KNOWN, account_id=world.subject.account_id, at=at)
    with pytest.raises(actions.InvitationEnded):
        actions.accept_invitation(token=token, known=KNOWN, account_id=world.other_person.account_id, at=at)


def test_five_wrong_answers_end_the_link_and_never_say_which_was_wrong(world, at, invited):
    _, token = invited
    texts = set()
    for wrong in ({"passport_number": "X1234567"}, {"birth_date": "1990-01-01"}, {}, {"birth_date": ""}, {"passport_number": ""}):
        with pytest.raises(Refused) as problem:
            actions.accept_invitation(
                token=token, known={**KNOWN, **wrong} if wrong else {}, account_id=world.other_person.account_id, at=at
            )
        texts.add(problem.value.reasons[0].code)
    assert texts == {"not_recognised"}
    with pytest.raises(actions.InvitationEnded):
        actions.accept_invitation(token=token, known=KNOWN, account_id=world.subject.account_id, at=at)


def test_a_link_runs_out(world, at, invited):
    _, token = invited
    with pytest.raises(actions.InvitationEnded):
        actions.read_invitation(token=token, at=at + timedelta(days=31))


def test_the_token_is_kept_nowhere_in_the_open(at, invited):
    _, token = invited
    assert not any(token.encode() in bytes(i.token_digest) for i in Invitation.objects.all())


@pytest.mark.req("OPS-3")
def test_a_job_that_runs_twice_invites_once(world, at):
    from laihua.cases.jobs import announce
    from laihua.notifications.models import OutboxMessage

    case = building.complete_draft(world, at)
    actions.move(case_id=case.id, move="submit", actor=world.handler, at=at)
    event = CaseEvent.objects.get(case=case, move="submit")
    run_waiting()
    sent, links = OutboxMessage.objects.count(), Invitation.objects.filter(case=case).count()
    announce(event_id=str(event.id))
    assert (OutboxMessage.objects.count(), Invitation.objects.filter(case=case, revoked_at=None).count()) == (sent, links)
    assert sent >= 1
    assert links == 1


@pytest.mark.req("OPS-3")
def test_a_move_that_is_rolled_back_tells_nobody(world, at):
    from django.db import transaction

    from laihua.notifications.models import InboxMessage, OutboxMessage

    case = building.complete_draft(world, at)
    run_waiting()
    before = InboxMessage.objects.count(), OutboxMessage.objects.count()
    mark = transaction.savepoint()
    actions.move(case_id=case.id, move="submit", actor=world.handler, at=at)
    transaction.savepoint_rollback(mark)
    run_waiting()
    assert (InboxMessage.objects.count(), OutboxMessage.objects.count()) == before
