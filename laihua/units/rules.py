"""Pure decisions about units: credit codes, regions, and whether a filing is valid on a day."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from stdnum.cn import uscc

from laihua.kernel.texts import Reason, Text

START_FILING = "/start/for/filing/"
FILE, RENEW_FILING = Text("办理企业备案", "File now"), Text("办理续备", "Renew the filing")
CREDIT_CODE_WRONG = Reason("credit_code_wrong", Text(
    "统一社会信用代码应为18位且校验正确，请对照营业执照核对",
    "The unified social credit code has 18 characters and a check digit; please compare it with the business licence",
), place="credit_code")


class Period(Protocol):
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date: ...


@dataclass(frozen=True, slots=True)
class FilingState:
    """`reason` says why cases cannot be submitted, and is None while the filing is valid."""

    valid: bool
    valid_to: date | None
    reason: Reason | None


def clean_credit_code(code: str) -> str:
    """As it is stored: capitals without spaces (GB 32100)."""
    return "".join(code.split()).upper()


def refusal_of_credit_code(code: str) -> Reason | None:
    return None if uscc.is_valid(code) else CREDIT_CODE_WRONG


def region_of(credit_code: str) -> str:
    """The six digits of the administrative division (GB/T 2260) that a credit code carries."""
    return credit_code[2:8]


def competent(region: str, prefixes: Sequence[str]) -> str | None:
    """The longest prefix that the region begins with; an empty prefix stands for the whole country."""
    return max((prefix for prefix in prefixes if region.startswith(prefix)), key=len, default=None)


def state_of_filing(filings: Sequence[Period], on: date) -> FilingState:
    """Over the approved filings of one unit. Both days of a filing count."""
    for filing in filings:
        if filing.valid_from <= on <= filing.valid_to:
            return FilingState(True, max(f.valid_to for f in filings if f.valid_from <= on), None)
    past = [f.valid_to for f in filings if f.valid_to < on]
    coming = [f.valid_from for f in filings if f.valid_from > on]
    if coming:
        begins = min(coming)
        return FilingState(False, None, _reason("filing_not_yet", Text(
            "企业备案自{date}起生效，生效后可以提交", "The enterprise filing is valid from {date}; submit from that day on"
        ).format(date=begins)))
    if past:
        ended = max(past)
        return FilingState(False, ended, _reason("filing_expired", Text(
            "企业备案已于{date}过期，续备后可以提交",
            "The enterprise filing expired on {date}; renew it, then you can submit",
        ).format(date=ended), RENEW_FILING))
    return FilingState(False, None, _reason("filing_missing", Text(
        "企业未备案，备案通过后可以提交", "The employer has no enterprise filing; you can submit once it is approved"
    ), FILE))


def _reason(code: str, text: Text, start: Text | None = None) -> Reason:
    """`start`: what is said of the way to a new filing; without it, to the help."""
    if start is not None:
        return Reason(code, text, link=START_FILING, link_text=start)
    return Reason(code, text, link="/help/", link_text=Text("如何办理企业备案", "How to file or renew"))


# One matter, one delegation (SES-4)

DELEGATED_DAYS, DELEGATED_DAYS_AT_MOST = 30, 180
RENEW = Text("重新委托", "Have it delegated anew")
UNTIL_WRONG = Reason("until_wrong", Text(
    "有效期至应在今天至180天内，请按YYYY-MM-DD填写",
    "The delegation can last until any day from today to 180 days on; write it as YYYY-MM-DD"), place="until")
SAME_UNIT = Reason("principal_is_agency", Text(
    "委托单位不能是本代理机构，请选择“为自己单位办理”", "An agency cannot act for itself here; choose “for our own unit”"),
    place="unit_name")


def same_name(one: str, other: str) -> bool:
    """Names of units, whatever width their brackets and letters were typed in. Spaces do not count."""
    return _plain(one) == _plain(other) != ""


def refusal_of_period(until: date | None, today: date) -> Reason | None:
    """The last day counts."""
    fits = until is not None and today <= until <= today + timedelta(days=DELEGATED_DAYS_AT_MOST)
    return None if fits else UNTIL_WRONG


def ending_of(*, number: str, state: str, valid_to: date, ended_at: datetime | None, on: date) -> Reason | None:
    """Why nothing can be done under a delegation any more; None while it lasts. Its last day counts.

    `ended_at` in the hall's zone.
    """
    if state == "revoked":
        return _ended("delegation_revoked", Text(
            "委托单位已于{when}撤销委托{number}。", "The principal revoked delegation {number} at {when} (China time)."
        ).format(number=number, when=f"{ended_at:%Y-%m-%d %H:%M}" if ended_at else "—"))
    if state == "ended":
        return _ended("delegation_done", Text(
            "委托{number}的案件已经办结，委托随之结束。", "The case of delegation {number} is closed, and the delegation has ended with it."
        ).format(number=number))
    if on > valid_to:
        return _ended("delegation_expired", Text(
            "委托{number}的有效期已于{day}届满。", "Delegation {number} was valid until {day}."
        ).format(number=number, day=valid_to))
    return None


def refusal_of_matter(*, number: str, matter: str, asked: str, case_id: object | None, title: Text) -> Reason | None:
    """A delegation serves one case of one service. `title`: of the matter that was delegated."""
    if case_id is not None:
        return _elsewhere("delegation_used", Text(
            "委托{number}已经用于一件案件。一事一委托，办理另一件请重新取得委托。",
            "Delegation {number} has been used for its one case. Another case needs a delegation of its own."
        ).format(number=number))
    if asked != matter:
        return _elsewhere("delegation_other_matter", Text(
            "委托{number}只限于“{title}”，办理其他事项请另行取得委托。",
            "Delegation {number} is for “{title}” alone. Another matter needs a delegation of its own."
        ).format(number=number, title=title))
    return None


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _ended(code: str, text: Text) -> Reason:
    return Reason(code, text, link="/delegations/", link_text=Text("查看委托", "See the delegations"))


def _elsewhere(code: str, text: Text) -> Reason:
    return Reason(code, text, link="/delegations/new/", link_text=RENEW)
