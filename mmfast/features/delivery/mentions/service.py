"""Says whom a new post mentions, before it is written.

The work does not grow with the channel: names are looked up as they stand in the text, further keywords in an index
that holds only the members who have some, and only @channel and its like ask for all members.
"""

import re
from typing import Final

from mmfast.api.context import Context
from mmfast.features.delivery.mentions import store
from mmfast.features.delivery.mentions.types import Keywords, Names
from mmfast.features.identity.statuses.service import list_presences
from mmfast.features.identity.statuses.types import ONLINE
from mmfast.features.identity.users.service import USER_CHANGED, get_users
from mmfast.features.identity.users.types import User, UserChange
from mmfast.features.messages.attachments.service import texts_of
from mmfast.features.messages.markdown.service import without_code
from mmfast.features.messages.posts.service import ADDRESSED
from mmfast.features.messages.posts.types import Draft, Post
from mmfast.features.messages.threads.service import ALWAYS_ON, collapses_threads
from mmfast.features.messages.threads.store import find_participants
from mmfast.features.spaces.channels.events import MEMBER_ADDED, MEMBER_REMOVED, MemberAdded, MemberRemoved
from mmfast.features.spaces.channels.guards import may_in_this_channel
from mmfast.features.spaces.channels.types import DIRECT, GROUP, Channel
from mmfast.platform.cache import CacheKind

KEYWORDS: Final[CacheKind[str, Keywords]] = CacheKind("channel_keywords", size=20_000)
"""By channel."""

WIDE: Final = ("here", "channel", "all")
MAX_USERNAME: Final = 64
NOT_HIGHLIGHTED: Final = "mentionHighlightDisabled"

_NAME: Final = re.compile(r"(?<![A-Za-z0-9@./:\-])@([\w.\-]+)")
_WORD: Final = re.compile(r"[^\s!\"#$%&'()*+,/;<=>?@\[\\\]^`{|}~]+")
_UNSPACED: Final = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f]")
_EDGES: Final = ".-_:"
_PARTS: Final = re.compile(r"[.:\-]")


def find_names(texts: list[str]) -> Names:
    """The names after an @ in some texts, outside code."""
    found = Names([], set())
    for text in texts:
        for name in _NAME.findall(without_code(text)) if "@" in text else ():
            forms = _forms(name.lower())
            found.names.append(forms)
            found.wide.update(form for form in forms if form in WIDE)
    return found


def _forms(name: str) -> list[str]:
    """What a name may be when punctuation follows it, the longest first."""
    shortest = len(name.rstrip(_EDGES))
    return [name[:length] for length in range(min(len(name), MAX_USERNAME), shortest - 1, -1) if length]


def find_words(texts: list[str]) -> set[str]:
    """The words in some texts, outside code; of a joined word also its parts."""
    found: set[str] = set()
    for text in texts:
        for word in _WORD.findall(without_code(text)):
            bare = word.strip(_EDGES)
            found |= {word, bare, *_PARTS.split(bare)}
    return found


async def get_keywords(ctx: Context, channel_id: str) -> Keywords:
    """The words by which members of the channel asked to be called."""

    async def load() -> Keywords:
        index = Keywords({}, {}, {})
        for user_id, first_name, by_first_name, keys in await store.list_keywords(ctx.db, channel_id):
            if by_first_name and first_name:
                index.exact.setdefault(first_name, set()).add(user_id)
            for key in keys.split(","):
                word = key.strip().lower()
                if word and not word.startswith("@"):
                    table = index.unspaced if _UNSPACED.search(word) else index.words
                    table.setdefault(word, set()).add(user_id)
        return index

    return await ctx.cached(KEYWORDS, channel_id, load)


def is_from_webhook(draft: Draft) -> bool:
    """Whether an integration speaks in the author's name: then it may address the author too."""
    return bool(draft.props.get("from_webhook") == "true")


@ADDRESSED.register
async def address(ctx: Context, draft: Draft) -> None:
    """Fills in whom the post mentions, and which of its mentions reach nobody."""
    channel, post = draft.channel, draft.post
    if channel.type == DIRECT:
        other = channel.other_user_id(post.user_id)
        draft.mentioned = draft.named = {other} - {post.user_id}
        return
    if channel.type == GROUP:
        members = set(await store.list_member_ids(ctx.db, channel.id))
        draft.mentioned = draft.named = members - ({post.user_id} if not is_from_webhook(draft) else set())
        return
    if post.is_system:
        added = draft.props.get("addedUserId")
        if post.type in ("system_add_to_channel", "system_add_guest_to_chan") and isinstance(added, str):
            draft.mentioned = draft.named = {added}
        return
    texts = [post.message, *texts_of(draft.props)]
    called = find_names(texts)
    if called.names:
        await _add_named(ctx, draft, called)
    keywords = await get_keywords(ctx, channel.id)
    if keywords.words or keywords.exact or keywords.unspaced:
        _add_called(draft, keywords, texts)
    if draft.root is not None:
        await _add_involved(ctx, draft)
    draft.mentioned = set(draft.named)
    if called.wide:
        await _add_everybody(ctx, draft, called.wide)
    if not is_from_webhook(draft):
        draft.mentioned.discard(post.user_id)
        draft.named.discard(post.user_id)


