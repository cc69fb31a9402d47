"""E-mail over SMTP (RFC 5321), addressed by LAIHUA_SMTP_URL.

SMTP cannot be asked whether it has a message. Its Message-ID is the same at every attempt, by which mail servers and
programs recognise a repetition.
"""

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

from laihua.notifications.gateways import GatewayDown, Message, PermanentFailure, Receipt, TemporaryFailure

TIMEOUT = 20.0
LOCAL = ("localhost", "127.0.0.1", "::1")


class Smtp:
    name = "smtp"

    def __init__(self, *, url: str, sender: str) -> None:
        self._url = urlsplit(url)
        self._sender = sender

    def send(self, message: Message) -> Receipt:
        letter = self._letter(message)
        try:
            server = self._connection()
            try:
                self._sign_in(server)
                return self._hand_over(server, letter)
            finally:
                leave(server)
        except smtplib.SMTPRecipientsRefused as refused:
            code = max(code for code, _ in refused.recipients.values())
            raise (PermanentFailure if code >= 500 else TemporaryFailure)(f"smtp_{code}") from None
        except smtplib.SMTPResponseException as answer:
            kind = GatewayDown if answer.smtp_code in (421, 454, 530, 534, 535, 538) else TemporaryFailure
            raise kind(f"smtp_{answer.smtp_code}") from None
        except (OSError, smtplib.SMTPException) as error:
            raise GatewayDown(type(error).__name__) from None

    def find(self, message: Message) -> Receipt | None:
        return None

    def _connection(self) -> smtplib.SMTP:
        host, secure = self._url.hostname or "localhost", self._url.scheme == "smtps"
        if secure:
            return smtplib.SMTP_SSL(host, self._url.port or 465, timeout=TIMEOUT, context=ssl.create_default_context())
        return smtplib.SMTP(host, self._url.port or 587, timeout=TIMEOUT)

    def _sign_in(self, server: smtplib.SMTP) -> None:
        """Encrypts wherever it is offered; credentials and letters leave this machine only encrypted."""
        server.ehlo()
        if self._url.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        elif self._url.scheme == "smtp" and self._url.hostname not in LOCAL:
            raise GatewayDown("no_encryption_offered")
        if self._url.username:
            server.login(unquote(self._url.username), unquote(self._url.password or ""))

    def _hand_over(self, server: smtplib.SMTP, letter: EmailMessage) -> Receipt:
        """A connection that breaks here may have delivered the letter already."""
        try:
            server.send_message(letter)
        except smtplib.SMTPServerDisconnected as error:
            raise GatewayDown(type(error).__name__, uncertain=True) from None
        except TimeoutError as error:
            raise GatewayDown(type(error).__name__, uncertain=True) from None
        return Receipt(letter["Message-ID"])

    def _letter(self, message: Message) -> EmailMessage:
        name, address = parseaddr(self._sender)
        letter = EmailMessage()
        letter["From"] = Address(name, addr_spec=address)
        try:
            letter["To"] = Address(addr_spec=message.recipient)
        except (ValueError, IndexError) as error:
            raise PermanentFailure("address_invalid") from error
        letter["Subject"] = " ".join(message.subject.split())
        letter["Date"] = format_datetime(message.created_at)
        letter["Message-ID"] = f"<{message.id}@{address.partition('@')[2] or 'localhost'}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(message.text)
        return letter


def leave(server: smtplib.SMTP) -> None:
    """A farewell that goes wrong says nothing about the letter."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()
