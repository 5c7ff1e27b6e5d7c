"""Stores and removes icons of teams; they are squares like profile images."""

from msgspec import UNSET
from msgspec.structs import replace

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.errors import AppError
from mmfast.features.identity.profile_images import errors as image_errors
from mmfast.features.identity.profile_images.service import make_square
from mmfast.features.spaces.team_icons import errors
from mmfast.features.spaces.teams import service as teams
from mmfast.features.spaces.teams import store as teams_store
from mmfast.features.spaces.teams.types import Team


def icon_path(team_id: str) -> str:
    """Where the file store keeps a team's icon."""
    return f"teams/{team_id}/teamIcon.png"


async def read_icon(ctx: Context, team: Team) -> bytes:
    """The icon; a removed one can still be read, as clients hold its address."""
    try:
        return await ctx.app.files.read(icon_path(team.id))
    except FileNotFoundError:
        raise errors.NO_ICON() from None


async def set_icon(ctx: Context, team: Team, data: bytes) -> None:
    """Makes an uploaded picture the team's icon."""
    try:
        icon = await make_square(ctx, data)
    except AppError as error:
        undecoded = error.kind is image_errors.NOT_DECODED
        raise (errors.NOT_DECODED if undecoded else errors.BAD_LIMITS)(detail=error.detail) from None
    await ctx.app.files.write(icon_path(team.id), icon)
    await _save_time(ctx, team, now_ms())


async def remove_icon(ctx: Context, team: Team) -> None:
    """The team has no icon any more."""
    await _save_time(ctx, team, 0)


async def _save_time(ctx: Context, team: Team, at: int) -> None:
    async with ctx.transaction() as tx:
        await teams_store.update_icon_time(tx, team.id, at)
        ctx.invalidate(teams.TEAMS, team.id)
        teams.announce_updated(ctx, replace(team, last_team_icon_update=at or UNSET))
