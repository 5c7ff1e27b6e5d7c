"""The routes of address filters."""

from mmfast.api.guards import SIGNED_IN
from mmfast.api.unavailable import declare_unavailable
from mmfast.features.admin.ip_filtering.errors import UNAVAILABLE

declare_unavailable(
    UNAVAILABLE,
    ("GetIPFilters", "GET /ip_filtering", SIGNED_IN),
    ("ApplyIPFilters", "POST /ip_filtering", SIGNED_IN),
    ("MyIP", "GET /ip_filtering/my_ip", SIGNED_IN),
)
