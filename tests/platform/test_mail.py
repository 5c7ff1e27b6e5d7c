"""How mails look on the wire."""

import email
import email.policy
import socket

import pytest

from mmfast.platform.config.site_sections import EmailSettings
from mmfast.platform.mail import Mail, MailError, compose, send

SETTINGS = EmailSettings(FeedbackName="Sämple", FeedbackEmail="noreply@example.com", ReplyToAddress="help@example.com")


def test_a_mail_has_its_headers_and_both_forms():
    made = compose(SETTINGS, Mail("a@example.com", "Grüße", "<p>hé</p>", "hé"))
    read = email.message_from_bytes(made.as_bytes(), policy=email.policy.default)
    assert read["From"] == "Sämple <noreply@example.com>"
    assert read["Reply-To"] == "Sämple <help@example.com>"
    assert read["Subject"] == "Grüße"
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Message-ID"].endswith("@example.com>")
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert read.get_body(("html",)).get_content().strip() == "<p>hé</p>"


def test_a_subject_cannot_smuggle_in_a_header():
    with pytest.raises(ValueError, match="linefeed"):
        compose(SETTINGS, Mail("a@example.com", "hello\nBcc: b@example.com", "x"))


async def test_a_server_that_is_not_there_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = str(taken.getsockname()[1])
        settings = EmailSettings(SMTPServer="127.0.0.1", SMTPPort=port, SMTPServerTimeout=2)
        with pytest.raises(MailError):
            await send(settings, Mail("a@example.com", "s", "x"))
