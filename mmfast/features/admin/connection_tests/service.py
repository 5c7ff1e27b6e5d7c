"""Tries settings out."""

import html
from typing import Final

from mmfast.api.context import Context
from mmfast.core.text import Text
from mmfast.features.admin.connection_tests import errors
from mmfast.features.identity.users.service import get_user
from mmfast.platform.config.model import Config
from mmfast.platform.config.secrets import MASK
from mmfast.platform.mail import Mail, MailError, send
from mmfast.platform.outgoing import Limits, OutgoingError

SUBJECT: Final = Text("api.admin.test_email.subject", "{site} - Testing Email Settings")
BODY: Final = Text("api.admin.test_email.body", "It appears your {site} email is setup correctly!")

_PING: Final = "/api/v4/system/ping"
_LIMITS: Final = Limits(seconds=10, max_bytes=64 * 1024)


async def test_mail(ctx: Context, given: Config) -> None:
    """Sends the caller a mail by the settings in force; those given must be complete, as if they were to be saved."""
    wanted, stored = given.EmailSettings, ctx.config.EmailSettings
    if not wanted.SMTPServer:
        raise errors.NO_MAIL_SERVER()
    if wanted.SMTPPassword == MASK and (
        (wanted.SMTPServer, wanted.SMTPPort, wanted.SMTPUsername)
        != (stored.SMTPServer, stored.SMTPPort, stored.SMTPUsername)
    ):
        raise errors.PASSWORD_NEEDED()  # else a stolen session could have the password sent to a server of its own
    user = await get_user(ctx, ctx.user_id)
    site = ctx.config.TeamSettings.SiteName
    text = html.escape(BODY.in_locale(user.locale, site=site))
    page = f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body><p>{text}</p></body></html>\n'
    try:
        await send(stored, Mail(user.email, SUBJECT.in_locale(user.locale, site=site), page))
    except MailError as error:
        raise errors.MAIL_FAILED(detail=str(error)) from None


def test_store(given: Config) -> None:
    """Refuses, saying what is missing: files lie on the server's disk."""
    if not given.FileSettings.AmazonS3Bucket:
        raise errors.NO_BUCKET()
    raise errors.STORE_FAILED()


async def test_site(ctx: Context, address: str) -> None:
    """Asks the server at the address whether it is there. Usually that is this one, so inner addresses are fine."""
    try:
        answer = await ctx.app.outgoing.request("GET", address.rstrip("/") + _PING, limits=_LIMITS, trusted=True)
    except OutgoingError as error:
        raise errors.SITE_FAILED(detail=str(error)) from None
    if answer.status != 200:
        raise errors.SITE_FAILED(detail=f"status {answer.status}")
