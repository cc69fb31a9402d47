"""Every way to read cases."""

from laihua.cases.checklists import Difference
from laihua.cases.following import cases_to_follow, services_that_follow
from laihua.cases.queries.consents import missing_consents
from laihua.cases.queries.delegated import Act, done_under, number_of, titles_of
from laihua.cases.queries.dossier import Dossier, Granted, NotYours, Offer, SlotView, dossier
from laihua.cases.queries.earlier import earlier_cases_about, earlier_cases_of, earlier_cases_of_login
from laihua.cases.queries.experts import opinion_asked
from laihua.cases.queries.history import Entry, history, messages_of, return_text
from laihua.cases.queries.lists import (
    Page,
    QueueFilter,
    case_by_number,
    find_cases,
    further_of,
    my_cases,
    my_counts,
    queue,
)
from laihua.cases.queries.officer import (
    UP_TO,
    Count,
    Counters,
    DeskStep,
    colleagues_for,
    counters,
    desk_dossier,
    desk_steps,
    material_content,
    material_file,
    material_page,
    original_notes,
    steps_at_work,
)
from laihua.cases.queries.opinions import Tally, asks_of, opinions_asked_of, tally
from laihua.cases.queries.personal import OwnCase, cases_about, count_of, open_cases_of, starter_of
from laihua.cases.queries.reuse import Reusable, Taken, reusable, taken_from
from laihua.cases.queries.review import Earlier, Row, Sheet, Shown, review_sheet, value_at
from laihua.cases.queries.rolled_up import Counted, UnitFigures, service_figures, unit_figures
from laihua.cases.queries.roster import cases_about_staff, running_about
from laihua.cases.queries.shown import not_shown, shown_to
from laihua.cases.queries.statistics import Figures, Per, Period, Statistics, Timing, Volume, statistics
from laihua.cases.queries.visits import find_at_window, receiving_move, step_of
from laihua.cases.queries.windows import booking_of, bookings_of, bookings_on, slots_of, windows_of
from laihua.cases.told import CHANNELS, STATES, Waiting, untold, waiting

__all__ = [
    "CHANNELS",
    "STATES",
    "UP_TO",
    "Act",
    "Count",
    "Counted",
    "Counters",
    "DeskStep",
    "Difference",
    "Dossier",
    "Earlier",
    "Entry",
    "Figures",
    "Granted",
    "NotYours",
    "Offer",
    "OwnCase",
    "Page",
    "Per",
    "Period",
    "QueueFilter",
    "Reusable",
    "Row",
    "Sheet",
    "Shown",
    "SlotView",
    "Statistics",
    "Taken",
    "Tally",
    "Timing",
    "UnitFigures",
    "Volume",
    "Waiting",
    "asks_of",
    "booking_of",
    "bookings_of",
    "bookings_on",
    "case_by_number",
    "cases_about",
    "cases_about_staff",
    "cases_to_follow",
    "colleagues_for",
    "count_of",
    "counters",
    "desk_dossier",
    "desk_steps",
    "done_under",
    "dossier",
    "earlier_cases_about",
    "earlier_cases_of",
    "earlier_cases_of_login",
    "find_at_window",
    "find_cases",
    "further_of",
    "history",
    "material_content",
    "material_file",
    "material_page",
    "messages_of",
    "missing_consents",
    "my_cases",
    "my_counts",
    "not_shown",
    "number_of",
    "open_cases_of",
    "opinion_asked",
    "opinions_asked_of",
    "original_notes",
    "queue",
    "receiving_move",
    "return_text",
    "reusable",
    "review_sheet",
    "running_about",
    "service_figures",
    "services_that_follow",
    "shown_to",
    "slots_of",
    "starter_of",
    "statistics",
    "step_of",
    "steps_at_work",
    "taken_from",
    "tally",
    "titles_of",
    "unit_figures",
    "untold",
    "value_at",
    "waiting",
    "windows_of",
]
