"""Answers from a register of invented people and units; whoever is not in it is not known."""

import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from laihua.accounts.identity.questions import Answer, PersonQuestion, UnitQuestion, Unreachable

REGISTER = Path(__file__).with_name("register.yaml")
SLOW = 3.0
"""Seconds that a slow answer takes."""


@dataclass
class Simulator:
    """`sleep` is what a slow answer waits with."""

    register: Path = REGISTER
    sleep: Any = time.sleep
    name = "simulator"

    @cached_property
    def entries(self) -> dict[str, dict[str, dict[str, str]]]:
        """By document number and by credit code."""
        read = yaml.safe_load(self.register.read_text(encoding="utf-8"))
        return {
            "people": {entry["document_number"]: entry for entry in read["people"]},
            "units": {entry["credit_code"]: entry for entry in read["units"]},
        }

    def check_person(self, question: PersonQuestion) -> Answer:
        known = self.entries["people"].get(question.document_number)
        return self._answer(known, name=question.name, document_type=question.document_type)

    def check_unit(self, question: UnitQuestion) -> Answer:
        known = self.entries["units"].get(question.credit_code)
        return self._answer(
            known, name=question.name, representative_name=question.representative_name,
            representative_document_number=question.representative_document_number,
        )

    def _answer(self, known: dict[str, str] | None, **asked: str) -> Answer:
        if known is None:
            return Answer(False, "unknown")
        if known["answer"] == "unreachable":
            raise Unreachable("simulated outage")
        if known["answer"] == "slow":
            self.sleep(SLOW)
        if known["answer"] == "fail" or any(_plain(known[key]) != _plain(value) for key, value in asked.items()):
            return Answer(False, "mismatch")
        return Answer(True)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
