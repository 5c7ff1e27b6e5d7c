"""Who may have a packet made."""

from mmfast.api.context import Context
from mmfast.features.admin.config.guards import may_read_config
from mmfast.features.admin.support_packet.errors import NO_LICENSE


async def may_make_packet(ctx: Context) -> None:
    """The local caller. Administrators on the network hear, as recorded, that there is no contract for it."""
    await may_read_config(ctx)
    if ctx.session is None or not ctx.session.local:
        raise NO_LICENSE()
