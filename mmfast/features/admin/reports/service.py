"""Puts the report of users together, and checks what is asked of the report of posts."""

from base64 import b64decode
from datetime import UTC, datetime
from typing import Final

from msgspec import UNSET

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import is_valid_id
from mmfast.db.executor import Record
from mmfast.features.admin.reports import errors, store
from mmfast.features.admin.reports.types import (
    MAX_PAGE,
    SORT_COLUMNS,
    PostReportWish,
    UserFilter,
    UserReport,
    UserReportQuery,
)
from mmfast.features.identity.users.store import user_from_row

_DAY_MS: Final = 24 * 60 * 60 * 1000


def _require_valid(wanted: UserFilter) -> None:
    if wanted.team_filter and not is_valid_id(wanted.team_filter):
        raise errors.BAD_TEAM()
    if wanted.hide_active and wanted.hide_inactive:
        raise errors.BAD_ACTIVITY()


async def list_users(ctx: Context, wanted: UserReportQuery) -> list[UserReport]:
    """A page of the report."""
    if not 0 < wanted.page_size <= MAX_PAGE:
        raise errors.BAD_PAGE_SIZE()
    _require_valid(wanted)
    if wanted.sort_column not in SORT_COLUMNS:
        raise errors.BAD_COLUMN()
    since, until = _range(wanted.date_range)
    return [_report(row) for row in await store.list_users(ctx.db, wanted, since, until)]


async def count_users(ctx: Context, wanted: UserFilter) -> int:
    """How many users the report holds."""
    _require_valid(wanted)
    return await store.count_users(ctx.db, wanted)


def _range(name: str) -> tuple[int, int]:
    """Beginning and end of a range of dates by its name, 0 for none; an unknown one is all time."""
    now = now_ms()
    if name == "last30days":
        return now - 30 * _DAY_MS, 0
    if name == "previousmonth":
        first = datetime.fromtimestamp(now / 1000, UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        before = first.replace(year=first.year - (first.month == 1), month=(first.month - 2) % 12 + 1)
        return int(before.timestamp() * 1000), int(first.timestamp() * 1000)
    if name == "last6months":
        return now - 182 * _DAY_MS, 0
    return 0, 0


def _report(row: Record) -> UserReport:
    user = user_from_row(row)
    status_at, posted_at, days, posts, channels = list(row)[store.USER_WIDTH :]
    return UserReport(
        id=user.id,
        create_at=user.create_at,
        update_at=user.update_at,
        delete_at=user.delete_at,
        username=user.username,
        auth_service=user.auth_service,
        email=user.email,
        nickname=user.nickname,
        first_name=user.first_name,
        last_name=user.last_name,
        position=user.position,
        roles=user.roles,
        notify_props=user.notify_props,
        locale=user.locale,
        timezone=user.timezone,
        remote_id=UNSET if user.remote_id is None else user.remote_id,
        disable_welcome_email=False,
        last_login=user.last_login or UNSET,
        last_status_at=status_at or UNSET,
        last_post_date=posted_at or UNSET,
        days_active=days or 0,
        total_posts=posts or UNSET,
        channel_count=channels,
    )


# Posts ----------------------------------------------------------------------------------------------------------------

_CURSOR_VERSION: Final = 1
_BOOLEANS: Final = frozenset(("true", "false"))


def require_sensible(wanted: PostReportWish) -> None:
    """Refuses a report of posts that cannot be. What the cursor holds wins over what stands beside it."""
    channel_id, time_field, direction = wanted.channel_id, wanted.time_field, wanted.sort_direction
    if wanted.cursor:
        channel_id, time_field, direction, post_id = _read_cursor(wanted.cursor)
    if not is_valid_id(channel_id):
        raise errors.BAD_CHANNEL()
    if time_field not in ("", "create_at", "update_at"):
        raise errors.BAD_TIME_FIELD()
    if direction not in ("", "asc", "desc"):
        raise errors.BAD_DIRECTION()
    if wanted.cursor and not is_valid_id(post_id):
        raise errors.BAD_CURSOR_POST()


def _read_cursor(cursor: str) -> tuple[str, str, str, str]:
    """Channel, time field, direction and last post, of "version:channel:field:deleted:system:direction:time:post"."""
    try:
        parts = b64decode(cursor, altchars=b"-_", validate=True).decode(errors="replace").split(":")
    except ValueError:  # the alphabet's, or a character beyond ASCII
        raise errors.BAD_CURSOR() from None
    if len(parts) != 8:
        raise errors.BAD_CURSOR_PARTS()
    version, channel_id, time_field, deleted, system, direction, at, post_id = parts
    if not version.isdecimal():
        raise errors.BAD_CURSOR_VERSION()
    if int(version) != _CURSOR_VERSION:
        raise errors.OTHER_CURSOR_VERSION()
    if deleted not in _BOOLEANS:
        raise errors.BAD_CURSOR_DELETED()
    if system not in _BOOLEANS:
        raise errors.BAD_CURSOR_SYSTEM()
    if not at.lstrip("-").isdecimal():
        raise errors.BAD_CURSOR_TIME()
    return channel_id, time_field, direction, post_id
