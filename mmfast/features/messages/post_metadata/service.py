"""Gathers what is shown with posts. Most posts have nothing to show, and cost nothing here.

`prepare` is for a reader: it looks up what the reader may see of linked posts. `prepare_new` is for a post that was
just written; who receives its event sees what they may by `variant_without_preview`.
"""

import re
from collections.abc import Callable
from typing import Final

import msgspec

from mmfast.api.context import Context
from mmfast.features.messages.attachments import service as attachments
from mmfast.features.messages.emoji.service import find_emojis_by_names
from mmfast.features.messages.files.service import list_infos_of_posts
from mmfast.features.messages.link_previews.service import describe_links
from mmfast.features.messages.permalinks.service import PREVIEWED, find_previews
from mmfast.features.messages.post_metadata import store
from mmfast.features.messages.posts.service import WRITTEN
from mmfast.features.messages.posts.types import NO_FILES, NO_METADATA, NO_PROPS, Draft, Post, PostMetadata
from mmfast.features.messages.reactions.store import list_by_posts as list_reactions
from mmfast.features.messages.reactions.types import Reaction
from mmfast.features.spaces.channels.service import get_channel
from mmfast.features.spaces.channels.types import PUBLIC, Channel
from mmfast.realtime.event import Announcement

EMOJI_NAME: Final = re.compile(r":([A-Za-z0-9_+\-]{1,64}):")


async def prepare(ctx: Context, posts: list[Post]) -> list[Post]:
    """Fills in the metadata of posts for the caller, and takes away what the caller may not see. In place."""
    rich = []
    for post in posts:
        post.metadata = NO_METADATA
        if post.delete_at and not post.original_id:
            _hide_deleted(post)
        elif (
            post.props is not NO_PROPS
            or post.file_ids is not NO_FILES
            or post.has_reactions is True
            or ":" in post.message
        ):
            rich.append(post)
    found: dict[str, PostMetadata] = {}
    await _add_priorities(ctx, posts, found)
    if rich:
        await _add_parts(ctx, rich, found)
    for post in posts:
        if post.id in found:
            post.metadata = found[post.id]
    return posts


def _hide_deleted(post: Post) -> None:
    post.message = post.hashtags = ""
    post.file_ids = NO_FILES


async def _add_priorities(ctx: Context, posts: list[Post], found: dict[str, PostMetadata]) -> None:
    if not ctx.config.ServiceSettings.PostPriority:
        return
    roots = [p.id for p in posts if not p.root_id and not p.type]
    if not roots:
        return
    for post_id, priority in (await store.list_priorities(ctx.db, roots)).items():
        found.setdefault(post_id, PostMetadata()).priority = priority


async def _add_parts(ctx: Context, posts: list[Post], found: dict[str, PostMetadata], *, new: bool = False) -> None:
    def of(post_id: str) -> PostMetadata:
        return found.setdefault(post_id, PostMetadata())

    reacted = [p.id for p in posts if p.has_reactions is True]
    reactions = await list_reactions(ctx.db, reacted) if reacted else {}
    for post_id, given in reactions.items():
        of(post_id).reactions = given
    with_files = [p for p in posts if p.file_ids is not NO_FILES]
    if with_files:
        for post_id, infos in (await list_infos_of_posts(ctx, with_files)).items():
            of(post_id).files = infos
    await _add_emojis(ctx, posts, reactions, found)
    await _add_embeds(ctx, posts, found, new=new)


async def _add_emojis(
    ctx: Context, posts: list[Post], reactions: dict[str, list[Reaction]], found: dict[str, PostMetadata]
) -> None:
    if not ctx.config.ServiceSettings.EnableCustomEmoji:
        return
    wanted: dict[str, list[str]] = {}
    for post in posts:
        names = EMOJI_NAME.findall(post.message) if post.message.count(":") > 1 else []
        names += [reaction.emoji_name for reaction in reactions.get(post.id, ())]
        if post.props is not NO_PROPS:
            for text in attachments.texts_of(post.read_props()) if b'"attachments"' in bytes(post.props) else ():
                names += EMOJI_NAME.findall(text)
        if names:
            wanted[post.id] = list(dict.fromkeys(names))
    if not wanted:
        return
    known = await find_emojis_by_names(ctx, sorted({name for names in wanted.values() for name in names}))
    for post_id, names in wanted.items():
        emojis = [known[name] for name in names if name in known]
        if emojis:
            found.setdefault(post_id, PostMetadata()).emojis = emojis


