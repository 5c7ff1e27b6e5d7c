"""Queues mails with the transaction that they tell of, and sends them in the background.

A mail that the server may have taken is never tried again: of the two evils, a lost mail (and a line in the log) is the
smaller. Mails wait for the server that was configured when they were queued: an administrator who tries another server
does not want people's links sent there.
"""

import logging
import re
from functools import partial
from typing import Final

import trio

from mmfast.api.context import App, Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.features.delivery.mails import store
from mmfast.features.delivery.mails.types import Content, QueuedMail, Sender
from mmfast.platform.config.site_sections import EmailSettings
from mmfast.platform.mail import Mail, MailConnection, MailError, MailInDoubt, MailRefused, connect
from mmfast.platform.metrics import counters

log = logging.getLogger(__name__)

MAILS: Final = counters("mmfast_mails_total", "Tries to hand a mail to the mail server, by what came of it.", "result")

DELAYS_MS: Final = [s * 1000 for s in (10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800)]
"""How long a mail waits after each failed try: sixteen hours in all, then it is given up. Links live for a day."""

MAX_QUEUED: Final = 10_000
"""Mails that wait, for all workers together: some 50 MB. A server without working mail must not fill its disk."""

ABANDONED_MS: Final = 300_000
"""After this a claimed mail's worker has ended, or is so slow that another takes the mail over."""
STALE_CLAIM_MS: Final = 3_600_000
STALE_MS: Final = 48 * 3_600_000

_ADDRESS: Final = re.compile(r"[^\s<>,;:\"()\[\]\x00-\x20]{1,320}")


def is_address(text: str) -> bool:
    """Whether a mail server could be asked to send there. Local names are fine: that server may know them."""
    return _ADDRESS.fullmatch(text) is not None


async def queue(ctx: Context, recipient: str, content: Content) -> bool:
    """Has the mail sent once the open transaction is committed; False if it cannot be."""
    settings = ctx.config.EmailSettings
    if not settings.SMTPServer or not is_address(recipient):
        return False
    await _require_table(ctx)
    if await store.is_full(ctx.db, MAX_QUEUED):
        log.error("a mail is dropped: %d mails wait already", MAX_QUEUED)
        return False
    await store.insert(ctx.db, new_id(), now_ms(), _server(settings), recipient, content)
    ctx.after_commit(partial(ctx.app.spawn, "mails", send_due))
    return True


async def send_due(ctx: Context) -> None:
    """Works the queue off. Only one task of a worker does; others leave word for it."""
    sender = _sender(ctx.app)
    sender.again = True
    if sender.running:
        return
    sender.running = True
    try:
        while sender.again:
            sender.again = False
            if sender.table_exists or await store.has_table(ctx.db):
                await _require_table(ctx)
                await _send_due(ctx)
    finally:
        sender.running = False


async def remove_stale(ctx: Context) -> None:
    """Takes out mails whose worker ended while it handed them over, and those that are too old."""
    if not await store.has_table(ctx.db):
        return
    await _require_table(ctx)
    now = now_ms()
    for id in await store.delete_stale(ctx.db, now - STALE_CLAIM_MS, now - STALE_MS):
        log.error("mail %s is given up: it may have been sent, or is too old", id)


async def _require_table(ctx: Context) -> None:
    sender = _sender(ctx.app)
    if not sender.table_exists:
        await store.make_table(ctx.app.db)
        sender.table_exists = True


def _sender(app: App) -> Sender:
    sender: Sender = app.state.setdefault("mails", Sender())
    return sender


def _server(settings: EmailSettings) -> str:
    return f"{settings.SMTPServer}:{settings.SMTPPort}"


async def _send_due(ctx: Context) -> None:
    settings = ctx.config.EmailSettings
    server = _server(settings)
    for id in await store.release(ctx.db, now_ms() - ABANDONED_MS):
        log.warning("mail %s is tried again: its worker ended before the mail server can have taken it", id)
    while settings.SMTPServer and await store.is_due(ctx.db, server, now_ms()):
        try:
            async with connect(settings) as connection:
                while await _send_next(ctx, connection, server):
                    await trio.lowlevel.checkpoint()
        except MailError as error:
            log.warning("the mail server cannot be reached: %s", error)
            await _postpone_due(ctx, server)
            return


async def _postpone_due(ctx: Context, server: str) -> None:
    now = now_ms()
    for id in await store.delete_exhausted(ctx.db, server, now, len(DELAYS_MS)):
        log.error("mail %s is given up after %d tries", id, len(DELAYS_MS) + 1)
    await store.postpone_due(ctx.db, server, now, DELAYS_MS)


async def _send_next(ctx: Context, connection: MailConnection, server: str) -> bool:
    """Sends one mail that is due. False if there is none, or the connection may be of no more use."""
    go_on = False
    with trio.CancelScope(shield=True):  # a mail that is being handed over ends in doubt; the time-outs bound this
        mail = await store.claim(ctx.db, server, now_ms())
        if mail is not None:
            done = await _send(ctx, connection, mail)
            go_on = done and connection.is_open
            if done or mail.attempts >= len(DELAYS_MS):
                await store.delete(ctx.db, mail)
            else:
                await store.postpone(ctx.db, mail, now_ms() + DELAYS_MS[mail.attempts])
    return go_on


async def _send(ctx: Context, connection: MailConnection, mail: QueuedMail) -> bool:
    """Whether the mail is done with: sent, refused for good, or perhaps sent."""
    letter = Mail(mail.recipient, mail.subject, mail.html, mail.text, mail.id, mail.conversation)
    try:
        await connection.send(letter, may_finish=lambda: store.mark_finishing(ctx.db, mail, now_ms()))
    except MailRefused as error:
        MAILS.of("refused").inc()
        log.warning("mail %s is refused: %s", mail.id, error)
    except MailInDoubt as error:
        MAILS.of("in_doubt").inc()
        log.error("mail %s may be lost, and is not sent again: %s", mail.id, error)
    except MailError as error:
        MAILS.of("not_taken").inc()
        log.warning("mail %s is not taken, try %d of %d: %s", mail.id, mail.attempts + 1, len(DELAYS_MS) + 1, error)
        return False
    else:
        MAILS.of("sent").inc()
    return True
