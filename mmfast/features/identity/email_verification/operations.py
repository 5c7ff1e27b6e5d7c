"""The operations of verifying email addresses."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import PUBLIC
from mmfast.api.operation import OPTIONAL, operation
from mmfast.features.identity.audits import service as audits
from mmfast.features.identity.email_verification import service
from mmfast.features.identity.email_verification.types import EmailVerification, VerificationMail
from mmfast.features.identity.one_time_tokens.types import LENGTH


@operation("VerifyUserEmail", "POST /users/email/verify", guard=PUBLIC, auth=OPTIONAL)
async def verify_user_email(ctx: Context, body: EmailVerification) -> None:
    """Takes an address as verified by the token that came by mail."""
    if len(body.token) != LENGTH:
        raise INVALID_BODY_PARAM(name="token")
    user = await service.verify(ctx, body.token)
    await audits.note(ctx, "Email Verified", user_id=user.id)


@operation("SendVerificationEmail", "POST /users/email/verify/send", guard=PUBLIC, auth=OPTIONAL)
async def send_verification_email(ctx: Context, body: VerificationMail) -> None:
    """Has another link mailed; the answer does not tell whether the address is known."""
    email = body.email.strip().lower()
    if not email:
        raise INVALID_BODY_PARAM(name="email")
    await service.request_again(ctx, email)
