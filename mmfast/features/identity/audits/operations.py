"""The operations on audits."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.identity.audits import service
from mmfast.features.identity.audits.guards import may_read_audits, may_read_audits_of_user
from mmfast.features.identity.audits.types import Audit, Page


@operation("GetUserAudits", "GET /users/{user_id}/audits", guard=may_read_audits_of_user)
async def get_user_audits(ctx: Context, user_id: str, query: Page) -> list[Audit]:
    """What a user did, the latest first."""
    return await service.list_audits(ctx, user_id, query.page, query.per_page)


@operation("GetAudits", "GET /audits", guard=may_read_audits)
async def get_audits(ctx: Context, query: Page) -> list[Audit]:
    """What everybody did, the latest first."""
    return await service.list_audits(ctx, "", query.page, query.per_page)
