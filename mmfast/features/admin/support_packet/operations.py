"""The operation of the support packet."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.api.responses import Response
from mmfast.features.admin.support_packet import service
from mmfast.features.admin.support_packet.guards import may_make_packet
from mmfast.features.admin.support_packet.types import PacketQuery

_ATTACHED = [
    ("Content-Type", "application/zip"),
    ("Content-Disposition", 'attachment; filename="support_packet.zip"'),
    ("Cache-Control", "no-cache, no-store, must-revalidate"),
]


@operation("GenerateSupportPacket", "GET /system/support_packet", guard=may_make_packet)
async def generate_support_packet(ctx: Context, query: PacketQuery) -> Response:
    """The packet, as a zip file."""
    return Response(200, list(_ATTACHED), await service.make_packet(ctx, query))
