"""What the server has of the people and channels of an export."""

from mmfast.db.executor import Executor


async def find_accounts(db: Executor, addresses: list[str]) -> dict[str, str]:
    """Usernames by mail address."""
    rows = await db.fetch("SELECT email, username FROM users WHERE email = ANY($1)", addresses)
    return {row[0]: row[1] for row in rows}


async def list_usernames(db: Executor, wishes: list[str]) -> set[str]:
    """Which of the names somebody has, with or without a number behind."""
    rows = await db.fetch(
        "SELECT username FROM users WHERE regexp_replace(username, '-[0-9]+$', '') = ANY($1) OR username = ANY($1)",
        wishes,
    )
    return {row[0] for row in rows}


async def list_channels(db: Executor, team_id: str, user_id: str) -> list[tuple[str, str, bool]]:
    """Name and type of a team's channels, archived ones too, and whether the user is in them."""
    rows = await db.fetch(
        "SELECT c.name, c.type::text, m.userid IS NOT NULL FROM channels c"
        " LEFT JOIN channelmembers m ON m.channelid = c.id AND m.userid = $2"
        " WHERE c.teamid = $1",
        *(team_id, user_id),
    )
    return [(name, kind, inside) for name, kind, inside in rows]
