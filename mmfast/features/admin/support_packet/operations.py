"""The operation of the support packet."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.admin.support_packet.errors import NO_LICENSE
from mmfast.features.admin.support_packet.guards import may_make_support_packet


@operation("GenerateSupportPacket", "GET /system/support_packet", guard=may_make_support_packet)
async def generate_support_packet(ctx: Context) -> None:
    """No packet is made."""
    raise NO_LICENSE()
