"""How mails look on the wire, and how they get there."""

import email
import email.policy
import socket
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from mmfast.platform.config.site_sections import EmailSettings
from mmfast.platform.mail import STARTTLS, TLS, Mail, MailError, MailRefused, compose, connect, send
from tests.features.delivery.postbox import open_postbox

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


def test_mails_of_one_conversation_stand_together():
    made = compose(SETTINGS, Mail("a@example.com", "s", "x", conversation="thread"))
    assert (made["References"], made["In-Reply-To"]) == ("<thread@example.com>",) * 2
    assert compose(SETTINGS, Mail("a@example.com", "s", "x"))["References"] is None


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


@pytest.fixture
def certificate(tmp_path):
    """A server's TLS context; its certificate is signed by nobody known."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
    path = tmp_path / "mail.pem"
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(
        made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, *form)
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    return context


@pytest.mark.parametrize("security", ["", STARTTLS, TLS])
@pytest.mark.parametrize("password", ["", "secret"])
async def test_every_way_to_connect(certificate, security, password):
    options = {"": {"auth_require_tls": False}, STARTTLS: {"tls_context": certificate, "require_starttls": True}}
    options[TLS] = {"ssl_context": certificate, "auth_require_tls": False}
    with open_postbox(password=password, **options[security]) as box:
        settings = EmailSettings(
            **box.settings,
            ConnectionSecurity=security,
            SkipServerCertificateVerification=True,
            EnableSMTPAuth=bool(password),
            SMTPUsername="mmfast",
            SMTPPassword=password,
        )
        await send(settings, Mail("a@example.com", "Grüße", "<p>hé</p>", ".dots\n..first", "x" * 26))
        mail = await box.take()
        assert (mail["Subject"], mail["Message-ID"]) == ("Grüße", f"<{'x' * 26}@example.com>")
        assert mail.get_body(("plain",)).get_content().split() == [".dots", "..first"]
        assert (mail["X-Signed-In"], mail["X-Encrypted"]) == ("yes" if password else "no", "yes" if security else "no")


async def test_an_unknown_certificate_or_a_wrong_password_is_told(certificate):
    for security, option in ((STARTTLS, "tls_context"), (TLS, "ssl_context")):
        with open_postbox(**{option: certificate}) as box:
            with pytest.raises(MailError, match="certificate"):
                await send(EmailSettings(**box.settings, ConnectionSecurity=security), Mail("a@example.com", "s", "x"))
            assert box.is_empty()
    with open_postbox(password="secret", auth_require_tls=False) as box:
        settings = EmailSettings(**box.settings, EnableSMTPAuth=True, SMTPUsername="mmfast", SMTPPassword="wrong")
        with pytest.raises(MailError):
            await send(settings, Mail("a@example.com", "s", "x"))


async def test_a_refusal_says_whether_to_try_again_and_spares_the_connection():
    with open_postbox() as box:
        box.answers = ["451 later", "554 never"]
        async with connect(EmailSettings(**box.settings)) as connection:
            with pytest.raises(MailError) as later:
                await connection.send(Mail("a@example.com", "s", "x"))
            assert later.type is MailError
            with pytest.raises(MailRefused):
                await connection.send(Mail("a@example.com", "s", "x"))
            with pytest.raises(MailRefused):
                await connection.send(Mail("a@example.com", "s\nBcc: b@example.com", "x"))
            await connection.send(Mail("a@example.com", "third", "x"))
        assert (await box.take())["Subject"] == "third"
