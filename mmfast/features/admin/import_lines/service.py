"""Reads a line and says what is wrong with it, as far as the line alone can tell. Pure: no database, no files.

Whether the teams, people and files that it names are there is for `import_checks`.
"""

import re
from typing import Any, Final

import msgspec

from mmfast.core.errors import AppError, ErrorKind
from mmfast.core.system_emojis import is_system_emoji
from mmfast.features.admin.import_lines import errors
from mmfast.features.admin.import_lines.types import (
    KINDS,
    BotLine,
    ChannelLine,
    DirectChannelLine,
    DirectPostLine,
    EmojiLine,
    InvalidLine,
    Limits,
    Line,
    NotifyPropsLine,
    PostLine,
    ReactionLine,
    ReplyLine,
    RoleLine,
    SchemeLine,
    TeamLine,
    UserLine,
)
from mmfast.features.identity.passwords.service import MAX_BYTES as MAX_PASSWORD
from mmfast.features.identity.roles.catalogue import BITS as PERMISSIONS
from mmfast.features.identity.users.service import is_email, is_username
from mmfast.features.messages.posts.types import MAX_PROPS_RUNES
from mmfast.features.spaces.teams.service import RESERVED_NAMES

VERSION: Final = 1
MAX_MEMBERS: Final = 8
SERVICES: Final = ("", "gitlab", "ldap", "saml", "google", "office365", "openid", "magic_link")
INTERVALS: Final = {"immediately": "30", "immediate": "30", "fifteen": "900", "hour": "3600"}
"""What `email_interval` may say, and the preference in seconds that it stands for."""

_decoder = msgspec.json.Decoder(Line, strict=False)
_TEAM_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])")
_CHANNEL_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")
_ROLE_NAME: Final = re.compile(r"[a-z0-9_]{2,64}")
_EMOJI_NAME: Final = re.compile(r"[A-Za-z0-9_+\-]{1,64}")
_ROLE_LIST: Final = re.compile(r"[a-z0-9_ ]{0,256}")
_MOVED: Final = re.compile(r"^(.*?) - at `\$\.?(.*)`$")
_NUL: Final = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
_SWITCH: Final = {"true", "false"}
_WHEN: Final = {"all", "mention", "none"}
_NOTIFY: Final = {
    "desktop": _WHEN,
    "desktop_sound": _SWITCH,
    "email": _SWITCH,
    "mobile": _WHEN,
    "mobile_push_status": {"online", "away", "offline"},
    "channel": _SWITCH,
    "comments": {"any", "root", "never"},
}
_MEMBER_NOTIFY: Final = {
    "desktop": _WHEN | {"default"},
    "mobile": _WHEN | {"default"},
    "mark_unread": {"all", "mention"},
}


def read_line(raw: bytes) -> Line:
    """The line's content, without the character NUL, which PostgreSQL cannot hold. Raises InvalidLine."""
    if b"\\u0000" in raw:
        raw = _NUL.sub(rb"\1", raw)
    try:
        return _decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        found = _MOVED.match(str(error))
        reason, field = found.groups() if found else (str(error), "")
        raise InvalidLine(field, errors.NOT_JSON(reason=reason)) from None


def require_valid(line: Line, limits: Limits) -> None:
    """Refuses a line whose fields break the rules, with the first that does. Raises InvalidLine."""
    if line.type not in KINDS:
        raise InvalidLine("type", errors.UNKNOWN_KIND(kind=line.type))
    if line.type == "version":
        return
    content: Any = getattr(line, line.type)
    if content is None:
        raise InvalidLine(line.type, errors.EMPTY[line.type]())
    _CHECKS[line.type](content, limits)


def _require(valid: object, field: str, kind: ErrorKind, **params: str | None) -> None:
    if not valid:
        raise InvalidLine(field, AppError(kind, dict(params)))


# Roles, schemes, emojis -----------------------------------------------------------------------------------------------


def _check_role(role: RoleLine, limits: Limits, field: str = "role") -> None:
    _require(_ROLE_NAME.fullmatch(role.name or ""), f"{field}.name", errors.ROLE_NAME)
    _require(0 < len(role.display_name or "") <= 128, f"{field}.display_name", errors.ROLE_DISPLAY_NAME)
    _require(len(role.description or "") <= 1024, f"{field}.description", errors.ROLE_DESCRIPTION)
    for name in role.permissions or []:
        _require(name in PERMISSIONS, f"{field}.permissions", errors.ROLE_PERMISSION, name=name)


