"""The route that tells what is known of a file."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.api.responses import JSONResponse
from mmfast.features.messages.files.guards import may_read_file
from mmfast.features.messages.files.types import FileInfo, StoredFile

A_MONTH: Final = ("Cache-Control", "max-age=2592000, private")


@operation("GetFileInfo", "GET /files/{file_id}/info", guard=may_read_file)
async def get_file_info(ctx: Context, file_id: str, loaded: StoredFile) -> JSONResponse[FileInfo]:
    return JSONResponse(loaded.info, headers=(A_MONTH,))
