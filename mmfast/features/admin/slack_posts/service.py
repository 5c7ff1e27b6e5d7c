"""Makes posts of messages. Blocks where it looks into the archive: call it in a thread.

Nothing is cut: a message that is too long for a post becomes several. Two messages of one millisecond are set apart by
one, as clients put posts in order by their times alone; the same export always gives the same times, so that an import
done twice doubles nothing.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from mmfast.features.admin.slack_exports.service import find_upload
from mmfast.features.admin.slack_exports.types import SlackFile, SlackMessage
from mmfast.features.admin.slack_posts.types import Notes, Scene
from mmfast.features.admin.slack_text.service import to_markdown

_ORDINARY: Final = frozenset(("", "bot_message", "file_share", "file_comment", "thread_broadcast", "me_message"))
_SYSTEM: Final = {
    "channel_join": "system_join_channel",
    "group_join": "system_join_channel",
    "channel_leave": "system_leave_channel",
    "group_leave": "system_leave_channel",
    "channel_topic": "system_header_change",
    "group_topic": "system_header_change",
    "channel_purpose": "system_purpose_change",
    "group_purpose": "system_purpose_change",
    "channel_name": "system_displayname_change",
    "group_name": "system_displayname_change",
}
"""Messages that Slack makes of what people do, and the types of the posts that say the same here."""

_EMOJI: Final = re.compile(r"[A-Za-z0-9_+-]{1,64}")
_TIME: Final = re.compile(r"(\d{1,12})(?:\.(\d+))?")
_TEXTS: Final = ("fallback", "pretext", "text", "title", "footer", "author_name")
_PLAIN: Final = ("color", "author_link", "author_icon", "title_link", "image_url", "thumb_url", "footer_icon")

Post = dict[str, Any]


def make_posts(messages: Iterable[SlackMessage], pinned: set[str], scene: Scene, notes: Notes) -> Iterator[Post]:
    """The posts of one conversation, each with its replies."""
    roots: dict[str, Post] = {}
    posts: list[Post] = []
    used: set[int] = set()
    for message in messages:
        made = _make(message, used, scene, notes)
        if made and message.ts in pinned:
            made[0]["is_pinned"] = True
        root = roots.get(message.thread_ts or "") if message.thread_ts != message.ts else None
        if root is not None:
            root.setdefault("replies", []).extend(made)
            continue
        posts += made
        if made:
            roots[message.ts] = made[0]
    yield from posts


def time_of(ts: str) -> int:
    """Milliseconds since 1970; 0 for what is no time."""
    found = _TIME.fullmatch(ts)
    return int(found[1]) * 1000 + int(f"{found[2] or ''}000"[:3]) if found else 0


def _make(message: SlackMessage, used: set[int], scene: Scene, notes: Notes) -> list[Post]:
    """The posts that say what the message said; none for one that is left out."""
    subtype = message.subtype or ""
    at = time_of(message.ts)
    if subtype not in _ORDINARY and subtype not in _SYSTEM:
        notes.left_out[f"messages of the kind {subtype}"] += 1
        return []
    if not at:
        notes.left_out["messages without a time"] += 1
        return []
    paths = _paths(message, scene, notes)
    props = _props(message, scene)
    texts = _pieces(_text(message, scene), scene.max_post)
    if texts == [""] and not paths and not props.get("attachments"):
        notes.left_out["empty messages"] += 1
        return []
    author = scene.names.people.get(message.user or "")
    if author is None:
        author = scene.importer
        notes.by_importer += 1
        props |= {"from_webhook": "true", "override_username": message.username or message.user or scene.importer}
    posts: list[Post] = []
    for text in texts:
        while at in used:
            at += 1
        used.add(at)
        posts.append({"user": author, "message": text, "create_at": at})
    first = posts[0]
    if props:
        first["props"] = props
    if kind := _SYSTEM.get(subtype, "slack_attachment" if "attachments" in props else ""):
        first["type"] = kind
    if paths:
        first["attachments"] = [{"path": path} for path in paths]
    if reactions := _reactions(message, first["create_at"], scene, notes):
        first["reactions"] = reactions
    notes.posts += len(posts)
    return posts


def _pieces(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)] or [""]


def _text(message: SlackMessage, scene: Scene) -> str:
    text = to_markdown(message.text or "", scene.names)
    if message.subtype == "me_message":
        text = f"*{text}*"
    for file in _files(message):
        if find_upload(scene.archive, file) is None and file.url_private:
            text = f"{text}\n[{file.title or file.name or file.url_private}]({file.url_private})".lstrip("\n")
    return text


def _files(message: SlackMessage) -> list[SlackFile]:
    return [*(message.files or []), *([message.file] if message.file else [])]


def _paths(message: SlackMessage, scene: Scene, notes: Notes) -> list[str]:
    """The paths of the message's files in the archive to be made."""
    paths = []
    for file in _files(message):
        name = find_upload(scene.archive, file)
        if name is None:
            notes.missing_files += 1
            continue
        path = f"slack/{file.id}/{file.name}"
        notes.uploads[path] = name
        paths.append(path)
    return paths


def _props(message: SlackMessage, scene: Scene) -> dict[str, Any]:
    subtype = message.subtype or ""
    username = scene.names.people.get(message.user or "", "")
    props: dict[str, Any] = {"username": username} if subtype in _SYSTEM and username else {}
    if subtype.endswith("_topic"):
        props["new_header"] = message.topic or ""
    elif subtype.endswith("_purpose"):
        props["new_purpose"] = message.purpose or ""
    elif subtype.endswith("_name") and subtype in _SYSTEM:
        props |= {"old_displayname": message.old_name or "", "new_displayname": message.name or ""}
    if attachments := [_attachment(item, scene) for item in message.attachments or []]:
        props["attachments"] = attachments
    return props


def _attachment(given: dict[str, Any], scene: Scene) -> dict[str, Any]:
    """A program's attachment; its buttons are left out, as what they called knows nothing of this server."""
    made = {name: given[name] for name in _PLAIN if isinstance(given.get(name), str)}
    made |= {name: to_markdown(given[name], scene.names) for name in _TEXTS if isinstance(given.get(name), str)}
    fields = [item for item in given.get("fields") or [] if isinstance(item, dict)]
    if fields:
        made["fields"] = [
            {
                "title": str(item.get("title") or ""),
                "value": to_markdown(str(item.get("value") or ""), scene.names),
                "short": bool(item.get("short")),
            }
            for item in fields
        ]
    return made


def _reactions(message: SlackMessage, at: int, scene: Scene, notes: Notes) -> list[dict[str, Any]]:
    reactions = []
    for reaction in message.reactions or []:
        name = (reaction.name or "").partition("::")[0]  # the tone of the skin stands behind two colons
        for id in dict.fromkeys(reaction.users or []):
            username = scene.names.people.get(id)
            if username is None or _EMOJI.fullmatch(name) is None:
                notes.left_out["reactions of programs or with names that no emoji has"] += 1
            else:
                reactions.append({"user": username, "emoji_name": name, "create_at": at})
    return reactions
