"""Makes, reads and deletes posts.

`create_post` is the one way into the channel for everything that is said: by people, integrations and the server
itself. It works out what to store, lets the delivery domain say whom the post concerns (`ADDRESSED`), writes the post
and all counters in one statement, and then reports it (`CREATED`).

A client that repeats a request sends the same `pending_post_id`. The post's id is a digest of it, so that the
repetition meets the first post in the database - in any worker, after any restart - and is answered with it.
"""

import hashlib
from functools import partial
from typing import Any, Final

import msgspec
from msgspec import UNSET, Raw

from mmfast.api.context import Context
from mmfast.core.clock import next_ms, now_ms
from mmfast.core.errors import ErrorKind
from mmfast.core.hooks import Hook
from mmfast.core.ids import ALPHABET, is_valid_id, new_id
from mmfast.db.errors import StatementError
from mmfast.features.identity.users.service import get_users
from mmfast.features.identity.users.types import User
from mmfast.features.messages.attachments import service as attachments
from mmfast.features.messages.hashtags.service import find_hashtags
from mmfast.features.messages.link_previews.service import look_behind_links
from mmfast.features.messages.permalinks.service import PREVIEWED, find_linked_post
from mmfast.features.messages.posts import errors, store
from mmfast.features.messages.posts.events import PostDeleted
from mmfast.features.messages.posts.types import (
    BURN_ON_READ,
    CUSTOM_PREFIX,
    MAX_FILE_IDS_RUNES,
    MAX_FILES,
    MAX_PROPS_RUNES,
    MAX_RUNES,
    NO_FILES,
    NO_PROPS,
    NULL,
    PLAIN_TYPES,
    SYSTEM_PREFIX,
    Deletion,
    Draft,
    Edit,
    Post,
    PostInput,
)
from mmfast.features.messages.threads import service as threads
from mmfast.features.spaces.channel_reading.service import mark_read
from mmfast.features.spaces.channels.events import CHANNEL_DELETED_FOREVER, ChannelDeletedForever
from mmfast.features.spaces.channels.service import get_channel
from mmfast.features.spaces.channels.types import DIRECT, Channel
from mmfast.features.spaces.teams.store import find_common_team_ids
from mmfast.platform.cache import CacheKind
from mmfast.platform.metrics import counter

POSTS: Final = counter("mattermost_post_total", "Posts written.")
ATTACHMENTS: Final = counter("mattermost_post_file_attachments_total", "Files attached to posts.")

ADDRESSED: Final[Hook[Draft]] = Hook("post_addressed")
"""Run before a post is written: who delivers sets `mentioned` and what belongs to it."""
WRITTEN: Final[Hook[Draft]] = Hook("post_written")
"""Run when a post was written: who gathers metadata fills it in."""
CREATED: Final[Hook[Draft]] = Hook("post_created")
"""Run after `WRITTEN`, in the transaction where there is one: who delivers lets everybody know."""
REPEATED: Final[Hook[Draft]] = Hook("post_repeated")
"""Run with the stored post when a request came again that this worker does not know: the one that wrote the post may
have died before it told anybody."""
DELETED: Final[Hook[Deletion]] = Hook("post_deleted")
"""Run after a post was deleted, in the same transaction."""
EDITING: Final[Hook[Edit]] = Hook("post_editing")
"""Run before a changed post is written, in the same transaction."""
ATTACHING: Final[Hook[Draft]] = Hook("post_attaching")
"""Run when a post with files was written: who keeps the files attaches them and corrects `draft.file_ids`."""

WRITING: Final[CacheKind[str, bool]] = CacheKind("posts_writing", size=10_000)
"""The ids of posts that clients know by a name of their own and that this worker has begun to write."""
REPEAT_MS: Final = 60_000
"""How old a post may be that is told again."""

_OWN_PROPS: Final = ("add_channel_member", "force_notification", PREVIEWED)
"""Props that only the server sets."""


async def find_post(ctx: Context, post_id: str, *, deleted: bool = False) -> Post | None:
    """The post with its thread's number of replies; one that is deleted only if asked for."""
    return await store.find_post(ctx.db, post_id, deleted=deleted)


async def get_post(ctx: Context, post_id: str, *, deleted: bool = False) -> Post:
    """As `find_post`, or the error that there is none."""
    post = await find_post(ctx, post_id, deleted=deleted)
    if post is None:
        raise errors.POST_NOT_FOUND()
    return post


async def list_posts(ctx: Context, ids: list[str]) -> list[Post]:
    """The posts with these ids that exist, deleted or not, newest first."""
    return await store.list_by_ids(ctx.db, ids)


def etag(ctx: Context, post: Post) -> str:
    """Changes when the post does; always, for a post that shows another, which changes by itself."""
    moment = now_ms() if b'"previewed_post"' in bytes(post.props) else post.update_at
    return f"{ctx.app.version_id}.{post.id}.{moment}"


