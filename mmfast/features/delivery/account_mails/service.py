"""Writes the mails about accounts when the features below tell of something."""

from typing import Final
from urllib.parse import urlencode

import msgspec

from mmfast.api.context import Context
from mmfast.core.text import Text
from mmfast.features.delivery.account_mails.types import Words, words
from mmfast.features.delivery.mail_templates.service import lay_out, site_host, site_url
from mmfast.features.delivery.mail_templates.types import Button, Letter
from mmfast.features.delivery.mails.service import queue
from mmfast.features.identity.access_tokens.service import ACCESS_TOKEN_MADE
from mmfast.features.identity.access_tokens.types import AccessTokenMade
from mmfast.features.identity.deactivation.service import USER_DEACTIVATED
from mmfast.features.identity.email_verification.service import VERIFICATION_REQUESTED
from mmfast.features.identity.email_verification.types import VerificationRequested
from mmfast.features.identity.mfa.service import MFA_CHANGED
from mmfast.features.identity.mfa.types import MfaChanged
from mmfast.features.identity.password_changes.service import PASSWORD_CHANGED, RESET_REQUESTED
from mmfast.features.identity.password_changes.types import PasswordChanged, ResetRequested
from mmfast.features.identity.users.service import USER_CHANGED, USER_CREATED, get_user
from mmfast.features.identity.users.types import User, UserChange, UserCreated
from mmfast.features.spaces.invitations.service import INVITATION_MADE
from mmfast.features.spaces.invitations.types import InvitationMade

WELCOME: Final = words(
    "welcome",
    subject="{site}: your account is ready",
    title="Welcome to {site}, {username}!",
    body="Your new account {username} is ready for use. Sign in at the address above.",
    note="This mail went to you because the account was made with this address. If that was not you, do nothing.",
)
WELCOME_AND_VERIFY: Final = words(
    "welcome_and_verify",
    subject="{site}: confirm your address to begin",
    title="Welcome to {site}, {username}!",
    body="One step is left: confirm that this address is yours. You can sign in as soon as that is done.",
    button="Confirm my address",
    note="The link works for 24 hours. If you did not ask for an account, do nothing.",
)
VERIFY: Final = words(
    "verify",
    subject="{site}: confirm your address",
    title="Is this address yours?",
    body="The account {username} is to use this address. Please confirm that it is yours.",
    button="Confirm my address",
    note="The link works for 24 hours. If this is not your account, do nothing.",
)
RESET: Final = words(
    "reset",
    subject="{site}: choose a new password",
    title="Forgotten your password?",
    body="Somebody, probably you, asked for a new password for {username}. Follow the link to choose one.",
    button="Choose a new password",
    note="The link works once, and for 24 hours. If you did not ask, do nothing: the old password stays.",
)
INVITATION: Final = words(
    "invitation",
    subject="{sender} asks you to join {team} on {site}",
    title="Join {team}",
    body="{sender} would like to have you in the team {team} on {site}.",
    button="Accept the invitation",
    note="The link is for this address only, and works for 48 hours.",
)
PASSWORD: Final = words(
    "password",
    subject="{site}: your password was changed",
    title="New password",
    body="The password of {username} at {host} was changed in the settings.",
)
PASSWORD_BY_OTHER_WAY: Final = words(
    "password_by_other_way",
    subject="{site}: your password was changed",
    title="New password",
    body="The password of {username} at {host} was changed by a mailed link or by an administrator.",
)
USERNAME: Final = words(
    "username",
    subject="{site}: your username was changed",
    title="New username",
    body="You are now called {username} at {host}. Use this name to sign in.",
)
EMAIL: Final = words(
    "email",
    subject="{site}: your address was changed",
    title="New address",
    body="The account {username} at {host} now uses {email}. This is the last mail to the old address.",
)
ACCESS_TOKEN: Final = words(
    "access_token",
    subject="{site}: an access token was made",
    title="New access token",
    body="An access token was made for {username} at {host}. Who has it can act as you without your password.",
)
MFA_ON: Final = words(
    "mfa_on",
    subject="{site}: two-factor sign-in is on",
    title="Two-factor sign-in is on",
    body="From now on {username} needs a code of the authenticator app to sign in at {host}.",
)
MFA_OFF: Final = words(
    "mfa_off",
    subject="{site}: two-factor sign-in is off",
    title="Two-factor sign-in is off",
    body="From now on {username} signs in at {host} without a code of an authenticator app.",
)
DEACTIVATED: Final = words(
    "deactivated",
    subject="{site}: your account is switched off",
    title="Your account is switched off",
    body="You switched off your account {username} at {host}. An administrator can switch it on again.",
)
NOT_YOU: Final = Text("mail.not_you", "Was this not you? Then tell the administrator of the server at once.")


