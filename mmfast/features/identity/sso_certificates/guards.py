"""Who may set and remove certificates: each has permissions of its own."""

from collections.abc import Awaitable, Callable

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require


def needs(permission: str) -> Callable[[Context], Awaitable[None]]:
    """A guard that asks for one permission."""

    async def guard(ctx: Context) -> None:
        await require(ctx, permission)

    guard.__doc__ = f"Who holds {permission}."
    return guard
