"""The errors of the configuration API; a broken rule is answered with the rule's own id."""

from mmfast.core.errors import AppError, ErrorKind
from mmfast.platform.config.model import ConfigError
from mmfast.platform.config.store import InvalidConfig
from mmfast.platform.config.validation import RULES

CLEARS_SITE_URL = ErrorKind(
    "api.config.update_config.clear_siteurl.app_error", 400, "The site's address may be changed but not emptied."
)
NOT_BY_API = ErrorKind(
    "api.config.update_config.not_allowed_security.app_error",
    403,
    "For security, {name} can be changed only in the configuration file.",
)
NOT_SAVED = ErrorKind("app.save_config.app_error", 500, "The configuration could not be saved.")

BROKEN_RULE = {rule.id: ErrorKind(rule.id, 400, rule.text) for rule in RULES}


def refusal(error: ConfigError) -> AppError:
    """The answer for a change that the configuration did not take."""
    if isinstance(error, InvalidConfig):
        return BROKEN_RULE[error.id]()
    return NOT_SAVED(detail=str(error))
