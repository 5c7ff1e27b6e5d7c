"""The route of reminders."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.identity.roles.service import require_user_or
from mmfast.features.messages.posts.guards import require_readable
from mmfast.features.messages.posts.types import Post
from mmfast.features.messages.reminders import service
from mmfast.features.messages.reminders.types import Reminder


async def may_be_reminded(ctx: Context, user_id: str, post_id: str) -> Post:
    """One's own reminders, of posts that one may read."""
    await require_user_or(ctx, user_id)
    return await require_readable(ctx, post_id)


@operation("SetPostReminder", "POST /users/{user_id}/posts/{post_id}/reminder", guard=may_be_reminded)
async def set_reminder(ctx: Context, user_id: str, body: Reminder, loaded: Post) -> None:
    await service.set_reminder(ctx, user_id, loaded, body.target_time)
