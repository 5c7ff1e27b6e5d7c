"""The operations on schemes."""

from typing import Any

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.features.spaces.schemes import service
from mmfast.features.spaces.schemes.errors import CREATE_UNLICENSED, DELETE_UNLICENSED, PATCH_UNLICENSED
from mmfast.features.spaces.schemes.guards import may_read_schemes
from mmfast.features.spaces.schemes.types import Scheme, SchemeList

SCOPES = frozenset(("", "team", "channel", "playbook", "run"))


@operation("GetSchemes", "GET /schemes", guard=may_read_schemes)
async def get_schemes(ctx: Context, query: SchemeList) -> list[Scheme]:
    """A page of the schemes, of one scope or all."""
    if query.scope not in SCOPES:
        raise INVALID_BODY_PARAM(name="scope")
    return await service.list_schemes(ctx, query.scope, query.page, query.per_page)


@operation("GetScheme", "GET /schemes/{scheme_id}", guard=may_read_schemes, trust_requester=True)
async def get_scheme(ctx: Context, scheme_id: str) -> Scheme:
    """One scheme."""
    return await service.get_scheme(ctx, scheme_id)


@operation("CreateScheme", "POST /schemes", guard=SIGNED_IN)
async def create_scheme(ctx: Context, body: dict[str, Any]) -> None:
    """Making schemes needs a licence."""
    raise CREATE_UNLICENSED()


@operation("PatchScheme", "PUT /schemes/{scheme_id}/patch", guard=SIGNED_IN)
async def patch_scheme(ctx: Context, scheme_id: str, body: dict[str, Any]) -> None:
    """Changing schemes needs a licence."""
    raise PATCH_UNLICENSED()


@operation("DeleteScheme", "DELETE /schemes/{scheme_id}", guard=SIGNED_IN)
async def delete_scheme(ctx: Context, scheme_id: str) -> None:
    """Deleting schemes needs a licence."""
    raise DELETE_UNLICENSED()
