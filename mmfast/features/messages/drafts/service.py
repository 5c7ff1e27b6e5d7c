"""Keeps, lists and deletes the caller's drafts, and tells the caller's other clients."""

from collections.abc import Sequence

import msgspec
from msgspec import UNSET, Raw

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import is_valid_id
from mmfast.features.messages.drafts import errors, store
from mmfast.features.messages.drafts.events import DraftCreated, DraftDeleted
from mmfast.features.messages.drafts.types import MAX_PROPS_RUNES, Draft, DraftInput
from mmfast.features.messages.files.store import list_by_ids as list_files
from mmfast.features.messages.posts.service import DELETED
from mmfast.features.messages.posts.types import MAX_FILE_IDS_RUNES, MAX_FILES, MAX_RUNES, Deletion, PostMetadata
from mmfast.features.spaces.channels.events import CHANNEL_DELETED_FOREVER, ChannelDeletedForever
from mmfast.realtime.event import Announcement, Event

CONNECTION_ID = "connection-id"
"""The header by which a client says which of its user's connections is its own."""


def _to_other_clients(ctx: Context, event: Event, draft: Draft) -> Announcement:
    own = ctx.request.headers.get(CONNECTION_ID) if ctx.request is not None else ""
    return event.to(user_id=draft.user_id, channel_id=draft.channel_id, omit_connection_id=own)


def require_valid(draft: Draft) -> None:
    """Refuses what cannot be kept."""
    if draft.root_id and not is_valid_id(draft.root_id):
        raise errors.ROOT_INVALID()
    if len(draft.message) > MAX_RUNES:
        raise errors.MESSAGE_TOO_LONG(max=MAX_RUNES)
    if len(bytes(draft.props).decode()) > MAX_PROPS_RUNES:
        raise errors.PROPS_TOO_LONG()
    if draft.file_ids is not UNSET and len(msgspec.json.encode(draft.file_ids)) > MAX_FILE_IDS_RUNES:
        raise errors.FILES_TOO_LONG(max=MAX_FILES)


async def save_draft(ctx: Context, wanted: DraftInput) -> Draft | None:
    """Keeps a draft in place of an older one; one without a message and files is removed instead."""
    if not wanted.message and not wanted.file_ids:
        await store.delete(ctx.db, ctx.user_id, wanted.channel_id, wanted.root_id)
        return None
    now = now_ms()
    draft = Draft(
        now,
        now,
        0,
        ctx.user_id,
        wanted.channel_id,
        wanted.root_id,
        wanted.message,
        wanted.type,
        Raw(msgspec.json.encode(wanted.props)),
        file_ids=wanted.file_ids or UNSET,
        priority=Raw(msgspec.json.encode(wanted.priority)) if wanted.priority else UNSET,
    )
    require_valid(draft)
    draft.create_at = await store.save(ctx.db, draft)
    await _add_metadata(ctx, [draft])
    ctx.announce(_to_other_clients(ctx, DraftCreated(draft=draft), draft))
    return draft


async def list_drafts(ctx: Context, team_id: str) -> Sequence[Draft]:
    """The caller's drafts in the team and in direct messages, the latest first."""
    drafts = await store.list_of_team(ctx.db, ctx.user_id, team_id)
    await _add_metadata(ctx, drafts)
    return drafts


async def _add_metadata(ctx: Context, drafts: Sequence[Draft]) -> None:
    ids = {file_id for draft in drafts if draft.file_ids for file_id in draft.file_ids}
    known = {info.id: info for info in await list_files(ctx.db, sorted(ids))} if ids else {}
    for draft in drafts:
        own = [known[i] for i in draft.file_ids or () if i in known and known[i].user_id == draft.user_id]
        draft.metadata = PostMetadata(files=own or None)


async def delete_draft(ctx: Context, channel_id: str, root_id: str) -> None:
    """Removes the caller's draft in a channel or a thread; that there is none is fine."""
    draft = await store.delete(ctx.db, ctx.user_id, channel_id, root_id)
    if draft is not None:
        ctx.announce(_to_other_clients(ctx, DraftDeleted(draft=draft), draft))


@DELETED.register
async def forget_replies(ctx: Context, news: Deletion) -> None:
    """Nobody can answer a post that is gone."""
    if not news.post.root_id:
        await store.delete_of_thread(ctx.db, news.channel.id, news.post.id)


@CHANNEL_DELETED_FOREVER.register
async def forget_channel(ctx: Context, news: ChannelDeletedForever) -> None:
    """The drafts in a channel that is deleted for good go with it."""
    await store.delete_of_channel(ctx.db, news.channel.id)
