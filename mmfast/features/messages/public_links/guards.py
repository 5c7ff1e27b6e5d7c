"""Who may make a public link: who may read the file. Who may follow one: who has it."""

from mmfast.api.context import Context
from mmfast.features.messages.files.guards import may_read_file
from mmfast.features.messages.files.types import StoredFile
from mmfast.features.messages.public_links import errors


async def may_make_link(ctx: Context, file_id: str) -> StoredFile:
    """Only of files that have been posted."""
    if not ctx.config.FileSettings.EnablePublicLink:
        raise errors.LINKS_OFF()
    file = await may_read_file(ctx, file_id)
    if not file.info.post_id:
        raise errors.NO_POST()
    return file
