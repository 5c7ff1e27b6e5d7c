"""Decides who gets a mail about a new post, and writes it.

Done after the post is committed, in the background: a mail's fate is no reason to hold up a conversation. Where the
server batches mails, the messages wait and are mailed together; what its reader has seen meanwhile is left out.
"""

from functools import partial
from typing import Final

import msgspec
import trio

from mmfast.api.context import Context
from mmfast.core.text import Text
from mmfast.features.delivery.mail_batches import service as batches
from mmfast.features.delivery.mail_batches.types import Waiting
from mmfast.features.delivery.mail_templates.service import lay_out, site_url
from mmfast.features.delivery.mail_templates.types import Button, Excerpt, Letter
from mmfast.features.delivery.mails.service import queue
from mmfast.features.delivery.mention_mails.types import MentionNews
from mmfast.features.delivery.posted.service import sender_name
from mmfast.features.identity.statuses.service import list_presences
from mmfast.features.identity.statuses.types import AWAY, OFFLINE
from mmfast.features.identity.users.service import find_user, get_users
from mmfast.features.identity.users.types import User
from mmfast.features.messages.posts.service import CREATED, list_posts
from mmfast.features.messages.posts.types import Draft, Post
from mmfast.features.messages.threads.service import collapses_threads
from mmfast.features.spaces.channel_members.store import list_members_by_ids
from mmfast.features.spaces.channel_members.types import ChannelMember
from mmfast.features.spaces.channels.service import find_channel
from mmfast.features.spaces.channels.types import DIRECT, GROUP, Channel
from mmfast.features.spaces.teams.service import find_team
from mmfast.platform.metrics import counter

EMAILS: Final = counter("mattermost_post_emails_sent_total", "Mails about messages, handed to the queue.")

IN_CHANNEL: Final = Text("mail.mention.in_channel", "{sender} mentioned you in {channel}")
IN_TEAM: Final = Text("mail.mention.in_team", "{sender} mentioned you in {team}")
SOMEWHERE: Final = Text("mail.mention.somewhere", "{sender} mentioned you")
IN_THREAD: Final = Text("mail.mention.in_thread", "{sender} replied in a thread that you follow")
IN_DIRECT: Final = Text("mail.mention.in_direct", "{sender} wrote to you")
IN_GROUP: Final = Text("mail.mention.in_group", "{sender} wrote to you and others")
HIDDEN: Final = Text("mail.mention.hidden", "What it says is not in this mail: the server's administrator wants it so.")
OPEN: Final = Text("mail.mention.button", "Open the message")
SEVERAL: Final = Text("mail.mention.several", "{count} messages for you")
NOTE: Final = Text("mail.mention.note", "Which mails you get is up to you: see Notifications in your settings.")

GENERIC: Final = "generic"
"""The setting by which mails say who wrote, but neither what nor in which channel."""
_LOOKED: Final = "mention_mails_looked"


@CREATED.register
async def mail_mentions(ctx: Context, draft: Draft) -> None:
    """Has mails written to those mentioned, once the post is committed."""
    settings = ctx.config.EmailSettings
    post = draft.post
    followers = draft.followers - {post.user_id} if post.root_id else set()
    concerned = draft.mentioned | followers
    if not (concerned and settings.SendEmailNotifications and settings.SMTPServer) or post.is_system:
        return
    news = MentionNews(
        post.id,
        post.root_id or post.id,
        post.create_at,
        post.message,
        sender_name(ctx, draft),
        draft.channel,
        sorted(concerned),
        set(draft.mentioned),
    )
    ctx.after_commit(partial(ctx.app.spawn, "mails about a post", write_mails, news))


async def write_mails(ctx: Context, news: MentionNews) -> None:
    """Queues a mail to each of those concerned who wants one and is not here to see the message."""
    absent = [p.user_id for p in await list_presences(ctx, news.user_ids) if p.status in (OFFLINE, AWAY)]
    if not absent:
        return
    members = {m.user_id: m for m in await list_members_by_ids(ctx.db, news.channel.id, absent)}
    readers = [
        user
        for user in await get_users(ctx, list(members))
        if _wants_mail(ctx, user, members[user.id]) and (user.id in news.mentioned or await _wants_replies(ctx, user))
    ]
    if not readers:
        return
    if ctx.config.EmailSettings.EnableEmailBatching:
        await batches.add(ctx, [_waiting(news, user) for user in readers])
        return
    address = await _address(ctx, news.channel, news.post_id)
    for user in readers:
        followed = user.id not in news.mentioned
        content = lay_out(ctx.config, await _letter(ctx, news, user.locale, address, followed=followed))
        content.conversation = news.root_id
        EMAILS.inc(await queue(ctx, user.email, content))


def _waiting(news: MentionNews, user: User) -> Waiting:
    followed = user.id not in news.mentioned
    return Waiting(user.id, news.post_id, news.channel.id, news.sender, news.create_at, due_at=0, followed=followed)


async def _address(ctx: Context, channel: Channel, post_id: str) -> str:
    """Where the reader gets to the post, in whichever app."""
    team = await find_team(ctx, channel.team_id) if channel.team_id else None
    return f"{site_url(ctx.config)}/landing#/{team.name if team else '_redirect'}/pl/{post_id}"


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


