"""SQL for roles and schemes that come from a file: the server itself makes neither."""

from mmfast.db.executor import Executor
from mmfast.features.identity.roles.types import Role
from mmfast.features.spaces.schemes.types import Scheme


async def save_role(db: Executor, role: Role) -> None:
    """Makes a role, or changes the one of its name; what belongs to the server itself keeps that mark."""
    await db.execute(
        """INSERT INTO roles (id, name, displayname, description, createat, updateat, deleteat, permissions,
               schememanaged, builtin)
           VALUES ($1, $2, $3, $4, $5, $5, 0, $6, $7, false)
           ON CONFLICT (name) DO UPDATE SET displayname = excluded.displayname, description = excluded.description,
               updateat = excluded.updateat, deleteat = 0, permissions = excluded.permissions""",
        role.id,
        role.name,
        role.display_name,
        role.description,
        role.update_at,
        "".join(f" {permission}" for permission in role.permissions),
        role.scheme_managed,
    )


async def save_scheme(db: Executor, scheme: Scheme) -> None:
    """Makes a scheme, or changes the texts and roles of the one of its id."""
    await db.execute(
        """INSERT INTO schemes (id, name, displayname, description, createat, updateat, deleteat, scope,
               defaultteamadminrole, defaultteamuserrole, defaultteamguestrole, defaultchanneladminrole,
               defaultchanneluserrole, defaultchannelguestrole)
           VALUES ($1, $2, $3, $4, $5, $5, 0, $6, $7, $8, $9, $10, $11, $12)
           ON CONFLICT (id) DO UPDATE SET displayname = excluded.displayname, description = excluded.description,
               updateat = excluded.updateat, defaultteamadminrole = excluded.defaultteamadminrole,
               defaultteamuserrole = excluded.defaultteamuserrole,
               defaultteamguestrole = excluded.defaultteamguestrole,
               defaultchanneladminrole = excluded.defaultchanneladminrole,
               defaultchanneluserrole = excluded.defaultchanneluserrole,
               defaultchannelguestrole = excluded.defaultchannelguestrole""",
        scheme.id,
        scheme.name,
        scheme.display_name,
        scheme.description,
        scheme.update_at,
        scheme.scope,
        scheme.default_team_admin_role,
        scheme.default_team_user_role,
        scheme.default_team_guest_role,
        scheme.default_channel_admin_role,
        scheme.default_channel_user_role,
        scheme.default_channel_guest_role,
    )


async def set_team_scheme(db: Executor, team_id: str, scheme_id: str) -> None:
    """Gives a team a scheme."""
    await db.execute("UPDATE teams SET schemeid = $2 WHERE id = $1", team_id, scheme_id)
