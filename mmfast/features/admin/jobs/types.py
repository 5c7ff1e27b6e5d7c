"""Jobs as they are asked for, shown and kept, and who may do what with which type."""

from typing import Any, Final, NamedTuple

from msgspec import Struct

from mmfast.api.paging import Page

PENDING: Final = "pending"
IN_PROGRESS: Final = "in_progress"
SUCCESS: Final = "success"
ERROR: Final = "error"
CANCEL_REQUESTED: Final = "cancel_requested"
CANCELED: Final = "canceled"
WARNING: Final = "warning"

STATUSES: Final = frozenset((PENDING, IN_PROGRESS, SUCCESS, ERROR, CANCEL_REQUESTED, CANCELED, WARNING))

TRANSITIONS: Final = frozenset(
    (
        (IN_PROGRESS, PENDING),
        (IN_PROGRESS, CANCEL_REQUESTED),
        (PENDING, CANCEL_REQUESTED),
        (CANCEL_REQUESTED, CANCELED),
    )
)
"""What an administrator may change, from and to."""

FORCED: Final = frozenset((PENDING, CANCEL_REQUESTED, CANCELED))
"""What an administrator may force a job into, whatever it is."""

COMPLIANCE_EXPORT: Final = "message_export"


class Rights(NamedTuple):
    """The permissions that making, changing and reading jobs of a type take."""

    create: str = "manage_jobs"
    manage: str = "manage_jobs"
    read: str = "read_jobs"


def _own(name: str) -> Rights:
    return Rights(f"create_{name}_job", f"manage_{name}_job", f"read_{name}_job")


ON_DEMAND: Final = {
    "active_users": Rights(),
    "elasticsearch_post_aggregation": _own("elasticsearch_post_aggregation"),
    "elasticsearch_post_indexing": _own("elasticsearch_post_indexing"),
    "expiry_notify": Rights(),
    "export_delete": Rights(),
    "export_process": Rights(),
    "extract_content": Rights(),
    "import_delete": Rights(),
    "import_process": Rights(),
    "migrations": Rights(),
    "plugins": Rights(),
    "product_notices": Rights(),
}
"""Types that may be asked for. Those that nobody declares the work of wait until they are cancelled."""

LICENSED: Final = {
    "access_control_sync": Rights("manage_system", "manage_system", "manage_system"),
    "cloud": Rights(),
    "data_retention": _own("data_retention"),
    "ldap_sync": _own("ldap_sync"),
    COMPLIANCE_EXPORT: _own("compliance_export"),
}
"""Types of features that are not here: known, but nobody can make one."""


class Job(Struct):
    """A job as clients see it; times in milliseconds of the epoch, 0 for not yet."""

    id: str
    type: str
    priority: int
    create_at: int
    start_at: int
    last_activity_at: int
    status: str
    progress: int
    data: dict[str, Any] | None


class JobDraft(Struct):
    """What a job is made from."""

    type: str = ""
    data: dict[str, str] | None = None


class StatusChange(Struct):
    """What a job's status shall be; `force` passes over what may follow what."""

    status: str = ""
    force: bool = False


class JobQuery(Page):
    """Which jobs a list holds; empty is all."""

    job_type: str = ""
    status: str = ""