async def _add_embeds(ctx: Context, posts: list[Post], found: dict[str, PostMetadata], *, new: bool) -> None:
    linking: dict[str, str] = {}
    described = []
    for post in posts:
        props = bytes(post.props)
        if b'"attachments"' in props:
            found.setdefault(post.id, PostMetadata()).embeds = [{"type": "message_attachment"}]
            if attachments.has_actions(props):
                post.props = msgspec.Raw(msgspec.json.encode(attachments.hide_integrations(post.read_props())))
            described.append(post)
        elif b'"previewed_post"' in props:
            linked = post.read_props().get(PREVIEWED)
            if isinstance(linked, str) and linked and ctx.config.ServiceSettings.EnablePermalinkPreviews:
                linking[post.id] = linked
        elif "://" in post.message:
            described.append(post)
    if linking:
        await _add_previews(ctx, posts, linking, found)
    for post in described:
        embeds, images = await describe_links(ctx, post.message, post.read_props(), new=new)
        if embeds or images:
            metadata = found.setdefault(post.id, PostMetadata())
            metadata.embeds = (metadata.embeds or embeds) or None
            metadata.images = images or None


async def _add_previews(
    ctx: Context, posts: list[Post], linking: dict[str, str], found: dict[str, PostMetadata]
) -> None:
    previews = await find_previews(ctx, sorted(set(linking.values())))
    for post in posts:
        linked = linking.get(post.id)
        if linked is None:
            continue
        preview = previews.get(linked)
        if preview is None:
            continue
        if not preview.visible:
            without_preview(post)
        elif preview.embed is not None:
            found.setdefault(post.id, PostMetadata()).embeds = [preview.embed]


def without_preview(post: Post) -> None:
    """Takes the mention of a linked post away that the reader may not see. In place."""
    props = post.read_props()
    props.pop(PREVIEWED, None)
    post.props = msgspec.Raw(msgspec.json.encode(props)) if props else NO_PROPS


async def announce(ctx: Context, post: Post, channel: Channel, event_with: Callable[[Post], Announcement]) -> None:
    """Announces an event that carries the post to its channel; who may not see the post it previews gets it without."""
    hidden_from = await _blind_members(ctx, post, channel)
    if not hidden_from:
        ctx.announce(event_with(post))
        return
    members = await store.list_member_ids(ctx.db, channel.id)
    bare = post.copy(metadata=NO_METADATA)
    without_preview(bare)
    ctx.announce(event_with(post).only_for(set(members) - hidden_from))
    ctx.announce(event_with(bare).only_for(hidden_from))


async def _blind_members(ctx: Context, post: Post, channel: Channel) -> set[str]:
    """The members of the channel who may not read the post that this one previews."""
    embeds = post.metadata.embeds if isinstance(post.metadata, PostMetadata) else None
    if not embeds or embeds[0].get("type") != "permalink":
        return set()
    linked = await get_channel(ctx, embeds[0]["data"]["channel_id"])
    if linked.id == channel.id:
        return set()
    team_id = linked.team_id if linked.type == PUBLIC else ""
    return set(await store.list_blind_members(ctx.db, channel.id, linked.id, team_id))


@WRITTEN.register
async def prepare_new(ctx: Context, draft: Draft) -> None:
    """Fills in the metadata of a post that was just written, as its author sees it."""
    post = draft.post
    if draft.priority is None and (
        post.file_ids is NO_FILES
        and ":" not in post.message
        and b'"attachments"' not in bytes(post.props)
        and b'"previewed_post"' not in bytes(post.props)
    ):
        post.metadata = NO_METADATA
        return
    found: dict[str, PostMetadata] = {}
    if draft.priority is not None:
        found[post.id] = PostMetadata(priority=msgspec.to_builtins(draft.priority))
        found[post.id].priority["priority"] = draft.priority.priority or ""  # type: ignore[index]
    reacted, post.has_reactions = post.has_reactions, msgspec.UNSET
    await _add_parts(ctx, [post], found, new=True)
    post.has_reactions = reacted
    post.metadata = found.get(post.id, NO_METADATA)
