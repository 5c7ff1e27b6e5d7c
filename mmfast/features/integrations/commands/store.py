"""SQL of the table Commands. Deleted commands stay in it, marked."""

from mmfast.db.executor import Executor
from mmfast.features.integrations.commands.types import Command

COLUMNS = (
    "id, COALESCE(token, ''), COALESCE(createat, 0), COALESCE(updateat, 0), COALESCE(deleteat, 0),"
    " COALESCE(creatorid, ''), COALESCE(teamid, ''), COALESCE(trigger, ''), COALESCE(method, ''),"
    " COALESCE(username, ''), COALESCE(iconurl, ''), COALESCE(autocomplete, false), COALESCE(autocompletedesc, ''),"
    " COALESCE(autocompletehint, ''), COALESCE(displayname, ''), COALESCE(description, ''), COALESCE(url, ''),"
    " COALESCE(pluginid, '')"
)


async def find(db: Executor, command_id: str) -> Command | None:
    """The command with this id, unless deleted."""
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM commands WHERE id = $1 AND deleteat = 0", command_id)
    return Command(*row) if row else None


async def find_by_trigger(db: Executor, team_id: str, trigger: str) -> Command | None:
    """The team's command with this trigger."""
    row = await db.fetchrow(
        f"SELECT {COLUMNS} FROM commands WHERE teamid = $1 AND trigger = $2 AND deleteat = 0 ORDER BY createat LIMIT 1",
        team_id,
        trigger,
    )
    return Command(*row) if row else None


async def list_of_team(db: Executor, team_id: str) -> list[Command]:
    """The team's commands, oldest first."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM commands WHERE teamid = $1 AND deleteat = 0 ORDER BY createat, id", team_id
    )
    return [Command(*row) for row in rows]


def _values(command: Command) -> tuple[object, ...]:
    return (
        command.id,
        command.token,
        command.update_at,
        command.delete_at,
        command.team_id,
        command.trigger,
        command.method,
        command.username,
        command.icon_url,
        command.auto_complete,
        command.auto_complete_desc,
        command.auto_complete_hint,
        command.display_name,
        command.description,
        command.url,
    )


async def insert(db: Executor, command: Command) -> None:
    """Writes a new command."""
    await db.execute(
        "INSERT INTO commands (id, token, updateat, deleteat, teamid, trigger, method, username, iconurl, autocomplete,"
        " autocompletedesc, autocompletehint, displayname, description, url, createat, creatorid, pluginid)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        *_values(command),
        command.create_at,
        command.creator_id,
        command.plugin_id,
    )


async def update(db: Executor, command: Command) -> None:
    """Writes what may change in a command."""
    await db.execute(
        "UPDATE commands SET token = $2, updateat = $3, deleteat = $4, teamid = $5, trigger = $6, method = $7,"
        " username = $8, iconurl = $9, autocomplete = $10, autocompletedesc = $11, autocompletehint = $12,"
        " displayname = $13, description = $14, url = $15 WHERE id = $1",
        *_values(command),
    )


async def remove_team(db: Executor, team_id: str) -> None:
    """Removes a team's commands for good."""
    await db.execute("DELETE FROM commands WHERE teamid = $1", team_id)
