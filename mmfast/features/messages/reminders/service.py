"""Sets reminders, and confirms each to its user in the channel."""

import datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mmfast.api.context import Context
from mmfast.core.text import Text
from mmfast.features.identity.users.service import find_user, get_user
from mmfast.features.identity.users.types import User
from mmfast.features.messages.ephemeral.service import announce, new_ephemeral_post, show_preview
from mmfast.features.messages.posts.types import Post
from mmfast.features.messages.reminders import store
from mmfast.features.spaces.channels.service import get_channel
from mmfast.features.spaces.teams.service import find_team

SET: Final = Text("app.post_reminder_confirm", "You will be reminded about {link} by @{username} at {time}")


async def set_reminder(ctx: Context, user_id: str, post: Post, target_time: int) -> None:
    """Reminds the user of the post at a time; sooner or later than an earlier wish had it."""
    user = await get_user(ctx, user_id)
    author = await find_user(ctx, post.user_id)
    channel = await get_channel(ctx, post.channel_id)
    team = await find_team(ctx, channel.team_id) if channel.team_id else None
    await store.save(ctx.db, post.id, user_id, target_time)
    team_name = team.name if team else ""
    link = f"{ctx.config.ServiceSettings.SiteURL}/{team_name or '_redirect'}/pl/{post.id}"
    author_name = author.username if author else ""
    text = SET.in_locale(user.locale, link=link, username=author_name, time=_local_time(user, target_time))
    props = {
        "target_time": target_time,
        "team_name": team_name,
        "post_id": post.id,
        "username": author_name,
        "type": "reminder",
    }
    shown = new_ephemeral_post(channel.id, text, author_id=user_id, root_id=post.root_id or post.id, props=props)
    await show_preview(ctx, shown, post, channel)
    announce(ctx, user_id, shown)


def _local_time(user: User, seconds: int) -> str:
    """The time as the user's clock shows it."""
    zone = user.timezone or {}
    name = zone.get("automaticTimezone" if zone.get("useAutomaticTimezone") == "true" else "manualTimezone") or "UTC"
    try:
        moment = datetime.datetime.fromtimestamp(seconds, ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OverflowError, OSError):
        return ""
    return moment.strftime("%d %b %y %H:%M %Z")
