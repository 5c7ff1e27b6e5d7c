"""The routes of reactions."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.api.responses import JSONResponse
from mmfast.features.messages.posts.types import Post
from mmfast.features.messages.reactions import guards, service, store
from mmfast.features.messages.reactions.types import Reaction, ReactionRequest


@operation("SaveReaction", "POST /reactions", guard=guards.may_react)
async def save_reaction(ctx: Context, body: ReactionRequest, loaded: Post) -> Reaction:
    return await service.save_reaction(ctx, loaded, body)


@operation(
    "DeleteReaction", "DELETE /users/{user_id}/posts/{post_id}/reactions/{emoji_name}", guard=guards.may_take_back
)
async def delete_reaction(ctx: Context, user_id: str, emoji_name: str, loaded: Post) -> None:
    await service.delete_reaction(ctx, loaded, user_id, emoji_name)


@operation("GetReactions", "GET /posts/{post_id}/reactions", guard=guards.may_list_reactions)
async def get_reactions(ctx: Context, post_id: str) -> JSONResponse[list[Reaction] | None]:
    """The reactions, or null for none."""
    return JSONResponse((await store.list_by_posts(ctx.db, [post_id])).get(post_id))


@operation("GetBulkReactions", "POST /posts/ids/reactions", guard=guards.may_list_many)
async def get_bulk_reactions(ctx: Context, body: list[str]) -> dict[str, list[Reaction]]:
    found = await store.list_by_posts(ctx.db, body)
    return {post_id: found.get(post_id, []) for post_id in body}
