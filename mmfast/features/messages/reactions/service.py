"""Adds and takes back reactions, and tells the channel."""

from mmfast.api.context import Context
from mmfast.core.clock import next_ms
from mmfast.features.messages.emoji.service import EMOJI_DELETED, require_known
from mmfast.features.messages.emoji.types import Emoji
from mmfast.features.messages.posts.errors import POST_NOT_FOUND
from mmfast.features.messages.posts.service import require_unrestricted
from mmfast.features.messages.posts.types import Post
from mmfast.features.messages.reactions import errors, store
from mmfast.features.messages.reactions.events import ReactionAdded, ReactionRemoved
from mmfast.features.messages.reactions.types import Reaction, ReactionRequest
from mmfast.features.spaces.channels.service import get_channel


async def save_reaction(ctx: Context, post: Post, wanted: ReactionRequest) -> Reaction:
    """Adds a reaction; one that is there is announced again."""
    if post.delete_at:
        raise POST_NOT_FOUND()
    channel = await get_channel(ctx, post.channel_id)
    if channel.delete_at:
        raise errors.SAVE_IN_ARCHIVED()
    await require_unrestricted(ctx, channel, errors.SAVE_IN_RESTRICTED)
    await require_known(ctx, wanted.emoji_name)
    now = next_ms()
    reaction = Reaction(wanted.user_id, post.id, wanted.emoji_name, now, now, 0, "", channel.id)
    limit = ctx.config.ServiceSettings.UniqueEmojiReactionLimitPerPost
    reaction.create_at = await store.save(ctx.db, reaction, limit)
    if not reaction.create_at:
        raise errors.TOO_MANY(max=limit)
    ctx.announce(ReactionAdded(reaction=reaction).to(channel_id=channel.id))
    return reaction


async def delete_reaction(ctx: Context, post: Post, user_id: str, emoji_name: str) -> None:
    """Takes a reaction back, whether or not it is there."""
    if post.delete_at:
        raise POST_NOT_FOUND()
    channel = await get_channel(ctx, post.channel_id)
    if channel.delete_at:
        raise errors.DELETE_IN_ARCHIVED()
    await require_unrestricted(ctx, channel, errors.DELETE_IN_RESTRICTED)
    reaction = Reaction(user_id, post.id, emoji_name, 0, next_ms(), 0, "", "")
    await store.mark_deleted(ctx.db, reaction)
    ctx.announce(ReactionRemoved(reaction=reaction).to(channel_id=channel.id))


@EMOJI_DELETED.register
async def forget_emoji(ctx: Context, emoji: Emoji) -> None:
    """Takes back what was said with an emoji that is no more."""
    await store.mark_deleted_with(ctx.db, emoji.name, next_ms())
