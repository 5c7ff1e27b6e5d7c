"""The routes of import files. They come by uploads of the type `import`."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.admin.imports import service
from mmfast.features.admin.imports.guards import may_manage_imports


@operation("ListImports", "GET /imports", guard=may_manage_imports)
async def list_imports(ctx: Context) -> list[str]:
    """The names of the files that wait to be imported."""
    return await service.list_imports(ctx)


@operation("DeleteImport", "DELETE /imports/{import_name}", guard=may_manage_imports)
async def delete_import(ctx: Context, import_name: str) -> None:
    """Removes one; its absence is fine."""
    await service.delete_import(ctx, import_name)
