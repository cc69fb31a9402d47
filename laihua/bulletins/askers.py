"""What becomes of questions when accounts are merged or closed."""

from laihua.accounts.events import AccountErased, AccountsMerged
from laihua.bulletins.models import Question


def on_merged(event: AccountsMerged) -> None:
    Question.objects.filter(asker_id=event.merged_id).update(asker_id=event.kept_id)


def on_erased(event: AccountErased) -> None:
    """What nobody else has seen goes; what is published stays, by nobody."""
    mine = Question.objects.filter(asker_id=event.account_id)
    mine.exclude(state=Question.State.PUBLISHED).delete()
    mine.update(asked_as="")