async def _send(ctx: Context, user: User, said: Words, *, to: str = "") -> None:
    """Mails a change that its user should know of."""
    letter = _letter(ctx, user.locale, said, username=user.username, email=user.email)
    letter.notes.append(NOT_YOU.in_locale(user.locale))
    await queue(ctx, to or user.email, lay_out(ctx.config, letter))


def _letter(ctx: Context, locale: str, said: Words, **params: object) -> Letter:
    params |= {"site": ctx.config.TeamSettings.SiteName, "host": site_host(ctx.config)}
    return Letter(
        said.subject.in_locale(locale, **params),
        said.title.in_locale(locale, **params),
        [said.body.in_locale(locale, **params)],
        notes=[said.note.in_locale(locale, **params)] if said.note else [],
    )


def _link(ctx: Context, path: str, **query: str) -> str:
    return f"{site_url(ctx.config)}{path}?{urlencode(query)}"


def _button(said: Words, locale: str, address: str) -> Button:
    return Button(said.button.in_locale(locale) if said.button else address, address)


# Links to follow ------------------------------------------------------------------


@USER_CREATED.register
async def welcome(ctx: Context, news: UserCreated) -> None:
    """Greets a new account; where addresses must be verified, the mail that asks for it does."""
    user = news.user
    if ctx.config.EmailSettings.RequireEmailVerification and not user.email_verified:
        return
    if news.wants_welcome and not user.is_bot:
        letter = _letter(ctx, user.locale, WELCOME, username=user.username)
        letter.site = site_url(ctx.config)
        await queue(ctx, user.email, lay_out(ctx.config, letter))


@VERIFICATION_REQUESTED.register
async def ask_to_verify(ctx: Context, news: VerificationRequested) -> None:
    """Sends the link that verifies an address to that address."""
    locale = news.user.locale
    said = WELCOME_AND_VERIFY if news.is_new_account else VERIFY
    letter = _letter(ctx, locale, said, username=news.user.username)
    letter.site = site_url(ctx.config)
    letter.button = _button(said, locale, _link(ctx, "/do_verify_email", token=news.token, email=news.email))
    await queue(ctx, news.email, lay_out(ctx.config, letter))


@RESET_REQUESTED.register
async def offer_reset(ctx: Context, news: ResetRequested) -> None:
    """Sends the link by which a forgotten password is replaced."""
    locale = news.user.locale
    letter = _letter(ctx, locale, RESET, username=news.user.username)
    letter.button = _button(RESET, locale, _link(ctx, "/reset_password_complete", token=news.token))
    await queue(ctx, news.user.email, lay_out(ctx.config, letter))


@INVITATION_MADE.register
async def invite(ctx: Context, news: InvitationMade) -> None:
    """Sends an invitation to a team. What language its reader speaks is unknown: the server's, most likely."""
    locale = ctx.config.LocalizationSettings.DefaultClientLocale
    team = news.team
    letter = _letter(ctx, locale, INVITATION, sender=news.sender.username, team=team.display_name)
    letter.quote = news.message
    about = {"display_name": team.display_name, "email": news.email, "name": team.name}
    # d fills in the sign-up page, t proves the invitation, md and sbr tell that page that a mail was the way here
    query = {"d": msgspec.json.encode(about).decode(), "t": news.token, "md": "email", "sbr": "mail"}
    letter.button = _button(INVITATION, locale, _link(ctx, "/signup_user_complete/", **query))
    news.sent = await queue(ctx, news.email, lay_out(ctx.config, letter))


# Changes to know of -----------------------------------------------------------------


@USER_CHANGED.register
async def tell_of_names(ctx: Context, change: UserChange) -> None:
    """Tells of a new username, and at the old address of a new one."""
    before, after = change.before, change.after
    if after.username != before.username:
        await _send(ctx, after, USERNAME, to=before.email)
    if after.email != before.email:
        await _send(ctx, after, EMAIL, to=before.email)


@PASSWORD_CHANGED.register
async def tell_of_password(ctx: Context, news: PasswordChanged) -> None:
    """Tells of a new password, and by which way it was set."""
    await _send(ctx, news.user, PASSWORD if news.by_settings else PASSWORD_BY_OTHER_WAY)


@ACCESS_TOKEN_MADE.register
async def tell_of_access_token(ctx: Context, news: AccessTokenMade) -> None:
    """Tells of a new access token, never the token itself."""
    await _send(ctx, news.user, ACCESS_TOKEN)


@MFA_CHANGED.register
async def tell_of_mfa(ctx: Context, news: MfaChanged) -> None:
    """Tells that the second factor is needed, or no more."""
    await _send(ctx, await get_user(ctx, news.user_id), MFA_ON if news.active else MFA_OFF)


@USER_DEACTIVATED.register
async def tell_of_deactivation(ctx: Context, user: User) -> None:
    """Tells who switched off their own account that they did; what an administrator does is theirs to explain."""
    if user.id == ctx.user_id:
        await _send(ctx, user, DEACTIVATED)
