"""A small mail server (RFC 5321 without TLS, for this machine only) that keeps what it is given.

`refusals` maps an address to the answer to its RCPT; `faults` holds answers to the next MAIL commands, or "hang up",
which closes the connection after a letter was taken and before that is confirmed.
"""

import base64
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

USER, PASSWORD = "laihua", "an-invented-password"


@dataclass
class SmtpDouble:
    port: int = 0
    refusals: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    letters: list[EmailMessage] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://{USER}:{PASSWORD}@127.0.0.1:{self.port}"


class Conversation(socketserver.StreamRequestHandler):
    double: SmtpDouble

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 double.example ESMTP")
        signed_in = False
        while line := self.rfile.readline().decode("ascii").rstrip("\r\n"):
            verb, _, rest = line.partition(" ")
            match verb.upper():
                case "EHLO":
                    self.say("250-double.example")
                    self.say("250-8BITMIME")
                    self.say("250 AUTH PLAIN")
                case "AUTH":
                    secret = base64.b64decode(rest.split(" ")[1]).split(b"\0")[1:]
                    signed_in = secret == [USER.encode(), PASSWORD.encode()]
                    self.say("235 welcome" if signed_in else "535 5.7.8 authentication failed")
                case "MAIL":
                    fault = self.double.faults[0] if self.double.faults else ""
                    if not signed_in:
                        self.say("530 5.7.0 authentication required")
                    elif fault and fault != "hang up":
                        self.say(self.double.faults.pop(0))
                    else:
                        self.say("250 ok")
                case "RCPT":
                    address = rest.split("<")[1].split(">")[0]
                    self.say(self.double.refusals.get(address, "250 ok"))
                case "DATA":
                    self.say("354 go on")
                    if not self.take_letter():
                        return
                case "RSET" | "NOOP":
                    self.say("250 ok")
                case "QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("502 not implemented")

    def take_letter(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.double.letters.append(message_from_bytes(b"".join(lines), policy=policy.default))  # type: ignore[arg-type]
        if self.double.faults and self.double.faults[0] == "hang up":
            self.double.faults.pop(0)
            return False
        self.say("250 2.0.0 taken")
        return True


@contextmanager
def running() -> Iterator[SmtpDouble]:
    double = SmtpDouble()
    handler = type("Handler", (Conversation,), {"double": double})
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    double.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()
