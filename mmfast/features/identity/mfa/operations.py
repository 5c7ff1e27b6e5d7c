"""The operations on two-factor authentication."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.operation import SESSION_NO_MFA, operation
from mmfast.features.identity.audits import service as audits
from mmfast.features.identity.mfa import service
from mmfast.features.identity.mfa.guards import may_change_mfa
from mmfast.features.identity.mfa.types import MfaChange, MfaSecret
from mmfast.features.identity.users.types import User


@operation("GenerateMfaSecret", "POST /users/{user_id}/mfa/generate", guard=may_change_mfa, auth=SESSION_NO_MFA)
async def generate_mfa_secret(ctx: Context, user_id: str, loaded: User) -> MfaSecret:
    """A new secret, in letters and as a picture."""
    secret = await service.create_secret(ctx, loaded)
    for name, value in (("Cache-Control", "no-cache"), ("Pragma", "no-cache"), ("Expires", "0")):
        ctx.add_header(name, value)
    return secret


@operation("UpdateUserMfa", "PUT /users/{user_id}/mfa", guard=may_change_mfa, auth=SESSION_NO_MFA)
async def update_user_mfa(ctx: Context, user_id: str, loaded: User, body: MfaChange) -> None:
    """Switches the second factor on or off."""
    if body.activate is None:
        raise INVALID_BODY_PARAM(name="activate")
    if body.activate:
        if not body.code:
            raise INVALID_BODY_PARAM(name="code")
        await service.activate(ctx, loaded, body.code)
        await audits.note(ctx, "success - activated")
    else:
        await service.deactivate(ctx, loaded)
        await audits.note(ctx, "success - deactivated")
