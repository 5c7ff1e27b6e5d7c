"""Decides who gets a mail about a new post, and writes it.

Done after the post is committed, in the background: a mail's fate is no reason to hold up a conversation.
"""

from functools import partial
from typing import Final

import msgspec

from mmfast.api.context import Context
from mmfast.core.text import Text
from mmfast.features.delivery.mail_templates.service import lay_out, site_url
from mmfast.features.delivery.mail_templates.types import Button, Letter
from mmfast.features.delivery.mails.service import queue
from mmfast.features.delivery.mention_mails.types import MentionNews
from mmfast.features.delivery.posted.service import sender_name
from mmfast.features.identity.statuses.service import list_presences
from mmfast.features.identity.statuses.types import AWAY, OFFLINE
from mmfast.features.identity.users.service import get_users
from mmfast.features.identity.users.types import User
from mmfast.features.messages.posts.service import CREATED
from mmfast.features.messages.posts.types import Draft
from mmfast.features.spaces.channel_members.store import list_members_by_ids
from mmfast.features.spaces.channel_members.types import ChannelMember
from mmfast.features.spaces.channels.types import DIRECT, GROUP
from mmfast.features.spaces.teams.service import find_team

IN_CHANNEL: Final = Text("mail.mention.in_channel", "{sender} mentioned you in {channel}")
IN_DIRECT: Final = Text("mail.mention.in_direct", "{sender} wrote to you")
IN_GROUP: Final = Text("mail.mention.in_group", "{sender} wrote to you and others")
HIDDEN: Final = Text("mail.mention.hidden", "What it says is not in this mail: the server's administrator wants it so.")
OPEN: Final = Text("mail.mention.button", "Open the message")
NOTE: Final = Text("mail.mention.note", "Which mails you get is up to you: see Notifications in your settings.")

GENERIC: Final = "generic"
"""The setting by which mails say that there is a message, but not what it says."""


@CREATED.register
async def mail_mentions(ctx: Context, draft: Draft) -> None:
    """Has mails written to those mentioned, once the post is committed."""
    settings = ctx.config.EmailSettings
    if not (draft.mentioned and settings.SendEmailNotifications and settings.SMTPServer) or draft.post.is_system:
        return
    post = draft.post
    news = MentionNews(post.id, post.message, sender_name(ctx, draft), draft.channel, sorted(draft.mentioned))
    ctx.after_commit(partial(ctx.app.spawn, "mails about a post", write_mails, news))


async def write_mails(ctx: Context, news: MentionNews) -> None:
    """Queues a mail to each of those mentioned who wants one and is not here to see the message."""
    absent = [p.user_id for p in await list_presences(ctx, news.user_ids) if p.status in (OFFLINE, AWAY)]
    if not absent:
        return
    members = {m.user_id: m for m in await list_members_by_ids(ctx.db, news.channel.id, absent)}
    team = await find_team(ctx, news.channel.team_id) if news.channel.team_id else None
    address = f"{site_url(ctx.config)}/landing#/{team.name if team else '_redirect'}/pl/{news.post_id}"
    for user in await get_users(ctx, list(members)):
        if _wants_mail(ctx, user, members[user.id]):
            await queue(ctx, user.email, lay_out(_letter(ctx, news, user.locale, address)))


def _wants_mail(ctx: Context, user: User, member: ChannelMember) -> bool:
    """By the user's settings, and what the channel's own settings say against them."""
    if user.delete_at or user.is_bot:
        return False
    if ctx.config.EmailSettings.RequireEmailVerification and not user.email_verified:
        return False
    here: dict[str, str] = msgspec.json.decode(member.notify_props)
    if here.get("mark_unread") == "mention":  # a muted channel
        return False
    wish = here.get("email", "default")
    return (user.notify_props.get("email", "true") if wish == "default" else wish) != "false"


def _letter(ctx: Context, news: MentionNews, locale: str, address: str) -> Letter:
    said = {DIRECT: IN_DIRECT, GROUP: IN_GROUP}.get(news.channel.type, IN_CHANNEL)
    title = said.in_locale(locale, sender=news.sender, channel=news.channel.display_name)
    hidden = ctx.config.EmailSettings.EmailNotificationContentsType == GENERIC
    return Letter(
        f"{ctx.config.TeamSettings.SiteName}: {title}",
        title,
        [HIDDEN.in_locale(locale)] if hidden else [],
        quote="" if hidden else news.message,
        button=Button(OPEN.in_locale(locale), address),
        notes=[NOTE.in_locale(locale)],
    )
