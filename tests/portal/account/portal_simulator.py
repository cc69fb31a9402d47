"""The portal simulator as a running program, and a visitor who goes through it."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import requests

HALL = "http://localhost:8000"


@contextmanager
def running(data: Path, hall: str = HALL) -> Iterator[str]:
    """Its address, while it runs in front of this hall."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "laihua.cli", "portal-simulator", "--port", str(port), "--hall", hall, "--data", str(data)]
    with (data / "log").open("wb") as log:
        child = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    try:
        for _ in range(300):
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
            except OSError:
                assert child.poll() is None, (data / "log").read_text()
                time.sleep(0.1)
        yield f"http://localhost:{port}"
    finally:
        child.terminate()
        child.wait(20)


def through(address: str, user_id: str) -> str:
    """Go where the hall sent the browser, sign in there as this user, and come back: our own address with the answer."""
    browser = requests.Session()
    page = browser.get(address, timeout=20)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    target = re.search(r'name="next" value="([^"]+)"', page.text)
    assert token, page.text
    assert target, page.text
    root = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    answer = browser.post(f"{root}/choose/", allow_redirects=False, timeout=20, headers={"Referer": page.url}, data={
        "csrfmiddlewaretoken": token[1], "next": target[1].replace("&amp;", "&"), "user_id": user_id,
    })
    while not answer.headers["Location"].startswith(HALL):
        target_url = answer.headers["Location"]
        answer = browser.get(target_url if target_url.startswith("http") else root + target_url, allow_redirects=False, timeout=20)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"
