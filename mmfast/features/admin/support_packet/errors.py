"""The errors of the support packet."""

from mmfast.core.errors import ErrorKind

NO_LICENSE = ErrorKind("api.no_license", 403, "There is no support contract to make a packet for.")
