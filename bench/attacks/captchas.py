"""Captchas: one answer, one try."""

from bench.attacks.scene import Row, Scene, captcha, in_words, timed


def run(scene: Scene, *, answers: int) -> list[Row]:
    from django.utils import timezone

    from laihua.accounts import actions, captchas
    from laihua.kernel.texts import Refused

    def right(made: object, answer: str) -> bool:
        try:
            actions.check_captcha(captcha_id=str(made), answer=answer, at=timezone.now())
        except Refused:
            return False
        return True

    def sent(solved: dict[str, str], address: int = 0) -> bool:
        """Whether the sign-in page took it: then it speaks of the password."""
        answer = scene.browser(address).post("/sign-in/", {"login_name": "nobody", "password": "x", "kind": "natural", **solved})
        return 'id="captcha-error"' not in answer.content.decode() and "图形验证码不正确" not in answer.content.decode()

    once = f"good once, whatever the answer; lasts {in_words(captchas.LASTS)}"
    rows = []
    with timed() as seconds:
        solved = captcha()
        first, second = sent(solved), sent(solved)
        rows.append(Row("The same right answer twice", 2, once, f"{first + second} of 2 taken", first and not second, seconds()))
    with timed() as seconds:
        solved = captcha()
        elsewhere, own = sent(solved, 1), sent(solved)
        rows.append(Row("A captcha of one session, answered in another one, then in its own", 2, once,
                        f"{elsewhere + own} of 2 taken", elsewhere + own <= 1, seconds()))
    with scene.day() as clock, timed() as seconds:
        solved = captcha()
        clock.forward(captchas.LASTS)
        late = sent(solved)
        rows.append(Row(f"The right answer after {in_words(captchas.LASTS)}", 1, once, f"{late:d} taken", not late, seconds()))
    with timed() as seconds:
        solved = captcha()
        wrong = (f"{n:0{captchas.LENGTH}d}" for n in range(10**captchas.LENGTH))
        tried = [next(wrong) for _ in range(answers)]
        tried = [answer for answer in tried if answer != solved["captcha"]] + [solved["captcha"]]
        taken = sum(right(solved["captcha_id"], answer) for answer in tried)
        rows.append(Row("Every answer in turn at one captcha, the right one last (the check itself, without its page)", len(tried), once,
                        f"{taken} taken", not taken, seconds()))
    with timed() as seconds:
        taken = sum(right(actions.new_captcha(at=timezone.now()), "12345") for _ in range(answers))
        odds = answers / 10**captchas.LENGTH
        rows.append(Row("One answer at a new captcha each time (the check itself, without its page)", answers,
                        f"{captchas.LENGTH} digits", f"{answers:,} compared, {taken} taken ({odds:.2g} to be expected)",
                        taken <= max(3, 5 * odds), seconds()))
    return rows
