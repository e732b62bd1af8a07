"""Alerts by e-mail: SMTP from the standard library, in a thread.

A few messages a day need no library of their own, and `smtplib` speaks STARTTLS, TLS and every
usual way to log in. The thread ends with its time-out.
"""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final, Literal

import structlog

from bot.alerts.events import ChannelEvent, parse_event
from bot.clock import Clock
from bot.errors.sending import MaybeSent, NotSent, Undeliverable
from bot.messages import OutboxItem

_log = structlog.get_logger(__name__)

Security = Literal["starttls", "tls", "none"]
TIME_OUT_S: Final = 15.0
_MOST_SUBJECT: Final = 200


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over; no name means no log-in. `trust` None is the machine's store."""

    host: str
    port: int
    security: Security
    username: str = ""
    password: str = field(default="", repr=False)
    trust: ssl.SSLContext | None = None
    time_out_s: float = TIME_OUT_S


class Email:
    """Sends each event to the same addresses. A copy has the same Message-ID."""

    name = "email"

    def __init__(self, server: Server, sender: str, to: Sequence[str], clock: Clock) -> None:
        self._server = server
        self._sender = sender
        self._to = tuple(to)
        self._clock = clock

    async def send(self, item: OutboxItem) -> str:
        """Send an event; raises as a platform does, see `bot/platforms/model.py`."""
        event = parse_event(item.message.text)
        mail = self._mail(event, item.id)
        await asyncio.to_thread(self._hand_over, mail)
        return str(mail["Message-ID"])

    async def check(self) -> None:
        """Connect and log in, and send nothing; raises as `send` does."""
        await asyncio.to_thread(self._hand_over, None)

    def _mail(self, event: ChannelEvent, number: int) -> EmailMessage:
        mail = EmailMessage()
        # A line's end in a name must not begin a header of its own.
        subject = " ".join(event.summary.partition("\n")[0].split())
        mail["Subject"] = f"[{event.event}] {subject}"[:_MOST_SUBJECT]
        mail["From"], mail["To"] = self._sender, ", ".join(self._to)
        mail["Date"] = format_datetime(self._clock.now())
        domain = self._sender.rpartition("@")[2].strip("> ")
        mail["Message-ID"] = f"<bursar-{event.company_id}-{number}@{domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(f"{event.summary}\n\n{event.company} · {event.key}\n")
        return mail

    def _hand_over(self, mail: EmailMessage | None) -> None:
        is_handed = is_taken = False
        refused: Mapping[str, tuple[int, bytes]] = {}
        try:
            with self._open() as smtp:
                if self._server.username:
                    smtp.login(self._server.username, self._server.password)
                if mail is None:
                    smtp.ehlo_or_helo_if_needed()
                    return
                is_handed = True
                refused = smtp.send_message(mail)
                is_taken = True
        except (smtplib.SMTPException, OSError) as error:
            # Whatever is said to the farewell: the server has the mail, and a copy helps nobody.
            if not is_taken:
                raise _meaning(error, is_handed=is_handed) from error
        if refused:
            # Others have it: trying again would send them a copy.
            code = max(code for code, _ in refused.values())
            _log.error("mail refused for some", count=len(refused), code=code)

    def _open(self) -> smtplib.SMTP:
        server = self._server
        trust = server.trust or ssl.create_default_context()
        if server.security == "tls":
            return smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.time_out_s, context=trust
            )
        smtp = smtplib.SMTP(server.host, server.port, timeout=server.time_out_s)
        if server.security == "starttls":
            try:
                smtp.starttls(context=trust)
            except BaseException:
                smtp.close()
                raise
        return smtp


def _meaning(error: Exception, *, is_handed: bool) -> NotSent | MaybeSent | Undeliverable:
    """Return what an error means for a mail that nobody has taken."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _refused(min((code for code, _ in error.recipients.values()), default=550))
    if isinstance(error, smtplib.SMTPResponseException):
        return _refused(error.smtp_code)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Undeliverable("refused")
    return MaybeSent("no answer") if is_handed else NotSent("no connection")


def _refused(code: int) -> NotSent | Undeliverable:
    """Tell what the server will take later (4xx) from what it never will (RFC 5321, 4.2.1)."""
    return (
        NotSent(f"status {code}", retry_after_s=60.0) if code < 500 else Undeliverable("refused")
    )