async def _add_named(ctx: Context, draft: Draft, called: Names) -> None:
    forms = {form for forms in called.names for form in forms if form and form not in WIDE}
    if not forms:
        return
    known = {
        n.username: n for n in await store.list_named(ctx.db, sorted(forms), draft.channel.id, draft.channel.team_id)
    }
    outside: dict[str, None] = {}
    for name in called.names:
        found = next((known[form] for form in name if form in known), None)
        if found is None:
            continue
        if found.in_channel:
            draft.named.add(found.user_id)
        elif found.in_team and found.active and not found.is_bot:
            outside[found.user_id] = None
    if outside:
        draft.team_mates_outside = await get_users(ctx, list(outside))


def _add_called(draft: Draft, keywords: Keywords, texts: list[str]) -> None:
    words = find_words(texts)
    for word in {word.lower() for word in words} & keywords.words.keys():
        draft.named |= keywords.words[word]
    for word in words & keywords.exact.keys():
        draft.named |= keywords.exact[word]
    if keywords.unspaced:
        lowered = without_code("\n".join(texts)).lower()
        for word, users in keywords.unspaced.items():
            if word in lowered:
                draft.named |= users


async def _add_involved(ctx: Context, draft: Draft) -> None:
    """Those who want to hear of every answer in threads that they began or took part in, and do not follow threads."""
    root = draft.root
    if root is None or ctx.config.ServiceSettings.CollapsedThreads == ALWAYS_ON:
        return
    involved = {root.user_id, *await find_participants(ctx.db, root.id)}
    for user in await get_users(ctx, sorted(involved)):
        wish = user.notify_props.get("comments", "never")
        wanted = wish == "any" or (wish == "root" and user.id == root.user_id)
        if wanted and not await collapses_threads(ctx, user.id):
            draft.named.add(user.id)


async def _add_everybody(ctx: Context, draft: Draft, wide: set[str]) -> None:
    author = draft.author
    own_words = author is not None and author.id == ctx.user_id
    if own_words and not await may_in_this_channel(ctx, draft.channel, "use_channel_mentions"):
        draft.props[NOT_HIGHLIGHTED] = True
        return
    limit = ctx.config.TeamSettings.MaxNotificationsPerChannel
    if await store.count_members(ctx.db, draft.channel.id) > limit:
        draft.missed = [word for word in WIDE if word in wide]
        return
    hearers = await store.list_hearers(ctx.db, draft.channel.id)
    if wide == {"here"}:
        present = {p.user_id for p in await list_presences(ctx, hearers) if p.status == ONLINE}
        hearers = [user_id for user_id in hearers if user_id in present]
    draft.mentioned |= set(hearers)


def mentions_member(post: Post, channel: Channel, user: User) -> bool:
    """Whether a post that is there counts as a mention of a member who did not write it."""
    if channel.is_direct_or_group:
        return True
    props = post.read_props()
    if post.is_system:
        return props.get("addedUserId") == user.id
    texts = [post.message, *texts_of(props)]
    called = find_names(texts)
    if any(user.username in forms for forms in called.names):
        return True
    if called.wide and not props.get(NOT_HIGHLIGHTED) and user.notify_props.get("channel", "true") != "false":
        return True
    if not _has_keywords(user):
        return False
    words = find_words(texts)
    if user.notify_props.get("first_name") == "true" and user.first_name in words:
        return True
    keys = {key.strip().lower() for key in user.notify_props.get("mention_keys", "").split(",")} - {""}
    if not keys:
        return False
    lowered = without_code("\n".join(texts)).lower()
    return bool(keys & {word.lower() for word in words}) or any(_UNSPACED.search(k) and k in lowered for k in keys)


# Keeping the index true ----------------------------------------------------------------------------------------------


def _has_keywords(user: User) -> bool:
    return user.notify_props.get("first_name") == "true" or bool(user.notify_props.get("mention_keys"))


@MEMBER_ADDED.register
async def forget_after_joining(ctx: Context, news: MemberAdded) -> None:
    """A new member's words count from now on."""
    if _has_keywords(news.user):
        ctx.invalidate(KEYWORDS, news.channel.id)


@MEMBER_REMOVED.register
async def forget_after_leaving(ctx: Context, news: MemberRemoved) -> None:
    """The words of one who left count no more."""
    if _has_keywords(news.user):
        ctx.invalidate(KEYWORDS, news.channel.id)


@USER_CHANGED.register
async def forget_after_change(ctx: Context, news: UserChange) -> None:
    """Other words or another first name: rare enough to forget the index of all channels."""
    before, after = news.before, news.after
    if not _has_keywords(before) and not _has_keywords(after):
        return
    if before.notify_props != after.notify_props or before.first_name != after.first_name:
        ctx.invalidate(KEYWORDS, None)
