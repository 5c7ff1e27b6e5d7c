"""SQL of the users table. Reads join the bot's row and the accepted terms, so that one query gives a whole `User`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mmfast.db.errors import UniqueViolation
from mmfast.features.identity.users import errors
from mmfast.features.identity.users.types import Secret, User

if TYPE_CHECKING:
    from mmfast.db.executor import Executor, Record

COLUMNS: Final = """
    u.id, u.createat, u.updateat, u.deleteat, u.username, u.password, u.authdata, u.authservice, u.email,
    u.emailverified, u.nickname, u.firstname, u.lastname, u.roles, u.allowmarketing, u.props, u.notifyprops,
    u.lastpasswordupdate, u.lastpictureupdate, u.failedattempts, u.locale, u.mfaactive, u.mfasecret, u.position,
    u.timezone, u.remoteid, u.lastlogin, u.mfausedtimestamps,
    b.userid IS NOT NULL, b.description, b.lasticonupdate, t.termsofserviceid, t.createat"""
"""What `user_from_row` takes, in its order, of the aliases in `TABLES`."""

TABLES: Final = "users u LEFT JOIN bots b ON b.userid = u.id LEFT JOIN usertermsofservice t ON t.userid = u.id"

_SELECT: Final = f"SELECT {COLUMNS} FROM {TABLES} "

_strings = msgspec.json.Decoder(dict[str, str], strict=False)
_anything = msgspec.json.Decoder()
_numbers = msgspec.json.Decoder(list[int], strict=False)


def _string_map(text: str | None) -> dict[str, str]:
    """A JSON object of strings; a value of another kind, which only a foreign hand can have written, as its JSON."""
    if not text or text == "null":
        return {}
    try:
        return _strings.decode(text)
    except msgspec.ValidationError:
        found = _anything.decode(text)
        if not isinstance(found, dict):
            return {}
        return {k: v if isinstance(v, str) else msgspec.json.encode(v).decode() for k, v in found.items()}


def user_from_row(row: "Record") -> User:
    """The user of a row of `COLUMNS`."""
    zone = row[24]
    return User(
        id=row[0],
        create_at=row[1] or 0,
        update_at=row[2] or 0,
        delete_at=row[3] or 0,
        username=row[4] or "",
        password=Secret(row[5] or ""),
        auth_data=row[6],
        auth_service=row[7] or "",
        email=row[8] or "",
        email_verified=bool(row[9]),
        nickname=row[10] or "",
        first_name=row[11] or "",
        last_name=row[12] or "",
        roles=row[13] or "",
        allow_marketing=bool(row[14]),
        props=_string_map(row[15]),
        notify_props=_string_map(row[16]),
        last_password_update=row[17] or 0,
        last_picture_update=row[18] or 0,
        failed_attempts=row[19] or 0,
        locale=row[20] or "",
        mfa_active=bool(row[21]),
        mfa_secret=Secret(row[22] or ""),
        position=row[23] or "",
        timezone=None if zone is None or zone == "null" else _string_map(zone),
        remote_id=row[25],
        last_login=row[26],
        mfa_used_timestamps=_numbers.decode(row[27]) if row[27] and row[27] != "null" else [],
        is_bot=row[28],
        bot_description=row[29] or "",
        bot_last_icon_update=row[30] or 0,
        terms_of_service_id=row[31] or "",
        terms_of_service_create_at=row[32] or 0,
    )


async def find_user(db: "Executor", user_id: str) -> User | None:
    """The user of an id."""
    row = await db.fetchrow(_SELECT + "WHERE u.id = $1", user_id)
    return None if row is None else user_from_row(row)


async def find_user_by_username(db: "Executor", username: str) -> User | None:
    """The user of exactly this username."""
    row = await db.fetchrow(_SELECT + "WHERE u.username = $1", username)
    return None if row is None else user_from_row(row)


async def find_user_by_email(db: "Executor", email: str) -> User | None:
    """The user of exactly this address (they are stored in small letters)."""
    row = await db.fetchrow(_SELECT + "WHERE u.email = $1", email)
    return None if row is None else user_from_row(row)


async def find_users_by_login(db: "Executor", login: str, by_username: bool, by_email: bool) -> list[User]:
    """Those whom a login name may mean: by username, by email or both."""
    rows = await db.fetch(
        _SELECT + "WHERE ($2 AND u.username = $1) OR ($3 AND u.email = $1)", login, by_username, by_email
    )
    return [user_from_row(r) for r in rows]


async def list_users_by_ids(db: "Executor", user_ids: list[str]) -> list[User]:
    """The users of these ids, in no order."""
    rows = await db.fetch(_SELECT + "WHERE u.id = ANY($1::varchar[])", user_ids)
    return [user_from_row(r) for r in rows]


async def list_users_by_usernames(db: "Executor", usernames: list[str]) -> list[User]:
    """The users of these usernames, by name."""
    rows = await db.fetch(_SELECT + "WHERE u.username = ANY($1::varchar[]) ORDER BY u.username", usernames)
    return [user_from_row(r) for r in rows]


async def has_people(db: "Executor") -> bool:
    """Whether there is any account that is not a bot's."""
    found: bool = await db.fetchval(
        "SELECT EXISTS (SELECT 1 FROM users u WHERE NOT EXISTS (SELECT 1 FROM bots b WHERE b.userid = u.id))"
    )
    return found


