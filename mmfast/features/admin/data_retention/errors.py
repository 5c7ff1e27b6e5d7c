"""Why retention policies are refused."""

from mmfast.core.errors import ErrorKind

UNAVAILABLE = ErrorKind("ent.data_retention.generic.license.error", 501, "Policies for keeping data are not available.")
