"""Says roles, schemes, emojis, teams and channels as lines do."""

from collections.abc import AsyncGenerator
from typing import Any, Final

from mmfast.api.context import Context
from mmfast.db.executor import Record
from mmfast.features.admin.export_places import store
from mmfast.features.messages.emoji.service import image_path

BATCH: Final = 200

_SCHEME_ROLES: Final = (
    "defaultteamadminrole",
    "defaultteamuserrole",
    "defaultteamguestrole",
    "defaultchanneladminrole",
    "defaultchanneluserrole",
    "defaultchannelguestrole",
)


async def list_roles(ctx: Context) -> list[dict[str, Any]]:
    """The roles that belong to no scheme; those that do are said with it."""
    rows = await store.list_roles(ctx.db)
    owned = {row[name] for row in await store.list_schemes(ctx.db) for name in _SCHEME_ROLES}
    return [_role(row) for row in rows if row["name"] not in owned]


def _role(row: Record) -> dict[str, Any]:
    return {
        "name": row["name"],
        "display_name": row["displayname"],
        "description": row["description"],
        "permissions": (row["permissions"] or "").split(),
        "scheme_managed": row["schememanaged"],
    }


def _field(column: str) -> str:
    """default_team_admin_role for defaultteamadminrole, and so on."""
    kind = "team" if column.startswith("defaultteam") else "channel"
    who = column.removeprefix("default" + kind).removesuffix("role")
    return f"default_{kind}_{who}_role"


async def list_schemes(ctx: Context) -> list[dict[str, Any]]:
    """The schemes with their roles."""
    roles = {row["name"]: _role(row) for row in await store.list_roles(ctx.db)}
    found = []
    for row in await store.list_schemes(ctx.db):
        said = {name: row[column] for name, column in (("name", "name"), ("display_name", "displayname"))}
        said |= {"description": row["description"], "scope": row["scope"]}
        said |= {_field(column): roles[row[column]] for column in _SCHEME_ROLES if row[column] in roles}
        found.append(said)
    return found


async def list_emojis(ctx: Context) -> list[dict[str, Any]]:
    """The custom emojis whose picture is there."""
    rows = await store.list_emojis(ctx.db)
    paths = {row["name"]: image_path(row["id"]) for row in rows}
    return [{"name": name, "image": path} for name, path in paths.items() if await ctx.app.files.exists(path)]


async def list_emoji_files(ctx: Context) -> list[str]:
    """Where the pictures lie."""
    return [image_path(row["id"]) for row in await store.list_emojis(ctx.db)]


def _with_scheme(said: dict[str, Any], row: Record) -> dict[str, Any]:
    return said if row["scheme"] is None else {**said, "scheme": row["scheme"]}


async def teams(ctx: Context) -> AsyncGenerator[list[dict[str, Any]]]:
    """The teams, in batches."""
    after = ""
    while rows := await store.list_teams(ctx.db, after, BATCH):
        after = rows[-1]["name"]
        yield [
            _with_scheme(
                {
                    "name": row["name"],
                    "display_name": row["displayname"],
                    "type": row["type"],
                    "description": row["description"] or "",
                    "allow_open_invite": bool(row["allowopeninvite"]),
                },
                row,
            )
            for row in rows
        ]


async def channels(ctx: Context, *, archived: bool) -> AsyncGenerator[list[dict[str, Any]]]:
    """The public and private channels, in batches."""
    after = ""
    while rows := await store.list_channels(ctx.db, after, BATCH, archived=archived):
        after = rows[-1]["id"]
        yield [
            _with_scheme(
                {
                    "team": row["team"],
                    "name": row["name"],
                    "display_name": row["displayname"],
                    "type": row["type"],
                    "header": row["header"] or "",
                    "purpose": row["purpose"] or "",
                    "deleted_at": row["deleteat"],
                },
                row,
            )
            for row in rows
        ]