async def require_unrestricted(ctx: Context, channel: Channel, refusal: ErrorKind) -> None:
    """Refuses work in a direct channel of people without a common team, where the server demands one. Bots are free."""
    if channel.type != DIRECT or ctx.config.TeamSettings.RestrictDirectMessage != "team":
        return
    people = await get_users(ctx, list(dict.fromkeys(channel.name.split("__"))))
    if len(people) < 2 or any(user.is_bot for user in people):
        return
    if not await find_common_team_ids(ctx.db, [user.id for user in people]):
        raise refusal()


# Making ---------------------------------------------------------------------------------------------------------------


def id_of_pending(pending_post_id: str) -> str:
    """The id of the post that a client knows by this name of its own."""
    number = int.from_bytes(hashlib.blake2b(pending_post_id.encode(), digest_size=16).digest(), "big") << 2
    return "".join(chr(ALPHABET[(number >> shift) & 31]) for shift in range(125, -1, -5))


def encode_props(props: dict[str, Any]) -> Raw:
    """Props as they are stored."""
    return Raw(msgspec.json.encode(props)) if props else NO_PROPS


def require_valid(post: Post) -> None:
    """Refuses a post that breaks the rules for what is stored."""
    if len(post.message) > MAX_RUNES:
        raise errors.MESSAGE_TOO_LONG(max=MAX_RUNES)
    known = post.type in PLAIN_TYPES or post.type.startswith((SYSTEM_PREFIX, CUSTOM_PREFIX))
    if not known or len(post.type) > 26:
        raise errors.TYPE_INVALID()
    if len(bytes(post.props)) > MAX_PROPS_RUNES and len(bytes(post.props).decode()) > MAX_PROPS_RUNES:
        raise errors.PROPS_TOO_LONG()
    if len(bytes(post.file_ids)) > MAX_FILE_IDS_RUNES:
        raise errors.FILES_TOO_LONG(max=MAX_FILES)


def sanitise_props(props: dict[str, Any]) -> dict[str, Any]:
    """Props from outside without what only the server may set, and with attachments in their full form."""
    clean = {key: value for key, value in props.items() if key not in _OWN_PROPS}
    attachments.normalise(clean)
    return clean


def new_post(author: User, channel: Channel, message: str, *, type: str = "", root_id: str = "") -> Post:
    """A post of the server's own words in somebody's name, not written yet."""
    now = next_ms()
    return Post(
        id=new_id(),
        create_at=now,
        update_at=now,
        edit_at=0,
        delete_at=0,
        is_pinned=False,
        user_id=author.id,
        channel_id=channel.id,
        root_id=root_id,
        original_id="",
        message=message,
        type=type,
        props=NO_PROPS,
        hashtags="",
        file_ids=NO_FILES,
        remote_id=UNSET,
        has_reactions=UNSET,
    )


def draft_of(wanted: PostInput, channel: Channel, author: User) -> Draft:
    """What a client's request for a post amounts to. Some fields of a post may be given, for the importers of old."""
    if wanted.type == BURN_ON_READ:
        raise errors.BURN_NEEDS_LICENSE()
    props = sanitise_props(wanted.props)
    if author.is_bot:
        props["from_bot"] = "true"
    now = next_ms()
    post = Post(
        id=new_id(),
        create_at=wanted.create_at or now,
        update_at=wanted.create_at or now,
        edit_at=wanted.edit_at,
        delete_at=0,
        is_pinned=wanted.is_pinned,
        user_id=author.id,
        channel_id=channel.id,
        root_id=wanted.root_id,
        original_id="",
        message=wanted.message,
        type=wanted.type,
        props=NO_PROPS,
        hashtags="",
        file_ids=NO_FILES,
        remote_id="",
        has_reactions=wanted.has_reactions or UNSET,
        pending_post_id=wanted.pending_post_id,
        reply_count=wanted.reply_count,
    )
    return Draft(
        post,
        props,
        channel,
        author,
        priority=wanted.metadata.priority if wanted.metadata else None,
        file_ids=list(dict.fromkeys(wanted.file_ids)),
    )


async def _root_of(ctx: Context, draft: Draft) -> Post | None:
    root_id = draft.post.root_id
    if not root_id:
        return None
    root = await find_post(ctx, root_id) if is_valid_id(root_id) else None
    if root is None or root.root_id:
        raise errors.ROOT_INVALID()
    if root.channel_id != draft.channel.id:
        raise errors.ROOT_ELSEWHERE()
    return root


def _require_priority(ctx: Context, draft: Draft) -> None:
    wanted = draft.priority
    if wanted is None:
        return
    if draft.post.root_id:
        raise errors.PRIORITY_ON_REPLY()
    if not ctx.config.ServiceSettings.PostPriority:
        raise errors.PRIORITY_OFF()
    if (wanted.requested_ack or wanted.persistent_notifications) and not draft.webhook:
        raise errors.LICENSE_NEEDED()


