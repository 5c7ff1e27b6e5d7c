"""The address at which integrations answer later."""

from mmfast.api.context import Context
from mmfast.api.guards import PUBLIC
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.responses import Response
from mmfast.features.integrations.command_answers import errors, service


@operation("AnswerCommandLater", "POST //hooks/commands/{hook_id}", guard=PUBLIC, auth=OPTIONAL, unchecked=("hook_id",))
async def answer_later(ctx: Context, hook_id: str, body: bytes) -> Response:
    """Takes an answer. The id is the only permission."""
    assert ctx.request is not None
    address = await service.get_address(ctx, hook_id)
    try:
        answer = await service.read_answer(ctx, ctx.request.headers.get("content-type"), body)
    except service.AnswerError as error:
        raise errors.UNREADABLE(detail=str(error)) from None
    await service.deliver_later(ctx, address, answer)
    return Response(200, [("Content-Type", "text/plain")], b"ok")
