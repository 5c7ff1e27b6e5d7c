"""The routes of the first set-up."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.admin.onboarding import errors, guards
from mmfast.features.admin.onboarding.types import DONE, MAX_ORGANIZATION, ORGANIZATION, Setup
from mmfast.features.admin.system import store
from mmfast.features.admin.system.types import Fact


@operation(
    "CompleteOnboarding",
    "POST /system/onboarding/complete",
    guard=guards.may_complete_setup,
    body_error=errors.UNREADABLE,
)
async def complete_onboarding(ctx: Context, body: Setup) -> None:
    """Notes the organisation, and that the set-up is done."""
    if not body.organization:
        raise errors.NO_ORGANIZATION()
    async with ctx.transaction() as tx:
        await store.save_fact(tx, Fact(ORGANIZATION, body.organization[:MAX_ORGANIZATION]))
        await store.save_fact(tx, Fact(DONE, "true"))


@operation("GetOnboarding", "GET /system/onboarding/complete", guard=guards.may_read_setup)
async def get_onboarding(ctx: Context) -> Fact:
    """Whether the set-up is done."""
    return await store.find_fact(ctx.db, DONE) or Fact(DONE, "false")
