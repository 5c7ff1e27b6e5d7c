"""Who may see the files of a post: who may read the post."""

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, may
from mmfast.features.messages.post_files.types import PostFilesQuery
from mmfast.features.messages.posts.guards import may_read_post, require_deleted_readable
from mmfast.features.messages.posts.service import find_post


async def may_list_files(ctx: Context, post_id: str, query: PostFilesQuery) -> None:
    """Deleted files are shown to administrators only. A post that is not there has no files, which they may know."""
    await require_deleted_readable(ctx, query.include_deleted)
    post = await find_post(ctx, post_id, deleted=True)
    if not (await may(ctx, MANAGE_SYSTEM) if post is None else await may_read_post(ctx, post)):
        raise PERMISSION(detail="needs read_channel_content for the post")
