"""SMS codes: one use, five minutes, five guesses, limits by number and address, bound to session and purpose (SES)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone

from laihua.accounts import actions, codes, rules
from laihua.accounts.models import SmsCode
from laihua.accounts.session_store import SessionStore
from laihua.kernel.texts import Refused

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(hour=3, minute=0, second=0, microsecond=0)
PHONE, PURPOSE = "+8613800006001", "register"


def visit() -> HttpRequest:
    request = HttpRequest()
    request.session, request.user = SessionStore(), AnonymousUser()
    return request


def issue(request: HttpRequest, *, phone: str = PHONE, at: timedelta = timedelta(), address: str = "198.51.100.1",
          subject: str = "", purpose: str = PURPOSE) -> codes.Issued:
    return actions.issue_code(request, phone=phone, purpose=purpose, address=address, at=NOW + at, subject=subject)


def proves(request: HttpRequest, code: str, *, phone: str = PHONE, at: timedelta = timedelta(), subject: str = "",
           purpose: str = PURPOSE) -> bool:
    try:
        actions.check_code(request, phone=phone, purpose=purpose, code=code, at=NOW + at, subject=subject)
    except Refused as refused:
        return refused.reasons != (codes.CODE_WRONG,)
    return True


def refused_to_issue(*args: HttpRequest, **how: object) -> str:
    with pytest.raises(Refused) as refused:
        issue(*args, **how)  # type: ignore[arg-type]
    return refused.value.reasons[0].code


def test_a_code_has_six_digits_and_is_taken_once() -> None:
    request = visit()
    issued = issue(request)
    assert len(issued.code) == 6
    assert issued.code.isdigit()
    assert issued.to_send
    assert proves(request, f" {issued.code[:3]} {issued.code[3:]}")
    assert not proves(request, issued.code)


def test_a_code_lasts_five_minutes() -> None:
    for late, taken in ((timedelta(minutes=5, seconds=-1), True), (timedelta(minutes=5), False)):
        request = visit()
        issued = issue(request, phone=f"+86138000{uuid4().int % 90000 + 10000}")
        row = SmsCode.objects.get(id=issued.id)
        assert row.expires_at == NOW + timedelta(minutes=5)
        SmsCode.objects.filter(id=issued.id).update(phone_index=codes._index(PHONE, ""))
        assert proves(request, issued.code, at=late) is taken


def test_the_fifth_wrong_guess_ends_it() -> None:
    request = visit()
    right = issue(request).code
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(4):
        assert not proves(request, wrong)
    assert proves(request, right)
    request = visit()
    right = issue(request, at=timedelta(seconds=61)).code
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        assert not proves(request, wrong, at=timedelta(seconds=61))
    assert not proves(request, right, at=timedelta(seconds=61))


def test_another_session_purpose_or_phone_proves_nothing() -> None:
    request, stranger = visit(), visit()
    code = issue(request).code
    assert not proves(stranger, code)
    assert not proves(request, code, purpose="appeal")
    assert not proves(request, code, phone="+8613800006002")
    assert proves(request, code)


def test_a_new_code_ends_the_earlier_one() -> None:
    request = visit()
    first = issue(request).code
    second = issue(request, at=timedelta(seconds=60)).code
    later = timedelta(seconds=61)
    assert first == second or not proves(request, first, at=later)
    assert proves(request, second, at=later)


def test_sixty_seconds_between_two_sends_from_whatever_session() -> None:
    issue(visit())
    assert refused_to_issue(visit(), at=timedelta(seconds=59)) == "code_too_soon"
    assert refused_to_issue(visit(), phone="138 0000 6001", at=timedelta(seconds=59)) == "code_too_soon"
    issue(visit(), at=timedelta(seconds=60))


def test_ten_a_day_and_number() -> None:
    for turn in range(10):
        issue(visit(), at=timedelta(seconds=61 * turn), address=f"198.51.100.{turn}")
    assert refused_to_issue(visit(), at=timedelta(hours=1), address="203.0.113.9") == "codes_used_up"
    issue(visit(), at=timedelta(days=1), address="203.0.113.9")


def test_a_cap_by_address() -> None:
    for turn in range(rules.CODES_OF_ADDRESS.failures):
        issue(visit(), phone=f"+86138000{10000 + turn}")
    assert refused_to_issue(visit(), phone="+8613800099999") == "codes_used_up"
    issue(visit(), phone="+8613800099999", address="203.0.113.9", at=timedelta(seconds=61))
    issue(visit(), phone="+8613800099998", at=timedelta(hours=1))


def test_only_keyed_hashes_are_kept() -> None:
    issued = issue(visit())
    row = SmsCode.objects.values().get()
    kept = b"".join(bytes(value) for value in row.values() if isinstance(value, bytes | memoryview))
    assert issued.code.encode() not in kept
    assert PHONE.encode() not in kept


@pytest.mark.req("ACC-4")
def test_a_name_without_a_phone_behaves_like_one_with() -> None:
    """Same limits, same rows, same refusals; only nothing is sent, and no code is right."""
    told: list[list[str]] = []
    for phone, name in ((PHONE, "known"), ("", "unknown")):
        request, seen = visit(), []
        issued = issue(request, phone=phone, subject=name)
        seen.append(str(len(issued.code)))
        assert issued.to_send is bool(phone)
        seen.append(refused_to_issue(request, phone=phone, subject=name, at=timedelta(seconds=59)))
        seen.append(str(proves(request, "000000", phone=phone, subject=name)))
        if not phone:
            assert not proves(request, issued.code, phone="", subject=name)
        told.append(seen)
    assert told[0] == told[1]


def test_a_phone_behind_two_names_keeps_its_own_limit_in_silence() -> None:
    assert issue(visit(), subject="one").to_send
    request = visit()
    second = issue(request, subject="two", at=timedelta(seconds=30))
    assert not second.to_send
    assert not proves(request, second.code, subject="two", at=timedelta(seconds=30))
