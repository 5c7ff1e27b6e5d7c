"""Checks a file line by line, then asks the database once for what the file does not bring itself.

What is remembered are names, each once, so that memory grows with people and channels and not with messages.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple, TypeVar

from mmfast.api.context import Context
from mmfast.core.errors import AppError, ErrorKind
from mmfast.features.admin.import_archives.service import clean_path
from mmfast.features.admin.import_archives.types import Archive
from mmfast.features.admin.import_lines import errors
from mmfast.features.admin.import_lines.service import VERSION, roles_of
from mmfast.features.admin.import_lines.types import (
    DirectPostLine,
    Entry,
    InvalidLine,
    PostLine,
    ReplyLine,
    SchemeLine,
    UserLine,
)
from mmfast.features.admin.import_names import store
from mmfast.features.messages.emoji.service import MAX_BYTES as MAX_EMOJI
from mmfast.features.spaces.channels.types import DEFAULT_CHANNEL, OFF_TOPIC

T = TypeVar("T")

MAX_NAMES_AT_ONCE: Final = 5_000


class _Need(NamedTuple):
    """Where a name that the file does not bring was first used, and what to say if it is not here either."""

    number: int
    field: str
    kind: ErrorKind
    params: dict[str, str]


class MissingThing(Exception):
    """A line names what there is neither in the file before it nor here."""

    def __init__(self, number: int, field: str, error: AppError) -> None:
        super().__init__(number, field, error)
        self.number, self.field, self.error = number, field, error


class Checker:
    """What has been seen of a file."""

    def __init__(self, archive: Archive, max_file_size: int) -> None:
        self._archive = archive
        self._max_file_size = max_file_size
        self._first = True
        self._teams: set[str] = set()
        self._channels: set[tuple[str, str]] = set()
        self._people: set[str] = set()
        self._emails: dict[str, str] = {}
        self._schemes: dict[str, str] = {}
        self._roles: set[str] = set()
        self._needed: dict[str, dict[str, _Need]] = {kind: {} for kind in ("team", "person", "scheme", "role", "email")}
        self._needed_channels: dict[tuple[str, str], _Need] = {}

    # Lines ------------------------------------------------------------------------------------------------------------

    def see(self, entry: Entry) -> None:
        """Takes a valid line in. Raises InvalidLine for one that does not fit what came before."""
        line, number = entry.line, entry.number
        if self._first:
            self._first = False
            if line.type != "version" or line.version != VERSION:
                raise InvalidLine("version" if line.type == "version" else "type", errors.BAD_VERSION())
        elif line.type == "version":
            raise InvalidLine("type", errors.SECOND_VERSION())
        if line.role:
            self._roles.add(line.role.name or "")
        if line.scheme:
            self._see_scheme(line.scheme)
        if line.emoji:
            self._require_image(line.emoji.image, "emoji.image", errors.EMOJI_IMAGE_PATH, MAX_EMOJI)
        if line.team:
            if line.team.scheme:
                self._need_scheme(number, "team.scheme", line.team.scheme, "team")
            self._teams.add((line.team.name or "").lower())
        if line.channel:
            team, name = (line.channel.team or "").lower(), (line.channel.name or "").lower()
            self._need_team(number, "channel.team", team, errors.TEAM_NOT_FOUND)
            if line.channel.scheme:
                self._need_scheme(number, "channel.scheme", line.channel.scheme, "channel")
            self._channels.add((team, name))
        if line.user:
            self._see_user(number, line.user)
        if line.bot:
            self._require_image(line.bot.profile_image, "bot.profile_image", errors.USER_IMAGE_PATH)
            self._people.add((line.bot.username or "").lower())
        if line.post:
            self._see_post(number, line.post)
        if line.direct_channel:
            self._need_people(number, "direct_channel.members", line.direct_channel.usernames, errors.USERS_NOT_FOUND)
        if line.direct_post:
            names = line.direct_post.channel_members or []
            self._need_people(number, "direct_post.channel_members", names, errors.USERS_NOT_FOUND)
            self._see_thread(number, "direct_post", line.direct_post)

    def _see_scheme(self, scheme: SchemeLine) -> None:
        known = self._schemes.setdefault(scheme.name or "", scheme.scope or "")
        if known != scheme.scope:
            raise InvalidLine("scheme.scope", errors.SCHEME_SCOPE_CHANGE())
        self._roles |= {role.name or "" for role in roles_of(scheme).values()}

    def _see_user(self, number: int, user: UserLine) -> None:
        name, email = (user.username or "").lower(), (user.email or "").strip().lower()
        if self._emails.setdefault(email, name) != name:
            raise InvalidLine("user.email", errors.EMAIL_CONFLICT(email=email))
        self._needed["email"].setdefault(email, _Need(number, "user.email", errors.EMAIL_CONFLICT, {"email": email}))
        self._require_image(user.profile_image or user.avatar, "user.profile_image", errors.USER_IMAGE_PATH)
        self._need_roles(number, "user.roles", user.roles, errors.USER_ROLES)
        for n, team in enumerate(user.teams or []):
            at = f"user.teams[{n}]"
            self._need_team(number, f"{at}.name", team.name or "", errors.TEAMS_NOT_FOUND)
            self._need_roles(number, f"{at}.roles", team.roles, errors.MEMBER_TEAM_ROLES)
            for m, channel in enumerate(team.channels or []):
                within = f"{at}.channels[{m}]"
                key = ((team.name or "").lower(), (channel.name or "").lower())
                self._need_channel(number, f"{within}.name", key, errors.CHANNEL_NOT_FOUND)
                self._need_roles(number, f"{within}.roles", channel.roles, errors.MEMBER_CHANNEL_ROLES)
        self._people.add(name)

    def _see_post(self, number: int, post: PostLine) -> None:
        team, channel = (post.team or "").lower(), (post.channel or "").lower()
        self._need_team(number, "post.team", team, errors.TEAMS_NOT_FOUND)
        self._need_channel(number, "post.channel", (team, channel), errors.POST_CHANNEL_NOT_FOUND)
        self._see_thread(number, "post", post)

    def _see_thread(self, number: int, kind: str, post: PostLine | DirectPostLine) -> None:
        self._see_speech(number, kind, kind, post)
        for n, reply in enumerate(post.replies or []):
            self._see_speech(number, "reply", f"{kind}.replies[{n}]", reply)
        followers = [follower.user or "" for follower in post.thread_followers or []]
        self._need_people(number, f"{kind}.thread_followers", followers, errors.USERS_NOT_FOUND)

    def _see_speech(self, number: int, kind: str, at: str, post: ReplyLine) -> None:
        self._need_people(number, f"{at}.user", [post.user or ""], errors.USER_NOT_FOUND)
        reacting = [reaction.user or "" for reaction in post.reactions or []]
        self._need_people(number, f"{at}.reactions", reacting, errors.USERS_NOT_FOUND)
        self._need_people(number, f"{at}.flagged_by", post.flagged_by or [], errors.USERS_NOT_FOUND)
        for n, file in enumerate(post.attachments or []):
            field, path = f"{at}.attachments[{n}].path", file.path or ""
            if clean_path(path.lstrip("/")) is None:
                raise InvalidLine(field, errors.ATTACHMENT_PATH(path=path))
            self._require_file(path, field, errors.SPEAKING[kind]["attachment"])

    # Files ------------------------------------------------------------------------------------------------------------

    def _require_image(self, path: str | None, field: str, kind: ErrorKind, limit: int | None = None) -> None:
        if path:
            self._require_file(path, field, kind, limit)

    def _require_file(self, path: str, field: str, kind: ErrorKind, limit: int | None = None) -> None:
        name = self._archive.find(path)
        if name is None:
            raise InvalidLine(field, kind(path=path))
        if self._archive.size(name) > (limit or self._max_file_size):
            raise InvalidLine(field, errors.ATTACHMENT_FILE(path=path))

    # Names ------------------------------------------------------------------------------------------------------------

    def _need_team(self, number: int, field: str, name: str, kind: ErrorKind) -> None:
        if name.lower() not in self._teams:
            self._needed["team"].setdefault(name.lower(), _Need(number, field, kind, {"team": name}))

    def _need_channel(self, number: int, field: str, key: tuple[str, str], kind: ErrorKind) -> None:
        made_with_team = key[1] in (DEFAULT_CHANNEL, OFF_TOPIC) and key[0] in self._teams
        if key not in self._channels and not made_with_team:
            self._needed_channels.setdefault(key, _Need(number, field, kind, {"channel": key[1]}))

    def _need_people(self, number: int, field: str, names: Iterable[str], kind: ErrorKind) -> None:
        for name in names:
            if (lower := name.lower()) not in self._people:
                self._needed["person"].setdefault(lower, _Need(number, field, kind, {"user": name}))

    def _need_roles(self, number: int, field: str, roles: str | None, kind: ErrorKind) -> None:
        for name in (roles or "").split():
            if name not in self._roles:
                self._needed["role"].setdefault(name, _Need(number, field, kind, {}))

    def _need_scheme(self, number: int, field: str, name: str, scope: str) -> None:
        of_team = scope == "team"
        wrong = errors.SCHEME_SCOPE_OF_TEAM if of_team else errors.SCHEME_SCOPE_OF_CHANNEL
        absent = errors.SCHEME_DELETED_OF_TEAM if of_team else errors.SCHEME_DELETED_OF_CHANNEL
        if name not in self._schemes:
            self._needed["scheme"].setdefault(name, _Need(number, field, absent, {"scheme": name}))
        elif self._schemes[name] != scope:
            raise InvalidLine(field, wrong(scheme=name))

    # The database -----------------------------------------------------------------------------------------------------

    async def require_present(self, ctx: Context) -> None:
        """Looks for what the file needs and does not bring. Raises MissingThing, for the first line that is in want."""
        wanting: list[_Need] = []
        teams: dict[str, str] = {}
        for names in _portions(self._needed["team"].keys() | {team for team, _ in self._needed_channels}):
            teams |= {team.name: team.id for team in await store.list_teams(ctx.db, names)}
        wanting += [need for name, need in self._needed["team"].items() if name not in teams]
        people: set[str] = set()
        for names in _portions(self._needed["person"]):
            people |= {person.username for person in await store.list_people(ctx.db, names)}
        wanting += [need for name, need in self._needed["person"].items() if name not in people]
        roles = await store.list_role_names(ctx.db, list(self._needed["role"]))
        wanting += [need for name, need in self._needed["role"].items() if name not in roles]
        schemes = {s.name for s in await store.list_schemes(ctx.db, list(self._needed["scheme"])) if not s.delete_at}
        wanting += [need for name, need in self._needed["scheme"].items() if name not in schemes]
        wanting += await self._list_taken_emails(ctx)
        wanting += await self._list_missing_channels(ctx, teams)
        if wanting:
            first = min(wanting, key=lambda need: need.number)
            raise MissingThing(first.number, first.field, AppError(first.kind, dict(first.params)))

    async def _list_taken_emails(self, ctx: Context) -> list[_Need]:
        found = []
        for emails in _portions(self._needed["email"]):
            for email, owner in (await store.list_owners_of_emails(ctx.db, emails)).items():
                if owner != self._emails[email]:
                    found.append(self._needed["email"][email])
        return found

    async def _list_missing_channels(self, ctx: Context, teams: dict[str, str]) -> list[_Need]:
        here = {(teams[team], name) for team, name in self._needed_channels if team in teams}
        found: set[tuple[str, str]] = set()
        for keys in _portions(here):
            found |= {(channel.team_id, channel.name) for channel in await store.list_channels(ctx.db, keys)}
        return [
            need for (team, name), need in self._needed_channels.items() if (teams.get(team, ""), name) not in found
        ]


def _portions(names: Iterable[T]) -> Iterable[list[T]]:
    """The names, as many at a time as one statement shall look for."""
    each = list(names)
    return [each[start : start + MAX_NAMES_AT_ONCE] for start in range(0, len(each), MAX_NAMES_AT_ONCE)]
