"""The tables of cases. Decisions are in rules.py, writes in actions/ and store.py."""

from laihua.cases.models.counting import DayCount, DueMove, Reservation, ServiceFigure, UnitCount
from laihua.cases.models.dossier import Case, CaseEvent, Proceeding, SearchKey, new_id
from laihua.cases.models.earlier import EarlierCase
from laihua.cases.models.materials import Material, MaterialFile, Print
from laihua.cases.models.prechecking import DocumentRead, FindingReply, FindingVerdict
from laihua.cases.models.reviewing import Opinion, OriginalCheck, Verdict
from laihua.cases.models.visiting import Booking, Invitation, Message, Window

__all__ = [
    "Booking", "Case", "CaseEvent", "DayCount", "DocumentRead", "DueMove", "EarlierCase", "FindingReply", "FindingVerdict",
    "Invitation", "Material", "MaterialFile", "Message", "Opinion", "OriginalCheck", "Print", "Proceeding", "Reservation",
    "SearchKey", "ServiceFigure", "UnitCount", "Verdict", "Window", "new_id",
]
