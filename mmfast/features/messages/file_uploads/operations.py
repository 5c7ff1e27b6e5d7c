"""The route that takes files in."""

from mmfast.api.context import Context
from mmfast.api.form_stream import is_form
from mmfast.api.operation import operation
from mmfast.api.responses import Created
from mmfast.features.messages.file_uploads import service
from mmfast.features.messages.file_uploads.guards import may_upload_file
from mmfast.features.messages.file_uploads.types import Uploaded, UploadQuery


@operation("UploadFile", "POST /files", guard=may_upload_file, body_limit=-1)
async def upload_file(ctx: Context, query: UploadQuery) -> Created[Uploaded]:
    assert ctx.request is not None
    if is_form(ctx.request):
        return Created(await service.upload_form(ctx))
    return Created(await service.upload_body(ctx, query))
