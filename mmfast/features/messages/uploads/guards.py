"""Who may begin an upload, look at one, and send its parts."""

from msgspec import UNSET

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, may
from mmfast.features.messages.file_uploads.guards import require_may_upload
from mmfast.features.messages.posts.service import require_unrestricted
from mmfast.features.messages.uploads import errors, service
from mmfast.features.messages.uploads.types import IMPORT, UploadCreate, UploadSession


async def may_create_upload(ctx: Context, body: UploadCreate) -> None:
    """Imports are the administrator's; attachments are for who may put files into the channel."""
    if not ctx.config.FileSettings.EnableFileAttachments:
        raise errors.ATTACHMENTS_OFF()
    if body.type == IMPORT:
        await _require_administrator(ctx)
        return
    channel = await require_may_upload(ctx, body.channel_id)
    if channel.delete_at:
        raise errors.CHANNEL_ARCHIVED()
    await require_unrestricted(ctx, channel, errors.RESTRICTED_DIRECT)


async def _require_administrator(ctx: Context) -> None:
    if not await may(ctx, MANAGE_SYSTEM):
        raise PERMISSION(detail="needs manage_system")


async def may_see_upload(ctx: Context, upload_id: str) -> UploadSession:
    """One's own; the administrator sees everybody's."""
    upload = await service.get_upload(ctx, upload_id)
    if upload.user_id != ctx.user_id and not await may(ctx, MANAGE_SYSTEM):
        raise errors.NOT_YOURS()
    return upload


async def may_send_part(ctx: Context, upload_id: str) -> UploadSession:
    """Only who began it, and only who might still begin it now."""
    if not ctx.config.FileSettings.EnableFileAttachments:
        raise errors.ATTACHMENTS_OFF()
    upload = await service.get_upload(ctx, upload_id)
    if upload.user_id != ctx.user_id:
        raise PERMISSION(detail="this is another user's upload")
    if upload.channel_id is UNSET:
        await _require_administrator(ctx)
    else:
        await require_may_upload(ctx, upload.channel_id)
    return upload


async def may_list_uploads(ctx: Context, user_id: str) -> None:
    """One's own, and nobody else's."""
    if user_id != ctx.user_id:
        raise errors.LIST_NOT_YOURS()