async def _wants_replies(ctx: Context, user: User) -> bool:
    """Whether the user wants mails about replies in threads that they follow, without being mentioned."""
    return user.notify_props.get("email_threads", "all") == "all" and await collapses_threads(ctx, user.id)


def _title(ctx: Context, locale: str, sender: str, channel: Channel, *, followed: bool) -> str:
    """Who wrote, and where, if mails may say so."""
    if followed and channel.type not in (DIRECT, GROUP):
        return IN_THREAD.in_locale(locale, sender=sender)
    in_channel = SOMEWHERE if _is_hidden(ctx) else IN_CHANNEL
    said = {DIRECT: IN_DIRECT, GROUP: IN_GROUP}.get(channel.type, in_channel)
    return said.in_locale(locale, sender=sender, channel=channel.display_name)


async def _subject(ctx: Context, locale: str, sender: str, channel: Channel, *, followed: bool) -> str:
    """As the title, but with the team in place of the channel unless the configuration wants it: subjects are seen."""
    said = _title(ctx, locale, sender, channel, followed=followed)
    hides_channel = not (followed or _is_hidden(ctx) or ctx.config.EmailSettings.UseChannelInEmailNotifications)
    if channel.team_id and hides_channel:
        team = await find_team(ctx, channel.team_id)
        said = IN_TEAM.in_locale(locale, sender=sender, team=team.display_name if team else "")
    return f"{ctx.config.TeamSettings.SiteName}: {said}"


def _is_hidden(ctx: Context) -> bool:
    return ctx.config.EmailSettings.EmailNotificationContentsType == GENERIC


async def _letter(ctx: Context, news: MentionNews, locale: str, address: str, *, followed: bool) -> Letter:
    hidden = _is_hidden(ctx)
    return Letter(
        await _subject(ctx, locale, news.sender, news.channel, followed=followed),
        _title(ctx, locale, news.sender, news.channel, followed=followed),
        [HIDDEN.in_locale(locale)] if hidden else [],
        quote="" if hidden else news.message,
        button=Button(OPEN.in_locale(locale), address),
        notes=[NOTE.in_locale(locale)],
    )


# Several messages in one mail -----------------------------------------------------------------------------------------


async def look_for_batches(ctx: Context) -> None:
    """Mails what waits, if the configured time has passed since this worker last looked."""
    settings, now = ctx.config.EmailSettings, trio.current_time()
    if not (settings.SendEmailNotifications and settings.SMTPServer):
        return
    if now - ctx.app.state.get(_LOOKED, -settings.EmailBatchingInterval) >= settings.EmailBatchingInterval:
        ctx.app.state[_LOOKED] = now
        await send_batches(ctx)


async def send_batches(ctx: Context) -> None:
    """Mails everybody what waits for them and is due."""
    for user_id in await batches.list_due_users(ctx):
        async with ctx.transaction():  # what waits is gone when the mail is in the queue: neither lost nor doubled
            await _send_batch(ctx, user_id, await batches.take(ctx, user_id))


async def _send_batch(ctx: Context, user_id: str, rows: list[Waiting]) -> None:
    user = await find_user(ctx, user_id)
    if user is None or not rows:
        return
    posts = {post.id: post for post in await list_posts(ctx, [row.post_id for row in rows]) if not post.delete_at}
    unread = [(row, posts[row.post_id]) for row in rows if row.post_id in posts]
    channels: dict[str, Channel] = {}
    for channel_id in dict.fromkeys(row.channel_id for row, _ in unread):
        channel = await find_channel(ctx, channel_id)
        members = await list_members_by_ids(ctx.db, channel_id, [user_id])
        if channel is not None and members and _wants_mail(ctx, user, members[0]):
            channels[channel_id] = channel
            seen = members[0].last_viewed_at
            unread = [item for item in unread if item[0].channel_id != channel_id or item[0].create_at > seen]
    unread = [item for item in unread if item[0].channel_id in channels]
    size = ctx.config.EmailSettings.EmailBatchingBufferSize
    for start in range(0, len(unread), size):
        letter = await _batch_letter(ctx, user, unread[start : start + size], channels)
        EMAILS.inc(await queue(ctx, user.email, lay_out(ctx.config, letter)))


async def _batch_letter(
    ctx: Context, user: User, unread: list[tuple[Waiting, Post]], channels: dict[str, Channel]
) -> Letter:
    locale, hidden = user.locale, _is_hidden(ctx)
    excerpts: list[Excerpt] = []
    for row, post in unread:
        channel = channels[row.channel_id]
        button = Button(OPEN.in_locale(locale), await _address(ctx, channel, post.id))
        title = _title(ctx, locale, row.sender, channel, followed=row.followed)
        excerpts.append(Excerpt(title, "" if hidden else post.message, button))
    title = SEVERAL.in_locale(locale, count=len(excerpts))
    subject = f"{ctx.config.TeamSettings.SiteName}: {title}"
    if len(excerpts) == 1:
        row, title = unread[0][0], excerpts[0].title
        subject = await _subject(ctx, locale, row.sender, channels[row.channel_id], followed=row.followed)
    return Letter(
        subject,
        title,
        [HIDDEN.in_locale(locale)] if hidden else [],
        excerpts=excerpts,
        notes=[NOTE.in_locale(locale)],
    )
