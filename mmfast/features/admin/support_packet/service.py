"""Puts the packet together: the configuration without secrets, the log, the metrics, figures and versions."""

import io
import os
import platform
import zipfile

import msgspec
import trio

from mmfast import REFERENCE_VERSION
from mmfast.api.context import Context
from mmfast.features.admin.analytics import service as analytics
from mmfast.features.admin.config import service as config
from mmfast.features.admin.config.types import ConfigQuery
from mmfast.features.admin.database import store as database
from mmfast.features.admin.logs import service as logs
from mmfast.features.admin.logs.types import LogPage
from mmfast.features.admin.support_packet import store
from mmfast.features.admin.support_packet.types import Diagnostics, PacketQuery
from mmfast.hot import IMPL
from mmfast.platform.metrics import snapshots
from mmfast.platform.metrics_text import render


async def make_packet(ctx: Context, query: PacketQuery) -> bytes:
    """The packet, as a zip file."""
    parts = {
        "config.json": _json(await config.shown(ctx, ctx.config, ConfigQuery())),
        "diagnostics.json": _json(await _diagnostics(ctx)),
        "metrics.txt": render(snapshots()),
    }
    if query.basic_server_logs:
        parts["mattermost.log"] = "".join(await logs.list_lines(LogPage())).encode()
    return await trio.to_thread.run_sync(_zip, parts)


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2)


async def _diagnostics(ctx: Context) -> Diagnostics:
    migrations = await database.list_migrations(ctx.db)
    figures = await analytics.find_figures(ctx, "standard", "") or []
    return Diagnostics(
        version=REFERENCE_VERSION,
        python=platform.python_version(),
        system=platform.platform(),
        processors=os.cpu_count() or 0,
        hot_paths=IMPL,
        database=await store.get_database_version(ctx.db),
        schema_version=migrations[0].version if migrations else 0,
        figures={figure.name: figure.value for figure in figures},
    )


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packet:
        for name, content in parts.items():
            packet.writestr(name, content)
    return out.getvalue()
