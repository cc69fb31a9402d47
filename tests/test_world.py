"""The cases that tests start from lie where their names say."""

import pytest

from tests import world as building

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make", "step"),
    [
        (building.complete_draft, "draft"), (building.confirmation_case, "confirmation"),
        (building.submitted_case, "pre_review"), (building.returned_case, "correction"),
        (building.passed_case, "originals"), (building.decision_case, "decision"),
    ],
)
def test_each_builder_brings_a_case_to_its_step(world, at, make, step) -> None:
    case = make(world, at)
    assert building.proceeding_of(case).step == step
