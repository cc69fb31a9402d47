from datetime import timedelta

import pytest
from django.utils import timezone

from laihua.accounts import attempts, jobs, rules
from laihua.accounts.models import Session, Tally
from tests import people


@pytest.mark.django_db
def test_only_what_has_run_out_is_cleared_away() -> None:
    now = timezone.now()
    for name, at in (("old", now - timedelta(hours=1)), ("new", now)):
        attempts.count([attempts.Counted("name", name, rules.NAME_AND_ADDRESS)], at=at)
        client = people.signed_in(people.natural())
        Session.objects.filter(session_key=client.session.session_key).update(expire_date=at + timedelta(minutes=5))
    jobs.clear_away.func(timestamp=0)
    assert Tally.objects.get().key == attempts.Counted("name", "new", rules.NAME_AND_ADDRESS).key
    assert Session.objects.count() == 1
