"""Who may try out the search engine, and empty its index."""

from mmfast.api.context import Context
from mmfast.features.admin.config.service import read_settings
from mmfast.features.admin.search_index.errors import SETTINGS_MISSING
from mmfast.features.identity.roles.service import require

NEEDED = ("ConnectionURL", "Username", "Password", "Sniff", "EnableIndexing")


async def may_test_engine(ctx: Context, body: bytes) -> None:
    """Whoever holds the permission for it; who sends some settings must send all."""
    if read_settings(ctx, body, "ElasticsearchSettings", NEEDED) is None:
        raise SETTINGS_MISSING()
    await require(ctx, "test_elasticsearch")


async def may_purge_indexes(ctx: Context) -> None:
    """Whoever holds the permission for it."""
    await require(ctx, "purge_elasticsearch_indexes")
