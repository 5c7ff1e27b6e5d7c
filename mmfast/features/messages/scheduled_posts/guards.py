"""Who may schedule posts: nobody yet."""

from mmfast.api.context import Context
from mmfast.features.messages.scheduled_posts.errors import DISABLED, LICENSE_NEEDED


async def may_schedule(ctx: Context) -> None:
    """Refuses: the feature is switched off, or needs a licence."""
    raise LICENSE_NEEDED() if ctx.config.ServiceSettings.ScheduledPosts else DISABLED()
