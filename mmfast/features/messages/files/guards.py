"""Who may read a file: who may read the channel that it is in, and who brought it."""

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.features.messages.files import errors, service
from mmfast.features.messages.files.types import StoredFile
from mmfast.features.spaces.channels.guards import may_read_content
from mmfast.features.spaces.channels.service import find_channel


async def require_readable(ctx: Context, file: StoredFile) -> None:
    """Refuses who may not read the file; a deleted one is gone for everybody."""
    if file.info.delete_at:
        raise errors.FILE_NOT_FOUND()
    if file.info.user_id == ctx.user_id:
        return
    channel = await find_channel(ctx, file.info.channel_id) if file.info.channel_id else None
    if channel is None or not await may_read_content(ctx, channel):
        raise PERMISSION(detail="needs read_channel_content in the file's channel")


async def may_read_file(ctx: Context, file_id: str) -> StoredFile:
    """The file, for who may read it."""
    file = await service.get_file(ctx, file_id)
    await require_readable(ctx, file)
    return file


async def may_download_file(ctx: Context, file_id: str) -> StoredFile:
    """As `may_read_file`, with the error that the reference has here for a file that never was."""
    file = await service.find_file(ctx, file_id)
    if file is None:
        raise errors.FILE_UNKNOWN()
    await require_readable(ctx, file)
    return file
