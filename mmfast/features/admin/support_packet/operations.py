"""The operation of the support packet."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.admin.config.guards import may_read_config
from mmfast.features.admin.support_packet.errors import NO_LICENSE


@operation("GenerateSupportPacket", "GET /system/support_packet", guard=may_read_config)
async def generate_support_packet(ctx: Context) -> None:
    """No packet is made."""
    raise NO_LICENSE()
