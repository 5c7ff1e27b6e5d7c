"""The routes of accounts."""

from typing import Any

import msgspec

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.etags import tagged
from mmfast.api.guards import PUBLIC, SIGNED_IN
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.paging import Page
from mmfast.api.responses import Created, JSONResponse, Response
from mmfast.features.identity.audits import service as audits
from mmfast.features.identity.roles.service import may
from mmfast.features.identity.users import errors, guards, service, store
from mmfast.features.identity.users.types import (
    AuthChange,
    Invitation,
    InvitedBy,
    Profile,
    Since,
    User,
    UserCount,
    UserDraft,
    UserPatch,
    View,
)

Answer = JSONResponse[Any] | Response


@operation("CreateUser", "POST /users", guard=PUBLIC, auth=OPTIONAL)
async def create_user(ctx: Context, body: UserDraft, query: InvitedBy) -> Created[Profile]:
    """Makes an account: by an administrator, by invitation, or by anybody where the server is open."""
    invited = query.iid or query.t
    if not invited and await may(ctx, "manage_system"):
        user = await service.create_user(ctx, body, by_admin=True)
    else:
        user = await service.sign_up(ctx, body, Invitation(invite_id=query.iid, token=query.t) if invited else None)
    shown = service.profile(user, View.SELF)
    shown.is_bot = body.is_bot
    shown.disable_welcome_email = body.disable_welcome_email
    return Created(shown)


def _tagged_profile(ctx: Context, user: User, view: View) -> Answer:
    return tagged(ctx, service.etag(ctx, user, view), lambda: service.profile_json(user, view))


@operation("GetUser", "GET /users/{user_id}", guard=guards.may_see_user)
async def get_user(ctx: Context, loaded: User) -> Answer:
    """One user by id."""
    return _tagged_profile(ctx, loaded, await service.view_of(ctx, loaded.id))


@operation("GetUserByUsername", "GET /users/username/{username}", guard=guards.may_see_username)
async def get_user_by_username(ctx: Context, loaded: User) -> Answer:
    """One user by name."""
    return _tagged_profile(ctx, loaded, await service.list_view(ctx))


@operation("GetUserByEmail", "GET /users/email/{email}", guard=guards.may_see_email)
async def get_user_by_email(ctx: Context, loaded: User) -> Answer:
    """One user by address."""
    return _tagged_profile(ctx, loaded, await service.list_view(ctx))


async def _visible(ctx: Context, users: list[User]) -> list[User]:
    if not users or await guards.may_see_everybody(ctx):
        return users
    seen = await store.list_sharing_channel(ctx.db, ctx.user_id, [u.id for u in users])
    return [u for u in users if u.id in seen]


@operation("GetUsersByIds", "POST /users/ids", guard=SIGNED_IN)
async def get_users_by_ids(ctx: Context, body: list[str], query: Since) -> list[msgspec.Raw]:
    """The users of these ids; with `since`, those changed after it."""
    if not body:
        raise INVALID_BODY_PARAM(name="user_ids")
    since = 0
    if query.since:
        if not query.since.lstrip("-").isdecimal():
            raise INVALID_BODY_PARAM(name="since")
        since = int(query.since)
    users = await _visible(ctx, await service.get_users(ctx, body))
    return await service.public_profiles(ctx, [u for u in users if u.update_at > since] if since else users)


@operation("GetUsersByUsernames", "POST /users/usernames", guard=SIGNED_IN)
async def get_users_by_usernames(ctx: Context, body: list[str]) -> list[msgspec.Raw]:
    """The users of these names."""
    if not body:
        raise INVALID_BODY_PARAM(name="usernames")
    users = await _visible(ctx, await store.list_users_by_usernames(ctx.db, body))
    return await service.public_profiles(ctx, users)


@operation("UpdateUser", "PUT /users/{user_id}", guard=guards.may_replace_user)
async def update_user(ctx: Context, body: UserDraft, loaded: User) -> msgspec.Raw:
    """Replaces the user's own fields as a whole."""
    return service.profile_json(await service.replace_user(ctx, loaded, body), View.SELF)


@operation("PatchUser", "PUT /users/{user_id}/patch", guard=guards.may_patch_user)
async def patch_user(ctx: Context, body: UserPatch, loaded: User) -> msgspec.Raw:
    """Changes single fields."""
    user = await service.patch_user(ctx, loaded, body)
    await audits.note(ctx)
    return service.profile_json(user, View.SELF)


@operation("UpdateUserAuth", "PUT /users/{user_id}/auth", guard=guards.may_set_auth)
async def update_user_auth(ctx: Context, user_id: str, body: AuthChange) -> dict[str, str]:
    """Sets the service by which an account signs in."""
    if not body.auth_data or not body.auth_service:
        raise errors.BAD_AUTH_CHANGE()
    await service.set_auth(ctx, user_id, body.auth_service, body.auth_data)
    return {"auth_data": body.auth_data, "auth_service": body.auth_service}


@operation("VerifyUserEmailWithoutToken", "POST /users/{user_id}/email/verify/member", guard=guards.may_verify_email_of)
async def verify_user_email_without_token(ctx: Context, loaded: User) -> msgspec.Raw:
    """Takes an address as verified because an administrator says so."""
    user = await service.verify_email(ctx, loaded, loaded.email)
    return service.profile_json(user, View.ADMIN)


@operation("GetTotalUsersStats", "GET /users/stats", guard=SIGNED_IN)
async def get_total_users_stats(ctx: Context) -> UserCount:
    """How many people there are; guests count those whom they see."""
    if not await guards.may_see_everybody(ctx):
        return UserCount(await store.count_visible_people(ctx.db, ctx.user_id))
    return UserCount(await store.count_people(ctx.db))


@operation("GetUsersWithInvalidEmails", "GET /users/invalid_emails", guard=guards.may_list_invalid_emails)
async def get_users_with_invalid_emails(ctx: Context, query: Page) -> list[msgspec.Raw]:
    """People whose address is not of an accepted domain, from before the domains were restricted."""
    domains = ctx.config.TeamSettings.RestrictCreationToDomains.lower().replace(",", " ").split()
    if not domains:
        return []
    users = await store.list_invalid_emails(ctx.db, domains, query.limit, query.offset)
    return await service.public_profiles(ctx, users)
