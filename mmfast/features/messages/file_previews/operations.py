"""The routes of thumbnails and previews. Their type is always the one that the reference says."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.api.responses import Response
from mmfast.features.messages.file_downloads.service import send
from mmfast.features.messages.file_downloads.types import Content, DownloadQuery
from mmfast.features.messages.file_previews import errors
from mmfast.features.messages.files.guards import may_read_file
from mmfast.features.messages.files.types import StoredFile

_KIND: Final = "image/jpeg"


@operation("GetFileThumbnail", "GET /files/{file_id}/thumbnail", guard=may_read_file, trust_requester=True)
@operation("HeadFileThumbnail", "HEAD /files/{file_id}/thumbnail", guard=may_read_file, trust_requester=True)
async def get_file_thumbnail(ctx: Context, file_id: str, query: DownloadQuery, loaded: StoredFile) -> Response:
    if not loaded.thumbnail_path:
        raise errors.NO_THUMBNAIL()
    return await send(ctx, Content(loaded.thumbnail_path, loaded.info.name, _KIND, query.download))


@operation("GetFilePreview", "GET /files/{file_id}/preview", guard=may_read_file, trust_requester=True)
@operation("HeadFilePreview", "HEAD /files/{file_id}/preview", guard=may_read_file, trust_requester=True)
async def get_file_preview(ctx: Context, file_id: str, query: DownloadQuery, loaded: StoredFile) -> Response:
    if not loaded.preview_path:
        raise errors.NO_PREVIEW()
    return await send(ctx, Content(loaded.preview_path, loaded.info.name, _KIND, query.download))
