"""Who may see which teams and channels use a scheme."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require


async def may_read_teams_of_scheme(ctx: Context) -> None:
    """Open to those who see the teams section of the System Console."""
    await require(ctx, "sysconsole_read_user_management_teams")


async def may_read_channels_of_scheme(ctx: Context) -> None:
    """Open to those who see the channels section of the System Console."""
    await require(ctx, "sysconsole_read_user_management_channels")
