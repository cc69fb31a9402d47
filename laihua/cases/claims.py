"""Whose account an appeal means. Only the officer learns whether there is one (ACC-5)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from laihua.accounts.queries import claimed_person
from laihua.kernel.texts import Reason, Text
from laihua.units import queries as units

NOBODY = Reason("claimed_account_missing", Text(
    "没有与申诉信息相符的账号（登录名、姓名、证件号码或信用代码）。请退回要求核对，或审核不通过；不要告知账号是否存在。",
    "No account fits what the appeal says (login name, name, document number or credit code). Return it to be checked, or "
    "refuse it; do not tell whether an account exists."))


def claimed_account(answers: Mapping[str, Any]) -> UUID | None:
    """None where no account agrees with everything that was said."""
    login_name = str(answers.get("login_name") or "")
    if "credit_code" in answers:
        return units.claimed_legal_account(
            name=str(answers.get("unit_name") or ""), credit_code=str(answers.get("credit_code") or ""), login_name=login_name
        )
    return claimed_person(
        login_name=login_name, name=str(answers.get("name") or ""), document_number=str(answers.get("document_number") or "")
    )
