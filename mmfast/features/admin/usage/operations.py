"""The routes of use."""

from mmfast.api.context import Context
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.features.admin.usage import service
from mmfast.features.admin.usage.types import PostsUsage, StorageUsage, TeamsUsage


@operation("GetPostsUsage", "GET /usage/posts", guard=SIGNED_IN)
async def get_posts_usage(ctx: Context) -> PostsUsage:
    """About how many posts there are."""
    return PostsUsage(await service.count_posts(ctx))


@operation("GetStorageUsage", "GET /usage/storage", guard=SIGNED_IN)
async def get_storage_usage(ctx: Context) -> StorageUsage:
    """About how many bytes of files there are."""
    return StorageUsage(await service.sum_file_sizes(ctx))


@operation("GetTeamsUsage", "GET /usage/teams", guard=SIGNED_IN)
async def get_teams_usage(ctx: Context) -> TeamsUsage:
    """How many teams there are."""
    return TeamsUsage(await service.count_teams(ctx))