def _check_scheme(scheme: SchemeLine, limits: Limits) -> None:
    _require(scheme.scope, "scheme.scope", errors.SCHEME_NO_SCOPE)
    _require(scheme.scope in ("team", "channel"), "scheme.scope", errors.SCHEME_SCOPE)
    _require(_ROLE_NAME.fullmatch(scheme.name or ""), "scheme.name", errors.SCHEME_NAME)
    _require(0 < len(scheme.display_name or "") <= 128, "scheme.display_name", errors.SCHEME_DISPLAY_NAME)
    _require(len(scheme.description or "") <= 1024, "scheme.description", errors.SCHEME_DESCRIPTION)
    of_team = (scheme.default_team_admin_role, scheme.default_team_user_role)
    of_channel = (scheme.default_channel_admin_role, scheme.default_channel_user_role)
    fitting = None not in of_channel and (
        None not in of_team
        if scheme.scope == "team"
        else of_team == (None, None) and scheme.default_team_guest_role is None
    )
    _require(fitting, "scheme", errors.SCHEME_ROLES)
    for name, role in roles_of(scheme).items():
        _check_role(role, limits, f"scheme.{name}")


def roles_of(scheme: SchemeLine) -> dict[str, RoleLine]:
    """The roles that the line gives, by the fields in which they stand."""
    fields = [f"default_{scope}_{kind}_role" for scope in ("team", "channel") for kind in ("admin", "user", "guest")]
    return {name: role for name in fields if (role := getattr(scheme, name)) is not None}


def _check_emoji(emoji: EmojiLine, limits: Limits) -> None:
    _require(emoji.name or emoji.image, "emoji", errors.EMOJI_EMPTY)
    valid = _EMOJI_NAME.fullmatch(emoji.name or "") and not is_system_emoji(emoji.name or "")
    _require(valid, "emoji.name", errors.EMOJI_NO_NAME)
    _require(emoji.image, "emoji.image", errors.EMOJI_NO_IMAGE)


# Teams and channels ---------------------------------------------------------------------------------------------------


def _check_team(team: TeamLine, limits: Limits) -> None:
    _require(team.name is not None, "team.name", errors.TEAM_NO_NAME)
    name = team.name or ""
    _require(2 <= len(name) <= 64, "team.name", errors.TEAM_NAME_LENGTH)
    _require(not name.startswith(RESERVED_NAMES), "team.name", errors.TEAM_NAME_RESERVED)
    _require(_TEAM_NAME.fullmatch(name), "team.name", errors.TEAM_NAME_CHARACTERS)
    _require(team.display_name is not None, "team.display_name", errors.TEAM_NO_DISPLAY_NAME)
    _require(0 < len((team.display_name or "").encode()) <= 64, "team.display_name", errors.TEAM_DISPLAY_NAME)
    _require(team.type is not None, "team.type", errors.TEAM_NO_TYPE)
    _require(team.type in ("O", "I"), "team.type", errors.TEAM_TYPE)
    _require(len(team.description or "") <= 255, "team.description", errors.TEAM_DESCRIPTION)
    _require(not team.scheme or _ROLE_NAME.fullmatch(team.scheme), "team.scheme", errors.TEAM_SCHEME)


def _check_channel(channel: ChannelLine, limits: Limits) -> None:
    _require(channel.team, "channel.team", errors.CHANNEL_NO_TEAM)
    _require(channel.name, "channel.name", errors.CHANNEL_NO_NAME)
    _require(len(channel.name or "") <= 64, "channel.name", errors.CHANNEL_NAME_LENGTH)
    _require(_CHANNEL_NAME.fullmatch(channel.name or ""), "channel.name", errors.CHANNEL_NAME_CHARACTERS)
    shown = channel.display_name
    _require(shown is None or 0 < len(shown) <= 64, "channel.display_name", errors.CHANNEL_DISPLAY_NAME)
    _require(channel.type is not None, "channel.type", errors.CHANNEL_NO_TYPE)
    _require(channel.type in ("O", "P"), "channel.type", errors.CHANNEL_TYPE)
    _require(len(channel.header or "") <= 1024, "channel.header", errors.CHANNEL_HEADER)
    _require(len(channel.purpose or "") <= 250, "channel.purpose", errors.CHANNEL_PURPOSE)
    _require(not channel.scheme or _ROLE_NAME.fullmatch(channel.scheme), "channel.scheme", errors.CHANNEL_SCHEME)


# People ---------------------------------------------------------------------------------------------------------------


