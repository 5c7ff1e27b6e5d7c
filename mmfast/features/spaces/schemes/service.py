"""Reads schemes and tells which roles they give."""

from typing import Final

from mmfast.api.context import Context
from mmfast.core.errors import ErrorKind
from mmfast.features.identity.roles.service import ROLES_LOADED, find_roles
from mmfast.features.identity.roles.types import RolesLoaded
from mmfast.features.spaces.schemes import store
from mmfast.features.spaces.schemes.errors import SCHEME_NOT_FOUND
from mmfast.features.spaces.schemes.types import CHANNEL_ROLES, TEAM_ROLES, RoleNames, Scheme, SchemeRoles
from mmfast.platform.cache import CacheKind

SCHEMES: CacheKind[str, Scheme | None] = CacheKind("schemes", size=1_000)

MAX_PER_PAGE = 200

MODERATED: Final = frozenset(
    f"{verb}_bookmark_{kind}_channel" for verb in ("add", "edit", "delete", "order") for kind in ("public", "private")
) | {
    "create_post",
    "add_reaction",
    "remove_reaction",
    "manage_public_channel_members",
    "manage_private_channel_members",
    "use_channel_mentions",
}
"""What the moderation of a channel can take away; all else in a channel is as the team's or the built-in roles say."""


async def find_scheme(ctx: Context, scheme_id: str) -> Scheme | None:
    """The scheme, or None."""
    return await ctx.cached(SCHEMES, scheme_id, lambda: store.find_scheme(ctx.db, scheme_id))


async def get_scheme(ctx: Context, scheme_id: str) -> Scheme:
    """The scheme, deleted or not."""
    scheme = await find_scheme(ctx, scheme_id)
    if scheme is None:
        raise SCHEME_NOT_FOUND()
    return scheme


async def list_schemes(ctx: Context, scope: str, page: int, per_page: int) -> list[Scheme]:
    """A page of the schemes of a scope, or with "" of all."""
    per_page = min(max(per_page, 1), MAX_PER_PAGE)
    return await store.list_schemes(ctx.db, scope, max(page, 0) * per_page, per_page)


async def get_team_role_names(ctx: Context, scheme_id: str | None) -> RoleNames:
    """The roles of a team with this scheme; the built-in ones without a scheme, or where it names none."""
    scheme = await find_scheme(ctx, scheme_id) if scheme_id else None
    if scheme is None:
        return TEAM_ROLES
    return RoleNames(
        scheme.default_team_guest_role or TEAM_ROLES.guest,
        scheme.default_team_user_role or TEAM_ROLES.user,
        scheme.default_team_admin_role or TEAM_ROLES.admin,
    )


async def get_channel_role_names(ctx: Context, scheme_id: str | None, team_scheme_id: str | None) -> RoleNames:
    """The roles of a channel: by its own scheme, else by its team's, else the built-in ones."""
    chosen = scheme_id or team_scheme_id
    scheme = await find_scheme(ctx, chosen) if chosen else None
    if scheme is None:
        return CHANNEL_ROLES
    return RoleNames(
        scheme.default_channel_guest_role or CHANNEL_ROLES.guest,
        scheme.default_channel_user_role or CHANNEL_ROLES.user,
        scheme.default_channel_admin_role or CHANNEL_ROLES.admin,
    )


@ROLES_LOADED.register
async def limit_channel_roles(ctx: Context, news: RolesLoaded) -> None:
    """Makes a channel scheme's role a limit on the role above it: it takes moderated permissions, and adds none."""
    roles = {role.name: role for role in news.roles if role.scheme_managed and not role.built_in}
    if not roles:
        return
    above = await store.find_limiting_roles(ctx.db, list(roles))
    granted = {role.name: role.permissions for role in await find_roles(ctx, above.values())}
    for name, limiting in above.items():
        own = set(roles[name].permissions)
        roles[name].permissions = [p for p in granted.get(limiting, []) if p not in MODERATED or p in own]


async def split_roles(
    ctx: Context, roles: str, names: RoleNames, unknown: ErrorKind, foreign: ErrorKind
) -> tuple[str, SchemeRoles]:
    """Roles given by name, parted into explicit ones and the flags of a scheme with these role names.

    Raises `unknown` for a role that does not exist, `foreign` for one that another scheme or scope manages.
    """
    explicit, held = [], set()
    known = {role.name: role for role in await find_roles(ctx, roles.split())}
    for name in dict.fromkeys(roles.split()):
        if name not in known:
            raise unknown(name=name)
        if not known[name].scheme_managed:
            explicit.append(name)
        elif name in (names.guest, names.user, names.admin):
            held.add(name)
        else:
            raise foreign(name=name)
    return " ".join(explicit), SchemeRoles(names.guest in held, names.user in held, names.admin in held)
