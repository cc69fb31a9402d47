"""SES-4: a delegation used for more than its one matter, by others, or after its end."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from bench.attacks.scene import Row, Scene, timed


def run(scene: Scene) -> list[Row]:
    from laihua.catalog import queries as catalog
    from laihua.kernel import clock
    from laihua.units import actions as units
    from laihua.units import rules
    from tests import people
    from tests.world import WORK_PERMIT

    them, world, at = scene.them, scene.world, scene.at
    services = [found.service.id for found in catalog.services()]

    def started(client: Any) -> int:
        """How many services can be begun for the principal."""
        return sum(client.post(f"/start/{service}/").status_code == 302 for service in services)

    def reached(client: Any, case_id: Any) -> int:
        gets = sum(client.get(f"/cases/{case_id}/{part}").status_code == 200 for part in PARTS)
        return gets + sum(client.post(f"/cases/{case_id}/{part}").status_code in (200, 302) for part in POSTS)

    def own(who: Any, made: Any) -> Any:
        client = people.signed_in(who, client=scene.browser())
        session = client.session
        session["delegation"] = str(made.id)
        session.save()
        return client

    with patch.object(clock, "now", lambda: at):
        made = them.delegate(at)
        client = own(them.agent, made)
        first = client.post(f"/start/{WORK_PERMIT}/")
        assert first.status_code == 302, first.status_code
        case_id = first["Location"].split("/")[2]
        rows = [timed_row("A second matter under a delegation whose case has begun", len(services),
                          "one delegation, one case", lambda: started(client))]
        second = them.delegate(at)
        rows.append(timed_row("The case of one delegation under another one of the same principal", PAGES, "one delegation, one case",
                              lambda: reached(own(them.agent, second), case_id)))
        colleague = people.natural("second_agent", name="许清和")
        people.give(colleague, "handler", them.agency.organisation_id)
        strangers = [colleague, *(world.accounts[name] for name in ("stranger", "other_person", "second_handler"))]
        rows.append(timed_row(
            "Somebody else’s session under the delegation: a colleague of the agent, a stranger, a person, another handler",
            len(strangers) * (PAGES + len(services)), "its agent alone acts under it, asked at every request",
            lambda: sum(reached(own(who, made), case_id) + started(own(who, made)) for who in strangers)))
    tomorrow = at + timedelta(days=(made.valid_to - at.date()).days + 1)
    with patch.object(clock, "now", lambda: tomorrow):
        rows.append(timed_row("On the day after its last day, in a tab left open", PAGES + len(services),
                              f"lasts {rules.DELEGATED_DAYS} days unless asked, {rules.DELEGATED_DAYS_AT_MOST} at most; "
                              "asked at every request",
                              lambda: reached(client, case_id) + started(client)))
    with patch.object(clock, "now", lambda: at):
        assert client.get(f"/cases/{case_id}/form/").status_code == 200
        units.revoke_delegation(delegation_id=made.id, actor=world.handler, at=at)
        rows.append(timed_row("After its revocation, in a tab left open", PAGES + len(services), "asked at every request",
                              lambda: reached(client, case_id) + started(client)))
    return rows


PARTS = ("", "form/", "materials/", "check/")
POSTS = ("form/save/", "moves/submit/", "moves/withdraw/", "booking/")
PAGES = len(PARTS) + len(POSTS)


def timed_row(attack: str, tries: int, stops: str, count: Any) -> Row:
    with timed() as seconds:
        through = count()
        return Row(attack, tries, stops, f"{through} of {tries}", not through, seconds())

