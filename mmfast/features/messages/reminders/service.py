"""Sets reminders, confirms each to its user in the channel, and reminds when the time has come.

A reminder is removed in the transaction that writes the direct message: whatever happens to a worker meanwhile, the
user is reminded, and once.
"""

import datetime
import logging
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.errors import AppError
from mmfast.core.text import Text
from mmfast.features.identity.system_bot.service import get_system_bot
from mmfast.features.identity.users.service import find_user, get_user
from mmfast.features.identity.users.types import User
from mmfast.features.messages.ephemeral.service import announce, new_ephemeral_post, show_preview
from mmfast.features.messages.link_previews.service import look_behind_links
from mmfast.features.messages.permalinks.service import PREVIEWED
from mmfast.features.messages.posts.service import create_post, find_post, new_post
from mmfast.features.messages.posts.types import REMINDER, Draft, Post
from mmfast.features.messages.reminders import store
from mmfast.features.messages.reminders.types import Due
from mmfast.features.spaces.channels.service import get_channel
from mmfast.features.spaces.direct_channels.service import create_direct_channel
from mmfast.features.spaces.teams.service import find_team

log = logging.getLogger(__name__)

SET: Final = Text("app.post_reminder_confirm", "You will be reminded about {link} by @{username} at {time}")
DUE: Final = Text("app.post_reminder_dm", "Hello, this is your reminder about {link} by @{username}.")

BATCH: Final = 100
"""How many reminders are read at a time."""


async def set_reminder(ctx: Context, user_id: str, post: Post, target_time: int) -> None:
    """Reminds the user of the post at a time; sooner or later than an earlier wish had it."""
    user = await get_user(ctx, user_id)
    channel = await get_channel(ctx, post.channel_id)
    author_name, team_name, link = await _describe(ctx, post)
    await store.save(ctx.db, post.id, user_id, target_time)
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


async def _describe(ctx: Context, post: Post) -> tuple[str, str, str]:
    """Who wrote the post, the name of its team ("" for none) and the link to it."""
    author = await find_user(ctx, post.user_id)
    channel = await get_channel(ctx, post.channel_id)
    team = await find_team(ctx, channel.team_id) if channel.team_id else None
    team_name = team.name if team else ""
    link = f"{ctx.config.ServiceSettings.SiteURL}/{team_name or '_redirect'}/pl/{post.id}"
    return author.username if author else "", team_name, link


def _local_time(user: User, seconds: int) -> str:
    """The time as the user's clock shows it."""
    zone = user.timezone or {}
    name = zone.get("automaticTimezone" if zone.get("useAutomaticTimezone") == "true" else "manualTimezone") or "UTC"
    try:
        moment = datetime.datetime.fromtimestamp(seconds, ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OverflowError, OSError):
        return ""
    return moment.strftime("%d %b %y %H:%M %Z")


async def send_due(ctx: Context) -> None:
    """Reminds everybody whose time has come."""
    while True:
        found = await store.list_due(ctx.db, now_ms() // 1000, BATCH)
        for due in found:
            try:
                await _remind(ctx, due)
            except AppError as error:  # a channel that is gone: it would fail for ever, and hold up all behind it
                log.warning("the reminder of post %s cannot be sent: %s", due.post_id, error)
                await store.take(ctx.db, due)
        if len(found) < BATCH:
            return


async def _remind(ctx: Context, due: Due) -> None:
    user, post = await find_user(ctx, due.user_id), await find_post(ctx, due.post_id)
    if user is None or user.delete_at or post is None:  # nobody to remind, or of nothing
        await store.take(ctx.db, due)
        return
    author_name, team_name, link = await _describe(ctx, post)
    text = DUE.in_locale(user.locale, link=link, username=author_name)
    props = {
        "team_name": team_name,
        "post_id": post.id,
        "username": author_name,
        "from_bot": "true",
        PREVIEWED: post.id,  # shown to its reader only while that one may read the post
    }
    bot = await get_system_bot(ctx, user.id)
    channel = await create_direct_channel(ctx, user.id, bot.id)
    await look_behind_links(ctx, text, props)  # beforehand: within the transaction nothing may wait for the web
    async with ctx.transaction() as tx:
        if await store.take(tx, due):
            await create_post(ctx, Draft(new_post(bot, channel, text, type=REMINDER), props, channel, bot))
