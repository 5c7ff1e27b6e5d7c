"""Sends mails to the configured SMTP server: plain, STARTTLS or TLS, with or without sign-in.

The standard library's client in a thread. Not here: what a mail says, to whom it goes, and trying again later.
"""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formataddr, formatdate, make_msgid, parseaddr
from typing import NamedTuple

import trio

from mmfast.platform.config.site_sections import EmailSettings

TLS = "TLS"
STARTTLS = "STARTTLS"


class MailError(Exception):
    """The mail was not taken; the text says why."""


class Mail(NamedTuple):
    """One mail to one person."""

    to: str
    subject: str
    html: str
    text: str = ""
    """The same for readers without HTML; left out if empty."""


async def send(settings: EmailSettings, mail: Mail) -> None:
    """Hands the mail to the server; MailError if it does not take it."""
    try:
        message = compose(settings, mail)
        await trio.to_thread.run_sync(_deliver, settings, message, abandon_on_cancel=True)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise MailError(str(error) or type(error).__name__) from error


def compose(settings: EmailSettings, mail: Mail) -> EmailMessage:
    """The mail with its headers. A line break in an address or a subject is a ValueError."""
    message = EmailMessage()
    message["From"] = formataddr((settings.FeedbackName, settings.FeedbackEmail))
    message["To"] = mail.to
    message["Reply-To"] = formataddr((settings.FeedbackName, settings.ReplyToAddress))
    message["Subject"] = mail.subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=parseaddr(settings.FeedbackEmail)[1].partition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message["Precedence"] = "bulk"
    message.make_alternative()
    if mail.text:
        message.add_alternative(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def _deliver(settings: EmailSettings, message: EmailMessage) -> None:
    with _connect(settings) as client:
        if settings.EnableSMTPAuth:
            client.login(settings.SMTPUsername, settings.SMTPPassword)
        client.send_message(message)


def _connect(settings: EmailSettings) -> smtplib.SMTP:
    host, port, timeout = settings.SMTPServer, int(settings.SMTPPort), settings.SMTPServerTimeout
    if settings.ConnectionSecurity == TLS:
        return smtplib.SMTP_SSL(host, port, timeout=timeout, context=_context(settings))
    client = smtplib.SMTP(host, port, timeout=timeout)
    if settings.ConnectionSecurity == STARTTLS:
        client.starttls(context=_context(settings))
    return client


def _context(settings: EmailSettings) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.SkipServerCertificateVerification:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
