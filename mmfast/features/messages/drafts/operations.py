"""The routes of drafts. Whose drafts they concern is the session's user, whatever the address says."""

from collections.abc import Sequence

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.api.responses import Created, JSONResponse
from mmfast.features.messages.drafts import guards, service
from mmfast.features.messages.drafts.types import Draft, DraftInput


@operation("UpsertDraft", "POST /drafts", guard=guards.may_save_draft)
async def upsert_draft(ctx: Context, body: DraftInput) -> Created[Draft | None]:
    return Created(await service.save_draft(ctx, body))


@operation("GetDrafts", "GET /users/{user_id}/teams/{team_id}/drafts", guard=guards.may_list_drafts)
async def get_drafts(ctx: Context, user_id: str, team_id: str) -> JSONResponse[Sequence[Draft] | None]:
    """The drafts, or null for none."""
    return JSONResponse(await service.list_drafts(ctx, team_id) or None)


@operation("DeleteDraft", "DELETE /users/{user_id}/channels/{channel_id}/drafts", guard=guards.may_use_drafts)
async def delete_draft(ctx: Context, user_id: str, channel_id: str) -> None:
    await service.delete_draft(ctx, channel_id, "")


@operation(
    "DeleteThreadDraft", "DELETE /users/{user_id}/channels/{channel_id}/drafts/{thread_id}", guard=guards.may_use_drafts
)
async def delete_thread_draft(ctx: Context, user_id: str, channel_id: str, thread_id: str) -> None:
    await service.delete_draft(ctx, channel_id, thread_id)
