"""Why the search engine is refused."""

from mmfast.core.errors import ErrorKind

UNAVAILABLE = ErrorKind(
    "ent.elasticsearch.test_config.license.error", 501, "External search engines are not available."
)
SETTINGS_MISSING = ErrorKind(
    "api.elasticsearch.test_elasticsearch_settings_nil.app_error", 400, "The request lacks settings of the engine."
)
