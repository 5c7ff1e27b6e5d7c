"""The routes of exports. They are made by a job: POST /jobs of the type export_process."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.api.responses import Response
from mmfast.api.unavailable import declare_unavailable
from mmfast.features.admin.exports import errors, service
from mmfast.features.admin.exports.guards import may_use_exports

declare_unavailable(
    errors.NO_LINKS, ("GeneratePresignURLExport", "POST /exports/{export_name}/presign-url", may_use_exports)
)


@operation("ListExports", "GET /exports", guard=may_use_exports)
async def list_exports(ctx: Context) -> list[str]:
    """The names of all exports."""
    return await service.list_exports(ctx)


@operation("DownloadExport", "GET /exports/{export_name}", guard=may_use_exports)
async def download_export(ctx: Context, export_name: str) -> Response:
    return await service.download(ctx, export_name)


@operation("DeleteExport", "DELETE /exports/{export_name}", guard=may_use_exports)
async def delete_export(ctx: Context, export_name: str) -> None:
    """Deletes an export; its absence is fine."""
    await service.delete_export(ctx, export_name)
