"""Who may upload to a channel."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_URL_PARAM, PERMISSION
from mmfast.api.form_stream import is_form
from mmfast.core.ids import is_valid_id
from mmfast.features.messages.file_uploads import errors
from mmfast.features.messages.file_uploads.types import UploadQuery
from mmfast.features.messages.files.errors import ATTACHMENTS_OFF
from mmfast.features.messages.posts.service import require_unrestricted
from mmfast.features.spaces.channels.guards import may_in_this_channel
from mmfast.features.spaces.channels.service import find_channel
from mmfast.features.spaces.channels.types import Channel


async def require_may_upload(ctx: Context, channel_id: str) -> Channel:
    """The channel, for who may put files into it."""
    channel = await find_channel(ctx, channel_id)
    if channel is None or not await may_in_this_channel(ctx, channel, "upload_file"):
        raise PERMISSION(detail="needs upload_file in the channel")
    return channel


async def may_upload_to(ctx: Context, channel_id: str) -> None:
    """As `require_may_upload`, for a channel that a request names as a parameter."""
    if not is_valid_id(channel_id):
        raise INVALID_URL_PARAM(name="channel_id")
    await require_unrestricted(ctx, await require_may_upload(ctx, channel_id), errors.RESTRICTED_DIRECT)


async def may_upload_file(ctx: Context, query: UploadQuery) -> None:
    """A bare body must be for a channel; a form names its channel inside, which is checked when that is read."""
    if not ctx.config.FileSettings.EnableFileAttachments:
        raise ATTACHMENTS_OFF()
    assert ctx.request is not None
    if is_form(ctx.request):
        return
    if ctx.request.headers.get("content-length") == "0":
        raise errors.READ_REQUEST()
    if not query.filename:
        raise INVALID_URL_PARAM(name="filename")
    await may_upload_to(ctx, query.channel_id)