def _check_user(user: UserLine, limits: Limits) -> None:
    _require(user.username is not None, "user.username", errors.USER_NO_NAME)
    _require(is_username((user.username or "").lower()), "user.username", errors.USER_NAME)
    _require(user.email, "user.email", errors.USER_NO_EMAIL)
    _require(is_email(user.email or ""), "user.email", errors.USER_EMAIL)
    _require(not (user.auth_data and user.password), "user.auth_data", errors.USER_AUTH_AND_PASSWORD)
    _require(bool(user.auth_data) == bool(user.auth_service), "user.auth_data", errors.USER_AUTH_PAIR)
    _require(len(user.auth_data or "") <= 128, "user.auth_data", errors.USER_AUTH_LENGTH)
    _require((user.auth_service or "") in SERVICES, "user.auth_service", errors.USER_AUTH_SERVICE)
    if user.password:
        fitting = limits.min_password <= len(user.password) and len(user.password.encode()) <= MAX_PASSWORD
        _require(fitting, "user.password", errors.USER_PASSWORD)
    _require(len(user.nickname or "") <= 64, "user.nickname", errors.USER_NICKNAME)
    _require(len(user.first_name or "") <= 64, "user.first_name", errors.USER_FIRST_NAME)
    _require(len(user.last_name or "") <= 64, "user.last_name", errors.USER_LAST_NAME)
    _require(len(user.position or "") <= 128, "user.position", errors.USER_POSITION)
    _require(user.roles is None or _ROLE_LIST.fullmatch(user.roles), "user.roles", errors.USER_ROLES)
    _check_notify_props(user.notify_props, "user.notify_props", _NOTIFY, errors.NOTIFY)
    for name in ("use_markdown_preview", "use_formatting", "show_unread_section"):
        value = getattr(user, name)
        _require(value is None or switch(value) in _SWITCH, f"user.{name}", errors.ADVANCED[name])
    known = user.email_interval is None or user.email_interval in INTERVALS
    _require(known, "user.email_interval", errors.ADVANCED["email_interval"])
    _check_memberships(user)


def switch(value: str | bool) -> str:
    """A switch as preferences hold it; the format has it as a truth value or as a word."""
    return ("true" if value else "false") if isinstance(value, bool) else value.lower()


def _check_memberships(user: UserLine) -> None:
    guest = "system_guest" in (user.roles or "").split()
    for n, team in enumerate(user.teams or []):
        at = f"user.teams[{n}]"
        _require(team.name, f"{at}.name", errors.MEMBER_NO_TEAM)
        _require(_ROLE_LIST.fullmatch(team.roles or ""), f"{at}.roles", errors.MEMBER_TEAM_ROLES)
        _require(not team.theme or _is_object(team.theme), f"{at}.theme", errors.MEMBER_THEME)
        roles = (team.roles or "").split()
        if roles:
            _require(guest or "team_guest" not in roles, f"{at}.roles", errors.USER_TEAM_GUEST)
            _require(not guest or "team_guest" in roles, f"{at}.roles", errors.USER_GUEST_IN_TEAM)
        for m, channel in enumerate(team.channels or []):
            within = f"{at}.channels[{m}]"
            _require(channel.name, f"{within}.name", errors.MEMBER_NO_CHANNEL)
            _require(_ROLE_LIST.fullmatch(channel.roles or ""), f"{within}.roles", errors.MEMBER_CHANNEL_ROLES)
            _check_notify_props(channel.notify_props, f"{within}.notify_props", _MEMBER_NOTIFY, errors.MEMBER_NOTIFY)
            roles = (channel.roles or "").split()
            if roles:
                _require(guest or "channel_guest" not in roles, f"{within}.roles", errors.USER_CHANNEL_GUEST)
                _require(not guest or "channel_guest" in roles, f"{within}.roles", errors.USER_GUEST_IN_CHANNEL)


def _is_object(text: str) -> bool:
    try:
        return isinstance(msgspec.json.decode(text), dict)
    except (msgspec.DecodeError, RecursionError):
        return False


def _check_notify_props(
    props: NotifyPropsLine | None, field: str, allowed: dict[str, set[str]], kinds: dict[str, ErrorKind]
) -> None:
    for name, values in allowed.items():
        value = getattr(props, name, None)
        _require(not value or value in values, f"{field}.{name}", kinds[name])


