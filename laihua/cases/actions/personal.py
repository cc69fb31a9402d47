"""What the foreigner does in person, as one act: coming in by an invitation, declaring and confirming."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from laihua.accounts import actions as accounts
from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases.actions.drafts import save_answers
from laihua.cases.actions.lock import locked
from laihua.cases.actions.moves import Moved, move
from laihua.cases.actions.people import accept_invitation, check_invitation
from laihua.cases.queries.editing import fields_open_to
from laihua.catalog import queries as catalog


def register_invited(
    *, token: str, known: Mapping[str, str], login_name: str, password: str, language: str, at: datetime
) -> UUID:
    """An account of his own for the holder of an invitation who knows what the form says of him, linked to the case.

    His name and address come from the form. Refused like `check_invitation` and `create_account`; a name that is taken
    costs no try. Returns the case.
    """
    case = check_invitation(token=token, known=known, at=at)
    definition = catalog.version(case.version_id)
    with transaction.atomic():
        account = accounts.create_account(
            kind="natural", login_name=login_name, password=password, name_latin=definition.subject_name(case.answers),
            email=str(case.answers.get(definition.service.subject_email) or ""), language=language, actor=SYSTEM, at=at,
        )
        return accept_invitation(token=token, known=known, account_id=account.id, at=at)


@transaction.atomic
def confirm_declared(
    *, case_id: UUID, confirm: str, declared: Mapping[str, bool], actor: Actor, at: datetime, expected: int | None = None
) -> Moved:
    """The declarations and the confirmation together: a refused confirmation leaves no declaration behind.

    Whoever may not declare here is refused by the move, with whose step it is.
    """
    now = locked(case_id, actor=actor, at=at)
    mine = {key: value for key, value in declared.items() if key in fields_open_to(now)}
    if mine:
        save_answers(case_id=case_id, changes=mine, base=now.case.revision, actor=actor, at=at)
    return move(case_id=case_id, move=confirm, actor=actor, at=at, expected=expected)
