"""The routes of reports."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.api.unavailable import declare_unavailable
from mmfast.features.admin.reports import errors, service
from mmfast.features.admin.reports.guards import may_read_posts, may_read_users
from mmfast.features.admin.reports.types import PostReportWish, UserFilter, UserReport, UserReportQuery

declare_unavailable(errors.NO_EXPORT, ("StartBatchUsersExport", "POST /reports/users/export", may_read_users))


@operation("GetUsersForReporting", "GET /reports/users", guard=may_read_users)
async def get_users_for_reporting(ctx: Context, query: UserReportQuery) -> list[UserReport]:
    """A page of the users with what they did."""
    return await service.list_users(ctx, query)


@operation("GetUserCountForReporting", "GET /reports/users/count", guard=may_read_users)
async def get_user_count_for_reporting(ctx: Context, query: UserFilter) -> int:
    """How many users the report holds."""
    return await service.count_users(ctx, query)


@operation("GetPostsForReporting", "POST /reports/posts", guard=may_read_posts)
async def get_posts_for_reporting(ctx: Context, body: PostReportWish) -> None:
    """Posts for auditors: a request that makes sense hears that there is no such report."""
    service.require_sensible(body)
    raise errors.NO_POSTS()
