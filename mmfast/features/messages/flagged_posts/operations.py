"""The route of saved posts."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.messages.flagged_posts import store
from mmfast.features.messages.flagged_posts.guards import may_list_flagged
from mmfast.features.messages.flagged_posts.types import FlaggedQuery
from mmfast.features.messages.post_lists.service import MAX_PER_PAGE, list_of
from mmfast.features.messages.post_lists.types import PostList
from mmfast.features.messages.post_metadata.service import prepare
from mmfast.features.messages.posts.guards import may_read_post


@operation("GetFlaggedPostsForUser", "GET /users/{user_id}/posts/flagged", guard=may_list_flagged)
async def get_flagged_posts(ctx: Context, user_id: str, query: FlaggedQuery) -> PostList:
    size = min(max(query.per_page, 0), MAX_PER_PAGE)
    posts = await store.list_flagged(
        ctx.db, user_id, query.channel_id, query.team_id, offset=max(query.page, 0) * size, limit=size
    )
    if user_id == ctx.user_id:
        posts = [post for post in posts if await may_read_post(ctx, post)]
    await prepare(ctx, posts)
    return list_of(posts)
