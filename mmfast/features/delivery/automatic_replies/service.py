"""Answers direct messages for those who are out of office, each sender once a day."""

from typing import Final

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.delivery.automatic_replies import store
from mmfast.features.identity.statuses.service import get_presence
from mmfast.features.identity.statuses.types import OUT_OF_OFFICE
from mmfast.features.identity.users.service import find_user
from mmfast.features.identity.users.types import User
from mmfast.features.messages.posts.service import CREATED
from mmfast.features.messages.posts.types import Draft
from mmfast.features.messages.system_posts.service import create_system_post
from mmfast.features.messages.system_posts.types import Notice
from mmfast.features.spaces.channels.types import DIRECT, Channel

TYPE: Final = "system_auto_responder"
ONCE_IN_MS: Final = 24 * 3_600_000


@CREATED.register
async def answer_for_the_absent(ctx: Context, draft: Draft) -> None:
    """Has a direct message answered, once it is written, if its receiver wished so and is out of office."""
    post, channel = draft.post, draft.channel
    if channel.type != DIRECT or post.is_system or not ctx.config.TeamSettings.ExperimentalEnableAutomaticReplies:
        return
    if draft.author is None or draft.author.is_bot:
        return
    receiver = await find_user(ctx, channel.other_user_id(post.user_id))
    if receiver is None or receiver.id == post.user_id:
        return
    if receiver.notify_props.get("auto_responder_active") != "true":
        return
    if (await get_presence(ctx, receiver.id)).status != OUT_OF_OFFICE:
        return
    root_id = post.root_id or post.id
    ctx.after_commit(lambda: ctx.app.spawn("automatic reply", _reply, channel, receiver, root_id))


async def _reply(ctx: Context, channel: Channel, receiver: User, root_id: str) -> None:
    message = receiver.notify_props.get("auto_responder_message", "")
    if not message:
        return
    async with ctx.transaction() as tx:
        await store.wait_for_turn(tx, channel.id)
        if not await store.has_replied_since(tx, channel.id, receiver.id, now_ms() - ONCE_IN_MS):
            await create_system_post(ctx, channel, receiver, Notice(TYPE, message, {}, root_id, set_online=False))
