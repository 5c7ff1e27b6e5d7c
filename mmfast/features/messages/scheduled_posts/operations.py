"""The routes of scheduled posts. The guard refuses all of them."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.messages.scheduled_posts.guards import may_schedule


@operation("CreateScheduledPost", "POST /posts/schedule", guard=may_schedule)
async def create_scheduled_post(ctx: Context) -> None:
    """Refused by its guard."""


@operation("UpdateScheduledPost", "PUT /posts/schedule/{scheduled_post_id}", guard=may_schedule)
async def update_scheduled_post(ctx: Context, scheduled_post_id: str) -> None:
    """Refused by its guard."""


@operation("DeleteScheduledPost", "DELETE /posts/schedule/{scheduled_post_id}", guard=may_schedule)
async def delete_scheduled_post(ctx: Context, scheduled_post_id: str) -> None:
    """Refused by its guard."""


@operation("GetUserScheduledPosts", "GET /posts/scheduled/team/{team_id}", guard=may_schedule)
async def get_user_scheduled_posts(ctx: Context, team_id: str) -> None:
    """Refused by its guard."""
