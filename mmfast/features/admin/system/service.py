"""Looks at the parts that the server stands on."""

import os
from typing import Final

import trio

from mmfast.api.context import Context
from mmfast.core.ids import new_id
from mmfast.db.errors import DatabaseError
from mmfast.features.admin.system.types import Ping
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, may

OK: Final = "OK"
UNHEALTHY: Final = "UNHEALTHY"
CHECK_SECONDS: Final = 5
"""A part that takes longer to answer than this does not work."""


def get_ping(ctx: Context) -> Ping:
    """That the server answers at all, and what its apps must know."""
    versions = ctx.config.ClientRequirements
    return Ping(
        "database",
        versions.AndroidLatestVersion,
        versions.AndroidMinVersion,
        versions.IosLatestVersion,
        versions.IosMinVersion,
    )


async def add_parts(ctx: Context, ping: Ping) -> bool:
    """Adds how database and file store do; gives whether both do well."""
    ping.database_status = OK if await _database_works(ctx) else UNHEALTHY
    ping.filestore_status = OK if await _file_store_works(ctx) else UNHEALTHY
    if await may(ctx, MANAGE_SYSTEM):
        ping.root_status = os.geteuid() == 0
    if UNHEALTHY in (ping.database_status, ping.filestore_status):
        ping.status = UNHEALTHY
        return False
    return True


async def _database_works(ctx: Context) -> bool:
    with trio.move_on_after(CHECK_SECONDS):
        try:
            await ctx.db.fetchval("SELECT 1")
        except DatabaseError:
            return False
        return True
    return False


async def _file_store_works(ctx: Context) -> bool:
    """Writes, reads and removes a small file."""
    name = f"tmp/ping-{new_id()}"
    with trio.move_on_after(CHECK_SECONDS):
        try:
            await ctx.app.files.write(name, b"ping")
            await ctx.app.files.delete(name)
        except OSError:
            return False
        return True
    return False
