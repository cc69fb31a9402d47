"""The tables of accounts. Decisions are in rules.py, writes in actions.py and the modules that it offers."""

from laihua.accounts.models.identity import Consent, Duplicate, IdentityCheck
from laihua.accounts.models.people import Account, AccountManager, Grant, Organisation, Tally, TotpDevice
from laihua.accounts.models.sessions import (
    Captcha,
    FederatedIdentity,
    HandlerProof,
    PasswordLink,
    Session,
    SignInEntry,
    SmsCode,
)

__all__ = [
    "Account", "AccountManager", "Captcha", "Consent", "Duplicate", "FederatedIdentity", "Grant", "HandlerProof",
    "IdentityCheck", "Organisation", "PasswordLink", "Session", "SignInEntry", "SmsCode", "Tally", "TotpDevice",
]
