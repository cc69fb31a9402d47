"""What a stranger can find out about who has an account: by what he is told, by how long it takes, by asking outright."""

import random
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import comb
from typing import Any

from bench.attacks.scene import PASSWORD, Row, Scene, captcha, limit, timed

NEW_EACH_TIME = re.compile(
    r'[0-9a-f]{8}-[0-9a-f-]{27}|[0-9A-Za-z]{64}|\b\d{6}\b|data-lh-wait="\d+"|<time class="lh-push".*?</time>')
TOLD_APART = 0.001
KNOWN, NO_PASSWORD, MERGED, UNKNOWN = "telling_known", "telling_portal", "telling_merged", "telling_nobody"
PHONE = "+8613800009101"
chance = random.Random(20261112)


@dataclass(frozen=True, slots=True)
class Question:
    """The same thing asked about somebody who is there and about nobody. `ask` gives the answer and the seconds it took."""

    what: str
    known: dict[str, str]
    unknown: dict[str, str]
    ask: Callable[[dict[str, str]], tuple[Any, float]]
    slow: bool = False


def run(scene: Scene, *, rounds: int, slow_rounds: int, look_ups: int) -> list[Row]:
    furnish(scene)
    found = questions(scene)
    return [
        *(by_text(scene, question) for question in found),
        *(by_time(scene, question, slow_rounds if question.slow else rounds) for question in found),
        asking(scene, look_ups),
    ]


def furnish(scene: Scene) -> None:
    from laihua.accounts import actions
    from laihua.accounts.models import Account
    from laihua.accounts.permissions import SYSTEM

    made = {
        name: actions.create_account(kind="natural", login_name=name, password=password, name_zh="陆清和", name_latin="",
                                     phone=PHONE, actor=SYSTEM, at=scene.at)
        for name, password in ((KNOWN, PASSWORD), (NO_PASSWORD, None), (MERGED, PASSWORD))
    }
    Account.objects.filter(id=made[MERGED].id).update(merged_into=made[KNOWN], is_active=False)
    actions.grant_role(account_id=made[KNOWN].id, organisation_id=scene.world.unit.id, role="unit_admin", actor=SYSTEM, at=scene.at)
    verified = scene.world.accounts["other_person"]
    verified.document_number = verified.document_index = "00010119880722002X"
    verified.document_type, verified.real_name_status, verified.name_zh = "resident_id", "passed", "何望舒"
    verified.save()


def questions(scene: Scene) -> list[Question]:
    from tests import agencies

    unit = {"unit_code": agencies.CODE, "unit_name": agencies.CODED, "phone": agencies.CONTACT}

    def form(path: str, **more: str) -> Callable[[dict[str, str]], tuple[Any, float]]:
        def ask(typed: dict[str, str]) -> tuple[Any, float]:
            scene.anew()
            return posted(scene.browser(), path, {**typed, **more, **captcha()})
        return ask

    def guess(path: str) -> Callable[[dict[str, str]], tuple[Any, float]]:
        def ask(typed: dict[str, str]) -> tuple[Any, float]:
            scene.anew()
            client = scene.browser()
            client.post(path, {**typed, **captcha(), "send_code": "1"})
            return posted(client, path, {**typed, "code": "12345"})      # never right: a code has six digits
        return ask

    sign_in = form("/sign-in/", password="wrong password", kind="natural")
    other_tab = form("/sign-in/", password="wrong password", kind="legal")
    send = {"send_code": "1"}
    return [
        Question("sign-in, wrong password", {"login_name": KNOWN}, {"login_name": UNKNOWN}, sign_in, slow=True),
        Question("sign-in, account without a password", {"login_name": NO_PASSWORD}, {"login_name": UNKNOWN}, sign_in, slow=True),
        Question("sign-in, merged account on the other tab", {"login_name": MERGED}, {"login_name": UNKNOWN}, other_tab, slow=True),
        Question("recovery, asking for a code", {"login_name": KNOWN}, {"login_name": UNKNOWN}, form("/recover/", **send)),
        Question("recovery, typing a code", {"login_name": KNOWN}, {"login_name": UNKNOWN}, guess("/recover/")),
        Question("appeal, asking for a code", {"phone": PHONE}, {"phone": "+8613800009199"}, form("/appeal/", **send)),
        Question("special sign-in, asking for a code", unit, {**unit, "phone": "+8613911112222"}, form("/special/", **send)),
        Question("special sign-in, unit of that name", unit, {**unit, "unit_name": "没有的研究所"}, form("/special/", **send)),
        Question("special sign-in, typing a code", unit, {**unit, "phone": "+8613911112222"}, guess("/special/")),
        handler_check(scene),
        grants_search(scene),
    ]


