"""The route that lists the files of a post."""

from mmfast.api.context import Context
from mmfast.api.etags import is_known, not_modified
from mmfast.api.operation import operation
from mmfast.api.responses import JSONResponse, Response
from mmfast.features.messages.files.operations import A_MONTH
from mmfast.features.messages.files.types import FileInfo
from mmfast.features.messages.post_files import service
from mmfast.features.messages.post_files.guards import may_list_files
from mmfast.features.messages.post_files.types import PostFilesQuery


@operation("GetFileInfosForPost", "GET /posts/{post_id}/files/info", guard=may_list_files)
async def get_file_infos_for_post(
    ctx: Context, post_id: str, query: PostFilesQuery
) -> JSONResponse[list[FileInfo]] | Response:
    files = await service.list_files(ctx, post_id, deleted=query.include_deleted)
    changed = max((max(f.update_at, f.delete_at) for f in files), default=0)
    etag = f"{ctx.app.version_id}.{post_id}.{len(files)}.{changed}"
    if is_known(ctx, etag):
        return not_modified(etag)
    return JSONResponse(files, headers=(A_MONTH, ("Etag", etag)))