async def create_post(ctx: Context, draft: Draft) -> Post:
    """Writes the post and lets everybody know; gives the stored one where the request is a repetition."""
    post = draft.post
    _require_priority(ctx, draft)
    draft.root = await _root_of(ctx, draft)
    post.hashtags = find_hashtags(post.message)
    await ADDRESSED.run(ctx, draft)
    linked = await find_linked_post(ctx, post.message)
    if linked is not None:
        draft.props[PREVIEWED] = linked.id
    post.props = encode_props(draft.props)
    await look_behind_links(ctx, post.message, draft.props)
    if draft.file_ids:
        post.file_ids = Raw(msgspec.json.encode(draft.file_ids[:MAX_FILES]))
    require_valid(post)
    if post.pending_post_id:
        post.id = id_of_pending(post.pending_post_id)
    try:
        return await _write(ctx, draft)
    except StatementError as error:
        if error.sqlstate.startswith("22"):  # a character that PostgreSQL does not store, a text too long
            raise errors.POST_NOT_SAVED(detail=str(error)) from None
        raise


async def _write(ctx: Context, draft: Draft) -> Post:
    post = draft.post
    known = not post.pending_post_id or ctx.caches.find(WRITING, post.id) is not None
    if not known:
        ctx.caches.put(WRITING, post.id, True)
    if not (post.root_id or draft.file_ids or draft.priority):
        new, seen = await store.insert(ctx.db, draft)  # one statement needs no transaction around it
        if not new:
            return await _repeated(ctx, draft, known)
        await _finish(ctx, draft, seen)
        return post
    async with ctx.transaction() as tx:
        new, seen = await store.insert(tx, draft)
        if new:
            if draft.priority is not None:
                await store.insert_priority(tx, draft)
            if draft.file_ids:
                await _attach(ctx, draft)
            news = await threads.add_reply(ctx, draft) if draft.root is not None else []
            await _finish(ctx, draft, seen)
            for announcement in news:
                ctx.announce(announcement)
    return post if new else await _repeated(ctx, draft, known)


async def _attach(ctx: Context, draft: Draft) -> None:
    wanted = draft.file_ids
    await ATTACHING.run(ctx, draft)
    if draft.file_ids != wanted:
        await store.set_file_ids(ctx.db, draft.post.id, draft.file_ids)
        draft.post.file_ids = Raw(msgspec.json.encode(draft.file_ids)) if draft.file_ids else NULL


async def _finish(ctx: Context, draft: Draft, seen: int) -> None:
    draft.seen_at = seen
    ctx.after_commit(partial(_count, len(draft.file_ids)))
    await WRITTEN.run(ctx, draft)
    await CREATED.run(ctx, draft)


def _count(files: int) -> None:
    POSTS.inc()
    ATTACHMENTS.inc(files)


async def _repeated(ctx: Context, draft: Draft, known: bool) -> Post:
    """The post that is already there under the id, if the caller's request can have made it; else a new one.

    `known` tells that this worker has met the id before, and so has told or will tell of the post.
    """
    stored = await find_post(ctx, draft.post.id)
    own = draft.post.pending_post_id.startswith(draft.post.user_id)
    if stored is None or (own and stored.user_id != draft.post.user_id):
        # Deleted since, or somebody else took the name that this user's client would give: neither may swallow a post.
        pending, draft.post.pending_post_id = draft.post.pending_post_id, ""
        draft.post.id = new_id()
        post = await _write(ctx, draft)
        post.pending_post_id = pending
        return post
    if draft.viewed:
        await mark_read(ctx, draft.post.user_id, [draft.channel.id], with_threads=False)
    if not known and now_ms() - stored.create_at < REPEAT_MS:
        draft.post = stored.copy(pending_post_id=draft.post.pending_post_id)
        await WRITTEN.run(ctx, draft)
        await REPEATED.run(ctx, draft)
    return stored


# Deleting -------------------------------------------------------------------------------------------------------------


async def delete_post(ctx: Context, post: Post, *, permanent: bool = False) -> None:
    """Marks a post as deleted, and with the first of a thread its replies; or removes them for good."""
    channel = await get_channel(ctx, post.channel_id)
    if channel.delete_at:
        raise errors.DELETE_IN_ARCHIVED()
    await require_unrestricted(ctx, channel, errors.DELETE_IN_RESTRICTED)
    now = next_ms()
    async with ctx.transaction() as tx:
        removed: list[str] = []
        if permanent:
            removed = await store.remove(tx, post)
        else:
            await store.mark_deleted(tx, post, ctx.user_id, now)
        await threads.remove_post(ctx, post, now, permanent=permanent)
        await DELETED.run(ctx, Deletion(post, channel, permanent, removed))
        shown = post.copy(metadata=UNSET)
        ctx.announce(PostDeleted(post=shown, delete_by=ctx.user_id).to(channel_id=channel.id).sensitive())
        ctx.announce(PostDeleted(post=shown).to(channel_id=channel.id).sanitized())


@CHANNEL_DELETED_FOREVER.register
async def remove_with_channel(ctx: Context, news: ChannelDeletedForever) -> None:
    """The posts of a channel that is deleted for good go with it."""
    await store.remove_channel(ctx.db, news.channel.id)
