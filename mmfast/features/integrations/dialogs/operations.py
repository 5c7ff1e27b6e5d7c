"""The operations on dialogs."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import PUBLIC
from mmfast.api.operation import OPTIONAL, operation
from mmfast.features.integrations.dialogs import service
from mmfast.features.integrations.dialogs.guards import may_look_up, may_submit
from mmfast.features.integrations.dialogs.types import DialogRequest, LookupAnswer, Submission, SubmissionAnswer


@operation("OpenInteractiveDialog", "POST /actions/dialogs/open", guard=PUBLIC, auth=OPTIONAL)
async def open_dialog(ctx: Context, body: DialogRequest) -> None:
    """Has a user's client open a dialog. The trigger id is the permission."""
    if not body.url:
        raise INVALID_BODY_PARAM(name="url")
    await service.open_dialog(ctx, body)


@operation("SubmitInteractiveDialog", "POST /actions/dialogs/submit", guard=may_submit)
async def submit_dialog(ctx: Context, body: Submission) -> SubmissionAnswer:
    """Sends what was filled in to the integration."""
    return await service.submit(ctx, body)


@operation("LookupInteractiveDialog", "POST /actions/dialogs/lookup", guard=may_look_up)
async def look_up(ctx: Context, body: Submission) -> LookupAnswer:
    """Asks the integration for the options of a field."""
    return await service.look_up(ctx, body)
