"""Password links: used twice, too late, guessed."""

import secrets

from bench.attacks.scene import Row, Scene, in_words, timed

NEW = "a wholly new horse 11"


def run(scene: Scene, *, tokens: int) -> list[Row]:
    from django.utils import timezone

    from laihua.accounts import actions, links

    account = scene.them.coded_handler

    def made() -> str:
        return actions.make_password_link(account_id=account.id, at=timezone.now())

    def sets(token: str) -> bool:
        return scene.browser().post(f"/password/{token}/", {"password": NEW, "password_again": NEW}).status_code == 302

    rows = []
    with timed() as seconds:
        token = made()
        first, second = sets(token), sets(token)
        rows.append(Row("A link used twice", 2, "good once", f"{first + second} of 2", first and not second, seconds()))
    with timed() as seconds:
        token = made()
        made()
        earlier = sets(token)
        rows.append(Row("A link after a newer one was made", 1, "a new one ends the earlier", f"{earlier:d}", not earlier, seconds()))
    for lasts, why in ((links.AFTER_CODE, "after a code"), (links.AFTER_APPEAL, "after an appeal")):
        with scene.day() as clock, timed() as seconds:
            token = actions.make_password_link(account_id=account.id, at=timezone.now(), lasts=lasts)
            clock.forward(lasts)
            late = sets(token)
            rows.append(Row(f"A link {why}, too late", 1, f"lasts {in_words(lasts)}", f"{late:d}", not late, seconds()))
    with timed() as seconds:
        made()
        client = scene.browser()
        found = sum(client.get(f"/password/{secrets.token_urlsafe(32)}/").status_code != 404 for _ in range(tokens))
        rows.append(Row("Tokens guessed while a link is open", tokens, f"{8 * 32} random bits, of which a digest is kept",
                        f"{found} found", not found, seconds()))
    return rows
