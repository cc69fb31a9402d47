"""SES-5: an agency that tries to come in by special sign-in."""

from bench.attacks.scene import Row, Scene, captcha, last_code, signed_in, timed


def run(scene: Scene, *, tries: int) -> list[Row]:
    from laihua.notifications.models import OutboxMessage
    from laihua.portal.account import ways

    agency = scene.them.agency
    right = {"unit_name": agency.name_zh, "phone": scene.them.agent.phone}
    codes = (agency.credit_code, agency.organisation.code.lower(), f" {agency.credit_code} ")
    before = OutboxMessage.objects.filter(channel="sms").count()
    entered = 0
    with timed() as seconds:
        for n in range(tries):
            scene.anew()
            client, form = scene.browser(n), {**right, "unit_code": codes[n % len(codes)]}
            client.post("/special/", {**form, **captcha(), "send_code": "1"})
            client.post("/special/", {**form, "code": f"{n:06d}"})
            entered += client.get("/way-in/").status_code == 200 or signed_in(client)
        took = seconds()
    sent = OutboxMessage.objects.filter(channel="sms").count() - before
    rows = [Row("An agency’s own code, name and telephone, each time from another address", tries,
                f"refused before a code is sent ({ways.AGENCY.code})", f"{sent} codes sent, {entered} entered",
                not sent and not entered, took)]
    with timed() as seconds:
        taken = borrowed(scene)
        rows.append(Row("A code that went to an ordinary unit, used with the agency’s name", 1, "a code is good for what stood in the form",
                        "entered" if taken else "refused", not taken, seconds()))
    return rows


def borrowed(scene: Scene) -> bool:
    from tests import agencies

    scene.anew()
    client = scene.browser()
    unit = {"unit_code": agencies.CODE, "unit_name": agencies.CODED, "phone": agencies.CONTACT}
    client.post("/special/", {**unit, **captcha(), "send_code": "1"})
    form = {"unit_code": scene.them.agency.credit_code, "unit_name": scene.them.agency.name_zh, "phone": agencies.CONTACT}
    return bool(client.post("/special/", {**form, "code": last_code()}).status_code == 302)
