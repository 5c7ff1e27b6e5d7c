"""Who may see the files of a post: who may read the post."""

from mmfast.api.context import Context
from mmfast.features.messages.post_files.types import PostFilesQuery
from mmfast.features.messages.posts import service as posts
from mmfast.features.messages.posts.guards import require_deleted_readable, require_readable
from mmfast.features.messages.posts.types import Post


async def may_list_files(ctx: Context, post_id: str, query: PostFilesQuery) -> Post:
    """Deleted files, and those of deleted posts, are shown to administrators only."""
    await require_deleted_readable(ctx, query.include_deleted)
    if query.include_deleted:
        return await posts.get_post(ctx, post_id, deleted=True)
    return await require_readable(ctx, post_id)
