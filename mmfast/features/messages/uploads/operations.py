"""The routes of uploads in parts."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.api.responses import Created, Response
from mmfast.features.messages.files.types import FileInfo
from mmfast.features.messages.uploads import service
from mmfast.features.messages.uploads.guards import (
    may_create_upload,
    may_list_uploads,
    may_see_upload,
    may_send_part,
)
from mmfast.features.messages.uploads.types import UploadCreate, UploadSession


@operation("CreateUpload", "POST /uploads", guard=may_create_upload)
async def create_upload(ctx: Context, body: UploadCreate) -> Created[UploadSession]:
    return Created(await service.create_upload(ctx, body))


@operation("GetUpload", "GET /uploads/{upload_id}", guard=may_see_upload)
async def get_upload(ctx: Context, upload_id: str, loaded: UploadSession) -> UploadSession:
    return loaded


@operation("UploadData", "POST /uploads/{upload_id}", guard=may_send_part, body_limit=-1)
async def upload_data(ctx: Context, upload_id: str, loaded: UploadSession) -> FileInfo | Response:
    """Gives the file once it is complete, and until then nothing."""
    file = await service.receive_part(ctx, loaded)
    return Response(204, [("Content-Type", "application/json")]) if file is None else file


@operation("GetUploadsForUser", "GET /users/{user_id}/uploads", guard=may_list_uploads)
async def get_uploads_for_user(ctx: Context, user_id: str) -> list[UploadSession]:
    return await service.list_uploads(ctx, user_id)
