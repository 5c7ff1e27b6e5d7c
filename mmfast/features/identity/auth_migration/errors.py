"""Why accounts cannot be moved."""

from mmfast.core.errors import ErrorKind
from mmfast.features.identity.saml.errors import NOT_AVAILABLE as SAML_NOT_AVAILABLE

LDAP_NOT_AVAILABLE = ErrorKind("api.admin.ldap.not_available.app_error", 501, "LDAP is not set up on this server.")

__all__ = ["LDAP_NOT_AVAILABLE", "SAML_NOT_AVAILABLE"]
