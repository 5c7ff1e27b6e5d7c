"""SQL of invitations: teams by invite id, and the tokens of mails."""

from mmfast.db.executor import Executor


async def find_team_id(db: Executor, invite_id: str) -> str | None:
    """The team that the invite id belongs to; archived teams invite nobody."""
    found: str | None = await db.fetchval(
        "SELECT id FROM teams WHERE inviteid = $1 AND inviteid <> '' AND deleteat = 0", invite_id
    )
    return found


async def delete_tokens(db: Executor, types: list[str]) -> None:
    """Takes back all invitations of these types."""
    await db.execute("DELETE FROM tokens WHERE type = ANY($1::varchar[])", types)
