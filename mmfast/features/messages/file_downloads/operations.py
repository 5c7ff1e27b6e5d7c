"""The routes that give a file out."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.api.responses import Response
from mmfast.features.messages.file_downloads.service import send
from mmfast.features.messages.file_downloads.types import Content, DownloadQuery
from mmfast.features.messages.files.guards import may_download_file
from mmfast.features.messages.files.types import StoredFile


@operation("GetFile", "GET /files/{file_id}", guard=may_download_file, trust_requester=True)
@operation("HeadFile", "HEAD /files/{file_id}", guard=may_download_file, trust_requester=True)
async def get_file(ctx: Context, file_id: str, query: DownloadQuery, loaded: StoredFile) -> Response:
    return await send(ctx, Content(loaded.path, loaded.info.name, loaded.info.mime_type, query.download))
