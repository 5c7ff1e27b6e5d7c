"""The route of reminders."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.messages.posts.types import Post
from mmfast.features.messages.reminders import service
from mmfast.features.messages.reminders.guards import may_be_reminded
from mmfast.features.messages.reminders.types import Reminder


@operation("SetPostReminder", "POST /users/{user_id}/posts/{post_id}/reminder", guard=may_be_reminded)
async def set_reminder(ctx: Context, user_id: str, body: Reminder, loaded: Post) -> None:
    await service.set_reminder(ctx, user_id, loaded, body.target_time)
