"""The operations on personal access tokens."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.operation import operation
from mmfast.features.identity.access_tokens import service
from mmfast.features.identity.access_tokens.guards import (
    may_create_token,
    may_enable_tokens,
    may_read_all_tokens,
    may_read_token,
    may_read_tokens_of,
    may_take_tokens,
    require_token_to_change,
)
from mmfast.features.identity.access_tokens.types import AccessToken, Page, TokenChoice, TokenDraft, TokenSearch
from mmfast.features.identity.audits import service as audits
from mmfast.features.identity.users.types import User


@operation("CreateUserAccessToken", "POST /users/{user_id}/tokens", guard=may_create_token)
async def create_user_access_token(ctx: Context, user_id: str, loaded: User, body: TokenDraft) -> AccessToken:
    """Makes a token, for oneself or somebody whom one may act for."""
    if not body.description:
        raise INVALID_BODY_PARAM(name="description")
    token = await service.create_token(ctx, loaded, body.description)
    await audits.note(ctx, f"success - token_id={token.id}")
    return token


@operation("GetUserAccessTokensForUser", "GET /users/{user_id}/tokens", guard=may_read_tokens_of)
async def get_user_access_tokens_for_user(ctx: Context, user_id: str, query: Page) -> list[AccessToken]:
    """A page of a user's tokens."""
    return await service.list_tokens(ctx, user_id, query.page, query.per_page)


@operation("GetUserAccessTokens", "GET /users/tokens", guard=may_read_all_tokens)
async def get_user_access_tokens(ctx: Context, query: Page) -> list[AccessToken]:
    """A page of everybody's tokens."""
    return await service.list_tokens(ctx, "", query.page, query.per_page)


@operation("SearchUserAccessTokens", "POST /users/tokens/search", guard=may_read_all_tokens)
async def search_user_access_tokens(ctx: Context, body: TokenSearch) -> list[AccessToken]:
    """Tokens by id or user."""
    if not body.term:
        raise INVALID_BODY_PARAM(name="term")
    return await service.search_tokens(ctx, body.term)


@operation("GetUserAccessToken", "GET /users/tokens/{token_id}", guard=may_read_token)
async def get_user_access_token(ctx: Context, token_id: str, loaded: AccessToken) -> AccessToken:
    """One token, without its secret."""
    return loaded


@operation("RevokeUserAccessToken", "POST /users/tokens/revoke", guard=may_take_tokens)
async def revoke_user_access_token(ctx: Context, body: TokenChoice) -> None:
    """Takes a token back."""
    token = await require_token_to_change(ctx, body)
    await service.revoke_token(ctx, token)
    await audits.note(ctx, f"success - token_id={token.id}")


@operation("DisableUserAccessToken", "POST /users/tokens/disable", guard=may_take_tokens)
async def disable_user_access_token(ctx: Context, body: TokenChoice) -> None:
    """Switches a token off."""
    token = await require_token_to_change(ctx, body)
    await service.disable_token(ctx, token)
    await audits.note(ctx, f"success - token_id={token.id}")


@operation("EnableUserAccessToken", "POST /users/tokens/enable", guard=may_enable_tokens)
async def enable_user_access_token(ctx: Context, body: TokenChoice) -> None:
    """Switches a token on again."""
    token = await require_token_to_change(ctx, body)
    await service.enable_token(ctx, token)
    await audits.note(ctx, f"success - token_id={token.id}")
