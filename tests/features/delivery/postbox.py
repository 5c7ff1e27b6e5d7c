"""A mail server for tests: takes mails by SMTP, or refuses them as told."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from queue import Queue
from typing import Any
from urllib.parse import parse_qs, urlsplit

import trio
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

DEADLINE = 5


class Postbox:
    """What arrived, and what to answer next."""

    def __init__(self) -> None:
        self.mails: Queue[EmailMessage] = Queue()
        self.answers: list[str] = []
        """Replies to the next mails, "" for none and the end of the connection; with none left, mails are taken."""
        self.settings: dict[str, Any] = {}
        self.hold_at = ""
        """The command that gets no answer for the time being."""
        self.holding = threading.Event()
        """Set once a client waits for that answer."""

    async def _hold(self, command: str) -> None:
        while self.hold_at == command:
            self.holding.set()
            await asyncio.sleep(0.01)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        await self._hold("RCPT")
        envelope.rcpt_tos.append(address)
        return "250 go on"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await self._hold("DATA")
        if self.answers:
            if not self.answers[0]:
                server.transport.abort()
            return self.answers.pop(0) or "421 gone"
        mail = message_from_bytes(envelope.content, policy=default)
        mail["X-Signed-In"] = "yes" if session.authenticated else "no"
        mail["X-Encrypted"] = "yes" if server.transport.get_extra_info("ssl_object") else "no"
        self.mails.put(mail)
        return "250 taken"

    async def take(self) -> EmailMessage:
        """The next mail."""
        return await trio.to_thread.run_sync(lambda: self.mails.get(timeout=DEADLINE))

    def is_empty(self) -> bool:
        return self.mails.empty()


@contextmanager
def open_postbox(port: int = 0, *, password: str = "", **options: Any) -> Iterator[Postbox]:
    """A running mail server; with `password`, one that wants its users to sign in."""
    box = Postbox()
    if password:
        options |= {
            "auth_required": True,
            "authenticator": lambda *a: AuthResult(success=a[-1].password == password.encode(), handled=True),
        }
    loop = asyncio.SelectorEventLoop()  # by name: where trio-asyncio was imported, the default is a loop of Trio's
    controller = _Controller(box, loop=loop, hostname="127.0.0.1", port=port, **options)
    controller.start()
    port = controller.server.sockets[0].getsockname()[1]
    box.settings = {
        "SMTPServer": "127.0.0.1",
        "SMTPPort": str(port),
        "FeedbackName": "Sample",
        "FeedbackEmail": "noreply@example.com",
        "ReplyToAddress": "help@example.com",
    }
    try:
        yield box
    finally:
        controller.stop(no_assert=True)


class _Controller(Controller):
    def _trigger_server(self) -> None:
        """Connects once to see that it runs; the port is known only now."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def link_in(mail: EmailMessage, path: str) -> dict[str, str]:
    """The query of the link to this path, in the mail's plain form."""
    body = mail.get_body(("plain",))
    assert body is not None
    for word in body.get_content().split():
        parts = urlsplit(word)
        if parts.path == path:
            return {name: values[0] for name, values in parse_qs(parts.query).items()}
    raise AssertionError(f"no link to {path}")
