"""The routes of the search engine."""

from mmfast.api.unavailable import declare_unavailable
from mmfast.features.admin.search_index.errors import UNAVAILABLE
from mmfast.features.admin.search_index.guards import may_purge_indexes, may_test_engine

declare_unavailable(
    UNAVAILABLE,
    ("TestElasticsearch", "POST /elasticsearch/test", may_test_engine),
    ("PurgeElasticsearchIndexes", "POST /elasticsearch/purge_indexes", may_purge_indexes),
)
