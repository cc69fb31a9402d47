"""What happens to a person's cases when two accounts become one, or one is closed."""

from datetime import datetime
from uuid import UUID

from laihua.accounts.events import AccountErased, AccountsMerged
from laihua.accounts.permissions import SYSTEM
from laihua.cases import store
from laihua.cases.actions.lock import locked
from laihua.cases.models import Case, EarlierCase
from laihua.cases.queries.personal import open_cases_of
from laihua.kernel.texts import Reason, Refused, Text

OPEN = Text(
    "案件{number}尚未办结，办结或撤回后可以注销账号",
    "Case {number} is still open; the account can be closed once it is completed or withdrawn",
)


def on_merged(event: AccountsMerged) -> None:
    """The cases about the merged account are now about the kept one, open and closed; the history of each says so."""
    for case_id in Case.objects.filter(subject_id=event.merged_id).order_by("id").values_list("id", flat=True):
        _hand_over(case_id, event, event.at)
    Case.objects.filter(started_by_id=event.merged_id, unit=None).update(started_by_id=event.kept_id)
    EarlierCase.objects.filter(account_id=event.merged_id).update(account_id=event.kept_id)


def on_erased(event: AccountErased) -> None:
    """Refused while a case is open, with every one of them. Closed cases stay: the law has them kept."""
    if found := open_cases_of(event.account_id):
        raise Refused(*(Reason("case_open", OPEN.format(number=row.number), link=f"/cases/{row.case_id}/") for row in found))


def _hand_over(case_id: UUID, event: AccountsMerged, at: datetime) -> None:
    now = locked(case_id, actor=SYSTEM, at=at)
    Case.objects.filter(id=case_id).update(subject_id=event.kept_id)
    store.record(now, "merge_subject", {"from": str(event.merged_id), "to": str(event.kept_id), "by": str(event.by or "")})