def handler_check(scene: Scene) -> Question:
    """The unit has come in; whose number is the handler's?"""
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    from laihua.portal.account.unit_entry import begin_unit_session
    from tests import agencies

    def ask(typed: dict[str, str]) -> tuple[Any, float]:
        scene.anew()
        client = scene.browser()
        client.get("/special/")
        request: Any = RequestFactory().get("/")
        request.session, request.user = client.session, AnonymousUser()
        begin_unit_session(request, way="special", unit_code=agencies.CODE, unit_name=agencies.CODED, phone=agencies.CONTACT)
        request.session.save()
        with_session(client, request.session.session_key)
        chosen = {"handler": str(scene.them.coded_handler.id), "first": "1", "send_code": "1"}
        return posted(client, "/way-in/handler/", {**typed, **chosen, **captcha()})

    return Question("handler check, asking for a code", {"phone": scene.them.coded_handler.phone}, {"phone": "+8613911112222"}, ask)


def grants_search(scene: Scene) -> Question:
    """An administrator who has a number and no name: does somebody bear it?"""
    from laihua.accounts import queries
    from tests import people

    def ask(typed: dict[str, str]) -> tuple[Any, float]:
        scene.anew()
        client = people.signed_in(queries.account_named(KNOWN), client=scene.browser())
        return posted(client, "/grants/new/", {**typed, "name": "不知道"})

    return Question("grants, search by number", {"document_number": "00010119880722002X"}, {"document_number": "000101199003150016"}, ask)


def with_session(client: Any, key: str) -> None:
    from django.conf import settings

    client.cookies[settings.SESSION_COOKIE_NAME] = key


def posted(client: Any, path: str, form: dict[str, str]) -> tuple[Any, float]:
    begun = time.perf_counter()
    answer = client.post(path, form)
    return answer, time.perf_counter() - begun


def bare(answer: Any, typed: dict[str, str]) -> tuple[int, tuple[str, ...], str]:
    text = answer.content.decode()
    for key, value in typed.items():
        text = text.replace(value, key)
    return answer.status_code, tuple(sorted(answer.cookies)), NEW_EACH_TIME.sub("", text)


def by_text(scene: Scene, question: Question) -> Row:
    with timed() as seconds:
        pages = {bare(question.ask(typed)[0], typed) for typed in (question.known, question.unknown)}
        return Row(f"By text: {question.what}", 2, "the same answer for everybody",
                   "identical pages" if len(pages) == 1 else "pages differ", len(pages) == 1, seconds())


def by_time(scene: Scene, question: Question, rounds: int) -> Row:
    pairs: list[tuple[float, float]] = []
    with timed() as seconds:
        question.ask(question.known), question.ask(question.unknown)
        for _ in range(rounds):
            order = [question.known, question.unknown]
            chance.shuffle(order)
            took = {id(typed): question.ask(typed)[1] for typed in order}
            pairs.append((took[id(question.known)], took[id(question.unknown)]))
        spent = seconds()
    known, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    p = sign_test(sum(a > b for a, b in pairs), sum(a != b for a, b in pairs))
    told = "told apart" if p < TOLD_APART else "not told apart"
    return Row(f"By time: {question.what}", 2 * rounds, "the same work for everybody",
               f"{known * 1000:.1f} and {unknown * 1000:.1f} ms, ratio {known / unknown:.3f}, p = {p:.2g}, {told}", p >= TOLD_APART, spent)


def sign_test(slower: int, pairs: int) -> float:
    """Two-sided: how likely so uneven a split is, where both take as long."""
    tail = sum(comb(pairs, k) for k in range(max(slower, pairs - slower), pairs + 1)) / 2**pairs
    return min(1.0, 2 * tail)


def asking(scene: Scene, look_ups: int) -> Row:
    """The look-ups before registration answer outright; what do they cost?"""
    from laihua.accounts import rules
    from laihua.portal.account import looking_up

    scene.anew()
    client, answers, captchas = scene.browser(), 0, 0
    with scene.day(), timed() as seconds:
        for n in range(look_ups):
            form = {"look_up": "login_name", "login_name": f"{UNKNOWN}{n}"}
            answer = client.post("/register/unit/", form)
            if answer.status_code == 422:
                captchas += 1
                answer = client.post("/register/unit/", {**form, **captcha()})
            answers += "登录名未被注册" in answer.content.decode()
        took = seconds()
    most = rules.LOOK_UPS.failures
    scene.anew()
    return Row("Asking outright: is this login name registered, within one hour from one address", look_ups,
               f"{limit(rules.LOOK_UPS)} for an address; a captcha for {looking_up.PER_CAPTCHA}",
               f"{answers} answered (at most {most}), {captchas} captchas solved", 0 < answers <= most, took)
