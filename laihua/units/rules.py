"""Pure decisions about units: credit codes, regions, and whether a filing is valid on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from stdnum.cn import uscc

from laihua.kernel.texts import Reason, Text

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
        ).format(date=ended)))
    return FilingState(False, None, _reason("filing_missing", Text(
        "企业未备案，备案通过后可以提交", "The employer has no enterprise filing; you can submit once it is approved"
    )))


def _reason(code: str, text: Text) -> Reason:
    return Reason(code, text, link="/help/", link_text=Text("如何办理企业备案", "How to file or renew"))
