"""A form is printed, signed and comes back: what its code says, and when it no longer holds. The reading of the code itself is
tried in tests/prechecks/test_codes.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from laihua.cases import actions, prints, queries
from laihua.cases.actions import materials
from laihua.cases.models import Print
from laihua.kernel.texts import Refused
from laihua.permits.actions import print_form
from laihua.prechecks.gate import GateResult
from tests import unit_files as units
from tests.unit_files import REGISTRATION

SLOT = "registration_form"


# Pure

@given(some.text(max_size=60))
def test_no_text_is_a_code_by_chance_and_none_fails(text):
    found = prints.read(text)
    assert found is None or str(found) == text.strip()


@pytest.mark.parametrize("text", [
    "", "UR-20261120-0001", "LH1:UR-20261120-0001:7", "LH1:UR-20261120-0001:7:0123456789abcdef", "LH2:UR-20261120-0001:7:0123456789ABCDEF",
    "LH1:UR-20261120-0001:-7:0123456789ABCDEF", "https://example.com/verify/", "LH1:" + "A" * 40 + ":7:0123456789ABCDEF",
    "LH1:UR-20261120-0001:٣:0123456789ABCDEF",
])
def test_other_codes_are_none_of_ours(text):
    assert prints.read(text) is None


def test_a_code_says_case_version_and_digest():
    code = prints.Code("UR-20261120-0001", 7, "0123456789ABCDEF")
    assert prints.read(str(code)) == code


ANSWERS = some.dictionaries(some.text(max_size=8), some.integers(-10**12, 10**12), max_size=5)


@given(ANSWERS, ANSWERS)
def test_equal_answers_and_no_others_have_one_digest(one, other):
    assert (prints.digest_of("form", one) == prints.digest_of("form", other)) is (one == other)
    assert prints.digest_of("form", one) != prints.digest_of("another", one)


# In a case

@pytest.fixture
def case(world, at):
    return units.draft(REGISTRATION, world.handler, at)


def seen(case, world, at):
    return queries.dossier(case.id, actor=world.handler, at=at)


def save(case, world, at, **changes):
    case.refresh_from_db()
    actions.save_answers(case_id=case.id, changes=changes, base=case.revision, actor=world.handler, at=at)


def printed(case, world, at):
    """The code of a print made now."""
    kept = actions.keep_print(case_id=case.id, output=SLOT, actor=world.handler, at=at)
    return str(prints.Code(case.number, kept.version, kept.digest))


def upload(case, world, at, *codes):
    now = seen(case, world, at)
    result = GateResult(True, 2, "application/pdf", [], 0.0, codes)
    return materials.keep(case.id, now.service.slots()[SLOT], "scan.pdf", b"%PDF-scan", result, world.handler, at)


def refusal(case, world, at, *codes):
    with pytest.raises(Refused) as refused:
        upload(case, world, at, *codes)
    (reason,) = refused.value.reasons
    assert reason.place == f"material:{SLOT}"
    return reason


@pytest.mark.django_db
def test_a_scan_of_what_is_filed_is_taken(case, world, at):
    file = upload(case, world, at, printed(case, world, at))
    assert file.printed is not None
    assert seen(case, world, at).outdated == {}


@pytest.mark.django_db
def test_a_scan_without_a_code_or_of_another_case_is_refused_with_the_way_out(case, world, at):
    assert "打印单位注册表" in refusal(case, world, at).text.zh
    assert refusal(case, world, at, "https://example.com", "6901234567892").code == "print_no_code"
    other = prints.Code("UR-20250101-0009", 1, "0" * 16)
    reason = refusal(case, world, at, str(other))
    assert reason.code == "print_other_case"
    assert "UR-20250101-0009" in reason.text.zh
    assert case.number in reason.text.en
    assert refusal(case, world, at, str(prints.Code(case.number, 1, "0" * 16))).code == "print_unknown"


@pytest.mark.django_db
@pytest.mark.req("UNI-1")
def test_an_outdated_print_is_refused_naming_what_changed_and_nothing_else(case, world, at):
    code = printed(case, world, at)
    rows = units.answers_of(REGISTRATION)["handlers"]
    rows[1]["mobile"] = "13800006777"
    save(case, world, at, employees=87, handlers=rows)
    reason = refusal(case, world, at, code)
    assert reason.code == "print_outdated"
    assert reason.text.zh == "打印之后又修改了：职工人数、经办人信息2的手机。请重新打印、签章、扫描后上传"
    assert reason.text.en.startswith("Changed since this was printed: Number of employees, Mobile number of Handlers 2.")


@pytest.mark.django_db
def test_a_row_that_came_or_went_is_named_once(case, world, at):
    code = printed(case, world, at)
    rows = units.answers_of(REGISTRATION)["handlers"]
    third = {**rows[0], "name": "梁栖梧", "document_type": "passport", "document_number": "EX0000001", "mobile": "13800006778"}
    save(case, world, at, handlers=[*rows, third])
    assert "经办人信息3（新增）" in refusal(case, world, at, code).text.zh
    code = printed(case, world, at)
    save(case, world, at, handlers=rows[:1])
    assert "经办人信息2（已删除）、经办人信息3（已删除）" in refusal(case, world, at, code).text.zh


@pytest.mark.django_db
def test_old_prints_of_the_same_answers_stay_valid(case, world, at):
    first = printed(case, world, at)
    save(case, world, at, employees=87)
    second = printed(case, world, at)
    save(case, world, at, employees=86)
    assert upload(case, world, at, first).printed.version < case.revision + 3
    assert refusal(case, world, at, second).code == "print_outdated"
    assert upload(case, world, at, second, first).printed is not None, "two forms in one file: the one that holds counts"
    assert Print.objects.filter(case=case).count() == 2, "printing again makes no second one"
    printed(case, world, at)
    assert Print.objects.filter(case=case).count() == 2


@pytest.mark.django_db
def test_a_later_change_makes_the_scan_outdated_and_closes_the_submission(case, world, at):
    for view in seen(case, world, at).slots:
        if view.required and view.slot.key != SLOT:
            units.building.put_file(case.id, view.slot, world.handler, at)
    upload(case, world, at, printed(case, world, at))
    assert not seen(case, world, at).open_gaps
    save(case, world, at, district="310104")
    now = seen(case, world, at)
    assert now.outdated[SLOT].zh.startswith("打印之后又修改了：受理机构所在区。")
    with pytest.raises(Refused) as refused:
        actions.move(case_id=case.id, move="submit", actor=world.handler, at=at)
    assert [r.place for r in refused.value.reasons] == [f"material:{SLOT}"]
    assert "受理机构所在区" in refused.value.reasons[0].text.zh
    save(case, world, at, district="310115")
    actions.move(case_id=case.id, move="submit", actor=world.handler, at=at)


@pytest.mark.django_db
def test_an_accepted_scan_is_open_again_when_a_correction_changes_an_answer(world, at):
    case = units.submitted(REGISTRATION, world, world.handler, at)
    registrar = world.local_registrar
    actions.claim(case_id=case.id, actor=registrar, at=at)
    items = [i.id for i in queries.dossier(case.id, actor=registrar, at=at).items]
    judge = {"case_id": case.id, "actor": registrar, "at": at}
    actions.record_verdicts(items=[i for i in items if i != ("field", "postcode")], result="accepted", **judge)
    actions.record_verdicts(items=[("field", "postcode")], result="returned", reasons=["UR-R01"], **judge)
    actions.move(case_id=case.id, move="return_for_correction", actor=registrar, at=at)
    view = next(v for v in seen(case, world, at).slots if v.slot.key == SLOT)
    assert view.locked
    save(case, world, at, postcode="200121")
    view = next(v for v in seen(case, world, at).slots if v.slot.key == SLOT)
    assert not view.locked
    assert "邮编" in view.outdated.zh
    with pytest.raises(Refused):
        actions.move(case_id=case.id, move="resubmit", actor=world.handler, at=at)
    upload(case, world, at, printed(case, world, at))
    actions.move(case_id=case.id, move="resubmit", actor=world.handler, at=at)
    with pytest.raises(Refused) as refused:
        actions.move(case_id=case.id, move="approve", actor=registrar, at=at)
    assert {r.code for r in refused.value.reasons} & {"not_judged", "not_claimed"}, "the new scan is judged anew"


@pytest.mark.django_db
def test_the_print_carries_the_code_and_its_scan_is_read(case, world, at):
    now = seen(case, world, at)
    paper = print_form(now, now.service.outputs[SLOT], at)
    actions.upload_material(
        case_id=case.id, key=SLOT, name="scan.pdf", content=units.scanned(paper, dpi=150, turned=2), actor=world.handler, at=at
    )
    assert seen(case, world, at).outdated == {}
    with pytest.raises(Refused) as refused:
        actions.upload_material(
            case_id=case.id, key=SLOT, name="scan.pdf", content=units.other_scan(), actor=world.handler, at=at
        )
    assert refused.value.reasons[0].code == "print_no_code"


def test_a_duplex_print_is_known_by_both_sides():
    front = prints.Code("FX-20261120-0001", 7, "0123456789ABCDEF")
    assert prints.read(str(front.reverse)) == front.reverse != front
    assert prints.missing_side([front, front.reverse], front.digest) is None
    assert prints.missing_side([front], front.digest) == prints.SIDES["B"]
    assert prints.missing_side([front.reverse], front.digest) == prints.SIDES[""]
    assert prints.missing_side([front, prints.Code("FX-20261120-0001", 6, "F" * 16, "B")], front.digest) == prints.SIDES["B"]