async def lock_first_account(db: "Executor") -> None:
    """Makes transactions that found no account wait for each other: only one may become the administrator."""
    await db.execute("SELECT pg_advisory_xact_lock(hashtext('mmfast first account'))")


async def count_active_admins(db: "Executor") -> int:
    """How many people administer the system."""
    count: int = await db.fetchval(
        "SELECT count(*) FROM users WHERE deleteat = 0 AND 'system_admin' = ANY(string_to_array(roles, ' '))"
    )
    return count


async def count_people(db: "Executor") -> int:
    """How many people have an account that is not switched off; bots and users of other servers are no such people."""
    count: int = await db.fetchval(
        """SELECT count(*) FROM users u WHERE u.deleteat = 0 AND COALESCE(u.remoteid, '') = ''
           AND NOT EXISTS (SELECT 1 FROM bots b WHERE b.userid = u.id)"""
    )
    return count


@contextmanager
def _naming_conflicts() -> Iterator[None]:
    try:
        yield
    except UniqueViolation as error:
        constraint = error.constraint
        if "email" in constraint:
            raise errors.EMAIL_TAKEN() from None
        if "username" in constraint:
            raise errors.USERNAME_TAKEN() from None
        if "authdata" in constraint:
            raise errors.AUTH_DATA_TAKEN() from None
        raise


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


async def insert_user(db: "Executor", user: User) -> None:
    """Writes a new row; a taken name or address is an AppError."""
    with _naming_conflicts():
        await db.execute(
            """INSERT INTO users (id, createat, updateat, deleteat, username, password, authdata, authservice, email,
                   emailverified, nickname, firstname, lastname, roles, allowmarketing, props, notifyprops,
                   lastpasswordupdate, lastpictureupdate, failedattempts, locale, mfaactive, mfasecret, position,
                   timezone, remoteid, lastlogin, mfausedtimestamps)
               VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0, 0, $18,
                   false, '', $19, $20, $21, 0, '[]')""",
            user.id,
            user.create_at,
            user.update_at,
            user.username,
            user.password.value,
            user.auth_data or None,
            user.auth_service,
            user.email,
            user.email_verified,
            user.nickname,
            user.first_name,
            user.last_name,
            user.roles,
            user.allow_marketing,
            _json(user.props),
            _json(user.notify_props),
            user.last_password_update,
            user.locale,
            user.position,
            _json(user.timezone),
            user.remote_id,
        )


async def update_profile(db: "Executor", user: User) -> None:
    """Writes the fields that users and administrators change; a taken name or address is an AppError."""
    with _naming_conflicts():
        await db.execute(
            """UPDATE users SET updateat = $2, username = $3, email = $4, emailverified = $5, nickname = $6,
                   firstname = $7, lastname = $8, position = $9, props = $10, notifyprops = $11, locale = $12,
                   timezone = $13, remoteid = $14, lastpictureupdate = $15, allowmarketing = $16 WHERE id = $1""",
            user.id,
            user.update_at,
            user.username,
            user.email,
            user.email_verified,
            user.nickname,
            user.first_name,
            user.last_name,
            user.position,
            _json(user.props),
            _json(user.notify_props),
            user.locale,
            _json(user.timezone),
            user.remote_id,
            user.last_picture_update,
            user.allow_marketing,
        )


async def update_roles(db: "Executor", user_id: str, roles: str, at: int) -> None:
    """Writes the system roles."""
    await db.execute("UPDATE users SET roles = $2, updateat = $3 WHERE id = $1", user_id, roles, at)


