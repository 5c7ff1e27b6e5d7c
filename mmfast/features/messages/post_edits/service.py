"""Changes posts, keeps the versions before each change, and tells the channel.

A change of the content counts as an edit and leaves a version; pinning does neither.
"""

from typing import Any

import msgspec
from msgspec import UNSET, Raw

from mmfast.api.context import Context
from mmfast.core.clock import next_ms
from mmfast.core.errors import ErrorKind
from mmfast.features.messages.hashtags.service import find_hashtags
from mmfast.features.messages.link_previews.service import look_behind_links
from mmfast.features.messages.permalinks.service import PREVIEWED, find_linked_post
from mmfast.features.messages.post_edits import errors, store
from mmfast.features.messages.post_edits.types import PostPatch
from mmfast.features.messages.post_metadata.service import announce, prepare
from mmfast.features.messages.posts import service as posts
from mmfast.features.messages.posts.errors import POST_NOT_FOUND
from mmfast.features.messages.posts.events import PostEdited
from mmfast.features.messages.posts.types import NO_FILES, Edit, Post, PostInput
from mmfast.features.spaces.channels.service import get_channel


async def update_post(ctx: Context, post: Post, wanted: PostInput) -> Post:
    """Replaces what an author may replace; what is not given is emptied. Files stay."""
    patch = PostPatch(
        message=wanted.message,
        props=wanted.props,
        is_pinned=wanted.is_pinned,
        has_reactions=wanted.has_reactions,
    )
    return await change_post(ctx, post, patch, errors.UPDATE_IN_ARCHIVED, errors.UPDATE_IN_RESTRICTED)


async def patch_post(ctx: Context, post: Post, patch: PostPatch) -> Post:
    """Changes what is given."""
    return await change_post(ctx, post, patch, errors.PATCH_IN_ARCHIVED, errors.PATCH_IN_RESTRICTED)


async def set_pinned(ctx: Context, post: Post, pinned: bool) -> Post:
    """Pins a post to its channel, or takes it down. Anybody who may read the channel may, at any time."""
    channel = await get_channel(ctx, post.channel_id)
    if channel.delete_at:
        raise errors.PATCH_IN_ARCHIVED()
    await posts.require_unrestricted(ctx, channel, errors.PATCH_IN_RESTRICTED)
    return await _save(ctx, post, post.copy(is_pinned=pinned, update_at=next_ms()), Edit(post, post, []))


async def change_post(ctx: Context, post: Post, patch: PostPatch, archived: ErrorKind, restricted: ErrorKind) -> Post:
    """Applies a patch to a post and tells the channel. Gives the post as the caller sees it."""
    channel = await get_channel(ctx, post.channel_id)
    if channel.delete_at:
        raise archived()
    await posts.require_unrestricted(ctx, channel, restricted)
    if post.is_system:
        raise errors.SYSTEM_MESSAGE()
    now = next_ms()
    message = post.message if patch.message is None else patch.message
    limit = ctx.config.ServiceSettings.PostEditTimeLimit
    if message != post.message and limit >= 0 and now > post.create_at + limit * 1000:
        raise errors.TOO_LATE(limit=limit)
    old_files = post.read_file_ids()
    changed = post.copy(
        message=message,
        props=await _changed_props(ctx, post, patch, message),
        hashtags=find_hashtags(message),
        is_pinned=post.is_pinned if patch.is_pinned is None else patch.is_pinned,
        has_reactions=post.has_reactions if patch.has_reactions is None else (patch.has_reactions or UNSET),
        update_at=now,
    )
    await look_behind_links(ctx, message, changed.read_props())
    files = old_files if patch.file_ids is None else list(dict.fromkeys(patch.file_ids))
    return await _save(ctx, post, changed, Edit(post, changed, files))


async def replace_content(ctx: Context, post: Post, message: str, props: dict[str, Any] | None) -> Post:
    """Gives a post the text that an integration wants, and the props unless None; no time limit applies."""
    patch = PostPatch(message=message, props=props)
    changed = post.copy(
        message=message,
        props=await _changed_props(ctx, post, patch, message),
        hashtags=find_hashtags(message),
        update_at=next_ms(),
    )
    return await _save(ctx, post, changed, Edit(post, changed, post.read_file_ids()))


async def restore_version(ctx: Context, post: Post, version: Post) -> Post:
    """Gives the post the message and the files that it had in an earlier version."""
    if version.original_id != post.id:
        raise errors.NOT_A_VERSION()
    channel = await get_channel(ctx, post.channel_id)
    if channel.delete_at:
        raise errors.PATCH_IN_ARCHIVED()
    await posts.require_unrestricted(ctx, channel, errors.PATCH_IN_RESTRICTED)
    changed = post.copy(message=version.message, hashtags=find_hashtags(version.message), update_at=next_ms())
    return await _save(ctx, post, changed, Edit(post, changed, version.read_file_ids(), restored=True))


async def _changed_props(ctx: Context, post: Post, patch: PostPatch, message: str) -> Raw:
    if patch.props is None and message == post.message:
        return post.props
    props: dict[str, Any] = post.read_props() if patch.props is None else posts.sanitise_props(patch.props)
    props.pop(PREVIEWED, None)
    linked = await find_linked_post(ctx, message)
    if linked is not None:
        props[PREVIEWED] = linked.id
    return posts.encode_props(props)


async def _save(ctx: Context, post: Post, changed: Post, edit: Edit) -> Post:
    channel = await get_channel(ctx, post.channel_id)
    async with ctx.transaction() as tx:
        if edit.new is changed:
            await posts.EDITING.run(ctx, edit)
            changed.file_ids = Raw(msgspec.json.encode(edit.file_ids)) if edit.file_ids else NO_FILES
        content_changed = (
            changed.message != post.message
            or bytes(changed.props) != bytes(post.props)
            or bytes(changed.file_ids) != bytes(post.file_ids)
        )
        if content_changed:
            changed.edit_at = changed.update_at
        posts.require_valid(changed)
        await store.save(tx, changed, keep_version=content_changed)
        await prepare(ctx, [changed])
        await announce(ctx, changed, channel, lambda shown: PostEdited(post=shown).to(channel_id=channel.id))
    return changed


async def list_versions(ctx: Context, post: Post) -> list[Post]:
    """The earlier versions of a post, latest first; an error where there is none."""
    versions = await store.list_versions(ctx.db, post.id)
    if not versions:
        raise POST_NOT_FOUND()
    return await prepare(ctx, versions)
