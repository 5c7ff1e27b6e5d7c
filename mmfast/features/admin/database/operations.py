"""The routes of the database."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.admin.database import service, store
from mmfast.features.admin.database.guards import (
    may_check_integrity,
    may_read_schema_version,
    may_recycle_connections,
)
from mmfast.features.admin.database.types import IntegrityResult, Migration
from mmfast.realtime.signals import DatabaseRecycled


@operation("DatabaseRecycle", "POST /database/recycle", guard=may_recycle_connections)
async def recycle_connections(ctx: Context) -> None:
    """Every worker opens its connections anew, each as soon as nobody uses it: after a failover, say."""
    ctx.app.db.recycle()
    ctx.announce(DatabaseRecycled())


@operation("GetAppliedSchemaMigrations", "GET /system/schema/version", guard=may_read_schema_version)
async def list_migrations(ctx: Context) -> list[Migration]:
    """The schema's history."""
    return await store.list_migrations(ctx.db)


@operation("CheckIntegrity", "POST /integrity", guard=may_check_integrity, local_only=True)
async def check_integrity(ctx: Context) -> list[IntegrityResult]:
    """Rows that hang on others which are not there. It reads whole tables."""
    return await service.check_integrity(ctx)
