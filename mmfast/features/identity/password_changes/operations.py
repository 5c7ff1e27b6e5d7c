"""The operations on passwords."""

from mmfast.api.context import Context
from mmfast.api.decoding import BodyError, read_body
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import PUBLIC
from mmfast.api.operation import OPTIONAL, operation
from mmfast.core.errors import AppError
from mmfast.features.identity.audits import service as audits
from mmfast.features.identity.one_time_tokens.types import LENGTH
from mmfast.features.identity.password_changes import service
from mmfast.features.identity.password_changes.errors import HASHED_BY_USER, NOT_PERMITTED
from mmfast.features.identity.password_changes.guards import may_update_password
from mmfast.features.identity.password_changes.types import PasswordReset, PasswordUpdate, ResetRequest
from mmfast.features.identity.roles.service import may
from mmfast.features.identity.users.types import User


@operation("UpdateUserPassword", "PUT /users/{user_id}/password", guard=may_update_password)
async def update_user_password(ctx: Context, user_id: str, loaded: User, body: bytes) -> None:
    """Sets one's own password, or another's."""
    try:
        change = read_body(body, PasswordUpdate)
    except BodyError:
        change = PasswordUpdate()
    await audits.note(ctx, "attempted")
    try:
        await _update(ctx, loaded, change)
    except AppError:
        await audits.note(ctx, "failed")
        raise
    await audits.note(ctx, "completed")


async def _update(ctx: Context, user: User, change: PasswordUpdate) -> None:
    own = user.id == ctx.user_id
    if change.already_hashed == "true":
        if own:
            raise HASHED_BY_USER()
        if not await may(ctx, "manage_system"):
            raise NOT_PERMITTED()
        await service.set_hash_for(ctx, user, change.new_password)
    elif not own:
        await service.set_for(ctx, user, change.new_password)
    elif not change.current_password:
        raise INVALID_BODY_PARAM(name="current_password")
    else:
        await service.change_own(ctx, user, change.current_password, change.new_password)


@operation("SendPasswordResetEmail", "POST /users/password/reset/send", guard=PUBLIC, auth=OPTIONAL)
async def send_password_reset_email(ctx: Context, body: ResetRequest) -> None:
    """Has a link for a new password mailed; the answer does not tell whether the address is known."""
    email = body.email.strip().lower()
    if not email:
        raise INVALID_BODY_PARAM(name="email")
    await service.request_reset(ctx, email)


@operation("ResetPassword", "POST /users/password/reset", guard=PUBLIC, auth=OPTIONAL)
async def reset_password(ctx: Context, body: PasswordReset) -> None:
    """Sets a new password by the token that came by mail."""
    if len(body.token) != LENGTH:
        raise INVALID_BODY_PARAM(name="token")
    user = await service.reset(ctx, body.token, body.new_password)
    await audits.note(ctx, "success", user_id=user.id)
