"""Who may call what only the vendor calls: nobody, since there is no key that would prove it."""

from mmfast.api.context import Context
from mmfast.api.errors import SESSION_EXPIRED


async def proves_vendor(ctx: Context) -> None:
    """Refuses everybody, with a session or without."""
    raise SESSION_EXPIRED()