def _check_bot(bot: BotLine, limits: Limits) -> None:
    _require(bot.username is not None, "bot.username", errors.USER_NO_NAME)
    _require(is_username((bot.username or "").lower()), "bot.username", errors.USER_NAME)
    _require(bot.owner, "bot.owner", errors.BOT_NO_OWNER)


# Posts ----------------------------------------------------------------------------------------------------------------


def _check_post(post: PostLine, limits: Limits) -> None:
    _require(post.team, "post.team", errors.POST_NO_TEAM)
    _require(post.channel, "post.channel", errors.POST_NO_CHANNEL)
    _check_thread(post, "post", limits)


def _check_direct_post(post: DirectPostLine, limits: Limits) -> None:
    members = post.channel_members
    _require(members is not None, "direct_post.channel_members", errors.DIRECT_POST_NO_MEMBERS)
    names = {name.lower() for name in members or []}
    _require(names, "direct_post.channel_members", errors.DIRECT_POST_FEW)
    _require(len(names) <= MAX_MEMBERS, "direct_post.channel_members", errors.DIRECT_POST_MANY)
    for name in post.flagged_by or []:
        _require(name.lower() in names, "direct_post.flagged_by", errors.DIRECT_POST_FLAGGER, name=name)
    _check_thread(post, "direct_post", limits)


def _check_thread(post: PostLine | DirectPostLine, kind: str, limits: Limits) -> None:
    _check_speech(post, kind, kind, limits)
    for n, reply in enumerate(post.replies or []):
        _check_speech(reply, "reply", f"{kind}.replies[{n}]", limits)
    for n, follower in enumerate(post.thread_followers or []):
        _require(follower.user, f"{kind}.thread_followers[{n}].user", errors.FOLLOWER_NO_USER)


def _check_speech(post: ReplyLine, kind: str, at: str, limits: Limits) -> None:
    kinds = errors.SPEAKING[kind]
    _require(post.user, f"{at}.user", kinds["user_missing"])
    _require(post.message is not None, f"{at}.message", kinds["message_missing"])
    _require(len(post.message or "") <= limits.max_post_size, f"{at}.message", kinds["message_length"])
    _require(post.create_at is not None, f"{at}.create_at", kinds["create_at_missing"])
    _require((post.create_at or 0) > 0, f"{at}.create_at", kinds["create_at_zero"])
    if post.props:
        _require(len(msgspec.json.encode(post.props)) <= MAX_PROPS_RUNES, f"{at}.props", errors.POST_PROPS)
    for n, reaction in enumerate(post.reactions or []):
        _check_reaction(reaction, post.create_at or 0, f"{at}.reactions[{n}]")
    for n, file in enumerate(post.attachments or []):
        _require(file.path, f"{at}.attachments[{n}].path", kinds["attachment"], path=file.path)


def _check_reaction(reaction: ReactionLine, since: int, at: str) -> None:
    _require(reaction.user, f"{at}.user", errors.REACTION_NO_USER)
    _require(reaction.emoji_name, f"{at}.emoji_name", errors.REACTION_NO_NAME)
    _require(len(reaction.emoji_name or "") <= 64, f"{at}.emoji_name", errors.REACTION_NAME)
    _require(reaction.create_at is not None, f"{at}.create_at", errors.REACTION_NO_TIME)
    _require((reaction.create_at or 0) > 0, f"{at}.create_at", errors.REACTION_ZERO)
    _require((reaction.create_at or 0) >= since, f"{at}.create_at", errors.REACTION_EARLY)


def _check_direct_channel(channel: DirectChannelLine, limits: Limits) -> None:
    given = channel.members is not None or channel.participants is not None
    _require(given, "direct_channel.members", errors.DIRECT_NO_MEMBERS)
    names = [name for name in channel.usernames if name]
    _require(names, "direct_channel.members", errors.DIRECT_FEW)
    _require(len(names) <= MAX_MEMBERS, "direct_channel.members", errors.DIRECT_MANY)
    _require(len(channel.header or "") <= 1024, "direct_channel.header", errors.DIRECT_HEADER)
    for name in channel.favorited_by or []:
        _require(name.lower() in names, "direct_channel.favorited_by", errors.DIRECT_FAVORITER, name=name)


_CHECKS: Final[dict[str, Any]] = {
    "role": _check_role,
    "scheme": _check_scheme,
    "emoji": _check_emoji,
    "team": _check_team,
    "channel": _check_channel,
    "user": _check_user,
    "bot": _check_bot,
    "post": _check_post,
    "direct_channel": _check_direct_channel,
    "direct_post": _check_direct_post,
}
