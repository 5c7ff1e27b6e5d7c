"""Makes secrets, switches the second factor on and off, and checks codes (TOTP, RFC 6238)."""

import base64
import binascii
import io
from typing import Final
from urllib.parse import urlsplit

import pyotp
import segno

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.hooks import Hook
from mmfast.features.identity.mfa import store
from mmfast.features.identity.mfa.errors import (
    BAD_CODE,
    BAD_CODE_TO_ACTIVATE,
    CODE_NEEDED,
    MFA_DISABLED,
    NOT_FOR_SSO,
)
from mmfast.features.identity.mfa.types import MfaChanged, MfaSecret
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.types import User

STEP_SECONDS: Final = 30
WINDOW: Final = 1
"""Codes of the neighbouring half minutes count too: clocks differ."""

DIGITS: Final = 6
SECRET_LETTERS: Final = 32

MFA_CHANGED: Final[Hook[MfaChanged]] = Hook("mfa_changed")
"""Run after a user switched the second factor on or off, in the same transaction."""


async def is_missing(ctx: Context) -> bool:
    """Whether the configuration demands a second factor that the caller lacks.

    Without a licence nothing is demanded, whatever `EnforceMultifactorAuthentication` says.
    """
    return False


async def create_secret(ctx: Context, user: User) -> MfaSecret:
    """A new secret for the user, to be switched on with a code made of it."""
    _require_enabled(ctx)
    if user.auth_service not in ("", "ldap"):
        raise NOT_FOR_SSO()
    secret = pyotp.random_base32(SECRET_LETTERS)
    await store.update_secret(ctx.db, user.id, secret, now_ms())
    users.forget_user(ctx, user.id)
    issuer = urlsplit(ctx.config.ServiceSettings.SiteURL).netloc or "mmfast"
    address = pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=issuer)
    picture = io.BytesIO()
    segno.make(address).save(picture, kind="png", scale=6)
    return MfaSecret(secret=secret, qr_code=base64.b64encode(picture.getvalue()).decode())


async def activate(ctx: Context, user: User, code: str) -> None:
    """Switches the second factor on, once the code shows that the authenticator has the secret."""
    _require_enabled(ctx)
    if user.auth_service not in ("", "ldap"):
        raise NOT_FOR_SSO()
    if _matching_step(user.mfa_secret.value, code) is None:
        raise BAD_CODE_TO_ACTIVATE()
    await _set_active(ctx, user, True)


async def deactivate(ctx: Context, user: User) -> None:
    """Switches the second factor off and forgets the secret."""
    await _set_active(ctx, user, False)


async def _set_active(ctx: Context, user: User, active: bool) -> None:
    async with ctx.transaction() as tx:
        await store.update_active(tx, user.id, active, now_ms())
        users.forget_user(ctx, user.id)
        if active or user.mfa_active:
            await MFA_CHANGED.run(ctx, MfaChanged(user.id, active))


def is_demanded(ctx: Context, user: User) -> bool:
    """Whether this user must show a code at login."""
    return user.mfa_active and ctx.config.ServiceSettings.EnableMultifactorAuthentication


async def require_code(ctx: Context, user: User, code: str) -> None:
    """Refuses a code that is missing, malformed, wrong or used before. A good one is used up."""
    code = code.strip()
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        raise CODE_NEEDED()
    step = _matching_step(user.mfa_secret.value, code)
    used = user.mfa_used_timestamps
    if step is None or step in used:
        raise BAD_CODE()
    now_used = sorted({s for s in used if s >= step - 2 * WINDOW - 1} | {step})
    if not await store.update_used_steps(ctx.db, user.id, used, now_used):
        raise BAD_CODE()
    users.forget_user(ctx, user.id)


def _matching_step(secret: str, code: str) -> int | None:
    """The half minute, counted since 1970, whose code this is."""
    if not secret:
        return None
    code = code.strip()
    present = now_ms() // 1000 // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    try:
        for step in range(present - WINDOW, present + WINDOW + 1):
            if pyotp.utils.strings_equal(totp.generate_otp(step), code):
                return step
    except binascii.Error:
        return None
    return None


def _require_enabled(ctx: Context) -> None:
    if not ctx.config.ServiceSettings.EnableMultifactorAuthentication:
        raise MFA_DISABLED()
