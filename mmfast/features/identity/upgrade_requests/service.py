"""Keeps requests, and has the administrators told of them."""

from typing import Final

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.hooks import Hook
from mmfast.features.identity.upgrade_requests import errors, store
from mmfast.features.identity.upgrade_requests.types import MAX_FEATURE, MAX_PLAN, RequestsDue, UpgradeRequest

REQUESTS_DUE: Final[Hook[RequestsDue]] = Hook("upgrade_requests_due")
"""Run when the administrators are to hear of requests, in the transaction that notes it."""


async def keep_request(ctx: Context, wanted: UpgradeRequest) -> None:
    """Keeps that the caller wishes for a feature, once for each."""
    if not 0 < len(wanted.required_plan) <= MAX_PLAN or not 0 < len(wanted.required_feature) <= MAX_FEATURE:
        raise errors.NOT_SAVED()
    if not await store.insert_request(ctx.db, ctx.user_id, wanted, now_ms()):
        raise errors.ASKED_ALREADY()


async def tell_administrators(ctx: Context, trial: bool) -> None:
    """Has the administrators told of what they have not heard yet."""
    async with ctx.transaction() as tx:
        requests = await store.list_untold(tx, trial)
        if not requests:
            return
        news = RequestsDue(requests)
        await REQUESTS_DUE.run(ctx, news)
        if not news.told:
            raise errors.NOT_TOLD()
        await store.mark_told(tx, trial, now_ms())