async def update_delete_at(db: "Executor", user_id: str, delete_at: int, at: int) -> None:
    """Switches the account off (a time) or on (0)."""
    await db.execute("UPDATE users SET deleteat = $2, updateat = $3 WHERE id = $1", user_id, delete_at, at)


async def update_password(db: "Executor", user_id: str, hashed: str, at: int) -> None:
    """Writes a new password's hash; the account signs in with it from now on."""
    await db.execute(
        """UPDATE users SET password = $2, lastpasswordupdate = $3, updateat = $3, authdata = NULL, authservice = '',
               failedattempts = 0 WHERE id = $1""",
        user_id,
        hashed,
        at,
    )


async def replace_hash(db: "Executor", user_id: str, hashed: str) -> None:
    """Writes the same password's hash in a newer form."""
    await db.execute("UPDATE users SET password = $2 WHERE id = $1", user_id, hashed)


async def update_auth(db: "Executor", user_id: str, service: str, data: str | None, at: int) -> None:
    """Writes the sign-in service; with one, the password is gone."""
    with _naming_conflicts():
        await db.execute(
            """UPDATE users SET authservice = $2, authdata = $3, password = '', failedattempts = 0, updateat = $4,
                   lastpasswordupdate = $4 WHERE id = $1""",
            user_id,
            service,
            data,
            at,
        )


async def update_email_verified(db: "Executor", user_id: str, email: str, verified: bool, at: int) -> None:
    """Writes the address and whether it is verified."""
    with _naming_conflicts():
        await db.execute(
            "UPDATE users SET email = $2, emailverified = $3, updateat = $4 WHERE id = $1", user_id, email, verified, at
        )


async def update_picture_time(db: "Executor", user_id: str, picture_at: int, at: int) -> None:
    """Writes when the profile image changed; the negative of a time says that the drawn one is in use since then."""
    await db.execute("UPDATE users SET lastpictureupdate = $2, updateat = $3 WHERE id = $1", user_id, picture_at, at)


async def shares_channel(db: "Executor", viewer_id: str, user_id: str) -> bool:
    """Whether two users are members of a channel both."""
    found: bool = await db.fetchval(
        """SELECT EXISTS (SELECT 1 FROM channelmembers mine JOIN channelmembers theirs USING (channelid)
               WHERE mine.userid = $1 AND theirs.userid = $2)""",
        viewer_id,
        user_id,
    )
    return found


async def list_sharing_channel(db: "Executor", viewer_id: str, user_ids: list[str]) -> set[str]:
    """Those of `user_ids` who share a channel with the viewer, and the viewer."""
    rows = await db.fetch(
        """SELECT DISTINCT theirs.userid FROM channelmembers mine JOIN channelmembers theirs USING (channelid)
               WHERE mine.userid = $1 AND theirs.userid = ANY($2::varchar[])""",
        viewer_id,
        user_ids,
    )
    return {r[0] for r in rows} | {viewer_id}


async def find_bot_owner(db: "Executor", user_id: str) -> str | None:
    """Whose bot the user is."""
    owner: str | None = await db.fetchval("SELECT ownerid FROM bots WHERE userid = $1", user_id)
    return owner


async def list_invalid_emails(db: "Executor", domains: list[str], limit: int, offset: int) -> list[User]:
    """People whose address is of none of these domains, and who are no guests."""
    rows = await db.fetch(
        _SELECT
        + """WHERE b.userid IS NULL AND u.deleteat = 0 AND NOT 'system_guest' = ANY(string_to_array(u.roles, ' '))
             AND NOT split_part(u.email, '@', 2) = ANY($1::varchar[]) ORDER BY u.username LIMIT $2 OFFSET $3""",
        domains,
        limit,
        offset,
    )
    return [user_from_row(r) for r in rows]


async def count_visible_people(db: "Executor", viewer_id: str) -> int:
    """How many people share a channel with the viewer."""
    count: int = await db.fetchval(
        """SELECT count(DISTINCT theirs.userid) FROM channelmembers mine
           JOIN channelmembers theirs USING (channelid) JOIN users u ON u.id = theirs.userid
           LEFT JOIN bots b ON b.userid = u.id
           WHERE mine.userid = $1 AND u.deleteat = 0 AND b.userid IS NULL""",
        viewer_id,
    )
    return count
