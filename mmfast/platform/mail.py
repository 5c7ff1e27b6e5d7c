"""Sends mails to the configured SMTP server: plain, STARTTLS or TLS, with or without sign-in.

The standard library's client in threads, one command after the other, because only the exact place of a failure tells
whether a mail may be tried again. Not here: what a mail says, to whom it goes, and trying again later.
"""

import smtplib
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import formataddr, formatdate, make_msgid, parseaddr
from re import MULTILINE
from re import compile as pattern
from typing import Final, NamedTuple, TypeVar

import trio

from mmfast.platform.config.site_sections import EmailSettings

TLS = "TLS"
STARTTLS = "STARTTLS"

_LEADING_DOT: Final = pattern(rb"^\.", MULTILINE)
_PERMANENT: Final = 500
"""From this reply code on, the server would say the same again (RFC 5321, 4.2.1)."""

T = TypeVar("T")


class MailError(Exception):
    """The mail was not taken; the text says why. Another try may succeed."""


class MailRefused(MailError):
    """The server will never take this mail."""


class MailInDoubt(MailError):
    """The whole mail was handed over, but the answer is missing: it may have been taken."""


class Mail(NamedTuple):
    """One mail to one person."""

    to: str
    subject: str
    html: str
    text: str = ""
    """The same for readers without HTML; left out if empty."""
    id: str = ""
    """Makes the Message-ID, so that every try of the same mail carries the same one."""
    conversation: str = ""
    """Mails with the same one stand together in mail readers."""


class MailConnection:
    """An open connection to the mail server, signed in; takes one mail after the other."""

    def __init__(self, settings: EmailSettings, client: smtplib.SMTP) -> None:
        self._settings = settings
        self._client = client

    @property
    def is_open(self) -> bool:
        """Whether it can take another mail, as far as is known."""
        return getattr(self._client, "sock", None) is not None

    async def send(self, mail: Mail, *, may_finish: Callable[[], Awaitable[bool]] | None = None) -> None:
        """Hands the mail over; MailError or one of its kinds if the server does not take it.

        `may_finish` is asked when all but the last line is sent: until then the server must drop the mail if the line
        breaks, from then on it may have taken it. False gives the mail up, and the connection with it.
        """
        await _in_thread(lambda: _deliver(self._client, self._settings, mail))
        may = False
        try:
            may = may_finish is None or await may_finish()
        finally:
            if not may:
                self._client.close()
        if not may:
            raise MailError("it was given to another worker")
        await _in_thread(lambda: _finish(self._client))


@asynccontextmanager
async def connect(settings: EmailSettings) -> AsyncIterator[MailConnection]:
    """A connection for several mails; MailError if there is none."""
    client = await _in_thread(lambda: _connect(settings), abandon=True)
    try:
        yield MailConnection(settings, client)
    finally:
        with trio.CancelScope(shield=True):
            await trio.to_thread.run_sync(_disconnect, client)


async def send(settings: EmailSettings, mail: Mail) -> None:
    """Hands over a single mail; MailError if the server does not take it."""
    async with connect(settings) as connection:
        await connection.send(mail)


async def _in_thread(work: Callable[[], T], *, abandon: bool = False) -> T:
    """Runs the work; unless it may be abandoned, to its end, for a cancelled hand-over would leave a mail in doubt."""
    try:
        return await trio.to_thread.run_sync(work, abandon_on_cancel=abandon)
    except (smtplib.SMTPException, OSError) as error:
        raise MailError(str(error) or type(error).__name__) from error
    except ValueError as error:
        raise MailRefused(str(error)) from error


def compose(settings: EmailSettings, mail: Mail) -> EmailMessage:
    """The mail with its headers. A line break in an address or a subject is a ValueError."""
    message = EmailMessage()
    domain = parseaddr(settings.FeedbackEmail)[1].partition("@")[2] or "localhost"
    message["From"] = formataddr((settings.FeedbackName, settings.FeedbackEmail))
    message["To"] = mail.to
    message["Reply-To"] = formataddr((settings.FeedbackName, settings.ReplyToAddress))
    message["Subject"] = mail.subject
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{mail.id}@{domain}>" if mail.id else make_msgid(domain=domain)
    if mail.conversation:
        message["In-Reply-To"] = message["References"] = f"<{mail.conversation}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Precedence"] = "bulk"
    message.make_alternative()
    if mail.text:
        message.add_alternative(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def _deliver(client: smtplib.SMTP, settings: EmailSettings, mail: Mail) -> None:
    sender = parseaddr(settings.FeedbackEmail)[1]
    international = not f"{sender}{mail.to}".isascii()
    payload = compose(settings, mail).as_bytes(policy=SMTPUTF8 if international else SMTP)
    options = ("SMTPUTF8", "BODY=8BITMIME") if international and client.has_extn("smtputf8") else ()
    try:
        _require(client.mail(sender, options), 250)
        _require(client.rcpt(mail.to), 250, 251)
        _require(client.docmd("DATA"), 354)
    except (MailError, ValueError):
        with suppress(smtplib.SMTPException, OSError):
            client.rset()
        raise
    client.send(_LEADING_DOT.sub(b"..", payload).removesuffix(b"\r\n") + b"\r\n")


def _finish(client: smtplib.SMTP) -> None:
    try:
        answer = client.docmd(".")  # until this line, a server whose client goes away must drop the mail
    except (smtplib.SMTPException, OSError) as error:
        raise MailInDoubt(str(error) or type(error).__name__) from error
    _require(answer, 250)


def _require(answer: tuple[int, bytes], *codes: int) -> None:
    code, text = answer
    if code not in codes:
        kind = MailRefused if code >= _PERMANENT else MailError
        raise kind(f"{code} {text.decode('utf-8', 'replace')}")


def _connect(settings: EmailSettings) -> smtplib.SMTP:
    host, port, timeout = settings.SMTPServer, int(settings.SMTPPort), settings.SMTPServerTimeout
    name = socket.gethostname()  # given, because smtplib would ask the name server for a longer one
    client: smtplib.SMTP
    if settings.ConnectionSecurity == TLS:
        client = smtplib.SMTP_SSL(host, port, name, timeout=timeout, context=_context(settings))
    else:
        client = smtplib.SMTP(host, port, name, timeout=timeout)
    try:
        if settings.ConnectionSecurity == STARTTLS:
            client.starttls(context=_context(settings))
        if settings.EnableSMTPAuth:
            client.login(settings.SMTPUsername, settings.SMTPPassword)
        client.ehlo_or_helo_if_needed()
    except (smtplib.SMTPException, OSError):
        client.close()
        raise
    return client


def _disconnect(client: smtplib.SMTP) -> None:
    try:
        client.quit()
    except (smtplib.SMTPException, OSError):
        client.close()


def _context(settings: EmailSettings) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.SkipServerCertificateVerification:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
