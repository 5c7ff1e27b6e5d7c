"""Says people and bots as lines do. Secrets are left out: who is imported elsewhere sets a new password."""

from collections.abc import AsyncGenerator
from typing import Any, Final

import msgspec

from mmfast.api.context import Context
from mmfast.db.executor import Record
from mmfast.features.admin.export_people import store
from mmfast.features.admin.export_people.types import (
    INTERVALS,
    MEMBER_NOTIFY,
    MEMBER_NOTIFY_IF_SET,
    PREFERENCES,
    USER_NOTIFY,
)
from mmfast.features.identity.profile_images.service import image_path

BATCH: Final = 25
"""Accounts read at a time: each may be in hundreds of channels, and people are being served meanwhile."""


async def list_pictures(ctx: Context) -> list[str]:
    """Where the pictures of those lie who have set one."""
    return [image_path(user_id) for user_id in await store.list_pictures(ctx.db)]


def roles_said(row: Record, kind: str) -> str:
    """The roles of a member of a team or channel (`kind`), by the names that every server knows."""
    roles = (row["roles"] or "").split()
    flags = (("admin", row["schemeadmin"]), ("guest", row["schemeguest"]), ("user", row["schemeuser"]))
    return " ".join(sorted({*roles, *(f"{kind}_{name}" for name, held in flags if held)}))


def decoded(text: str | None) -> dict[str, Any]:
    """A column of JSON; an empty object for null or what is no object."""
    value = msgspec.json.decode(text) if text else None
    return value if isinstance(value, dict) else {}


async def users(ctx: Context, *, archived: bool, pictures: bool) -> AsyncGenerator[list[dict[str, Any]]]:
    """The people, in batches, with their memberships."""
    after = ""
    while rows := await store.list_users(ctx.db, after, BATCH):
        after = rows[-1]["id"]
        ids = [row["id"] for row in rows]
        teams = await _teams(ctx, ids, archived=archived)
        preferences: dict[str, list[Record]] = {}
        for item in await store.list_preferences(ctx.db, ids):
            preferences.setdefault(item["userid"], []).append(item)
        batch = []
        for row in rows:
            said = _user(row) | _preferences(preferences.get(row["id"], []), teams.get(row["id"], {}))
            if pictures and row["lastpictureupdate"] and await ctx.app.files.exists(image_path(row["id"])):
                said["profile_image"] = image_path(row["id"])
            said["teams"] = list(teams.get(row["id"], {}).values())
            batch.append(said)
        yield batch


def _user(row: Record) -> dict[str, Any]:
    notify = decoded(row["notifyprops"])
    said: dict[str, Any] = {
        "username": row["username"],
        "email": row["email"],
        "auth_service": row["authservice"] or None,
        "nickname": row["nickname"] or "",
        "first_name": row["firstname"] or "",
        "last_name": row["lastname"] or "",
        "position": row["position"] or "",
        "roles": row["roles"] or "",
        "locale": row["locale"] or "",
        "delete_at": row["deleteat"] or 0,
        "notify_props": {said: notify.get(kept, "") for said, kept in USER_NOTIFY.items()},
    }
    if row["authservice"] and row["authdata"]:
        said["auth_data"] = row["authdata"]
    status = decoded(row["customstatus"])
    if status:
        said["custom_status"] = status
    return said


def _preferences(rows: list[Record], teams: dict[str, dict[str, Any]]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for row in rows:
        category, name, value = row["category"], row["name"], row["value"] or ""
        if (category, name) in PREFERENCES:
            said[PREFERENCES[category, name]] = value
        elif category == "tutorial_step" and name == row["userid"]:
            said["tutorial_step"] = value
        elif category == "theme" and not name:
            said["theme"] = value
        elif category == "theme" and name in teams:
            teams[name]["theme"] = value
        elif (category, name) == ("notifications", "email_interval") and value in INTERVALS:
            said["email_interval"] = INTERVALS[value]
    return said


async def _teams(ctx: Context, user_ids: list[str], *, archived: bool) -> dict[str, dict[str, dict[str, Any]]]:
    """The memberships of each user by the team's id."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in await store.list_team_members(ctx.db, user_ids):
        said = {"name": row["name"], "roles": roles_said(row, "team"), "channels": []}
        found.setdefault(row["userid"], {})[row["teamid"]] = said
    for row in await store.list_channel_members(ctx.db, user_ids, archived=archived):
        team = found.get(row["userid"], {}).get(row["teamid"])
        if team is not None:
            team["channels"].append(_channel_member(row))
    return found


def _channel_member(row: Record) -> dict[str, Any]:
    notify = decoded(row["notifyprops"])
    said = {name: notify.get(kept, "default") for name, kept in MEMBER_NOTIFY.items()}
    said |= {name: notify[name] for name, usual in MEMBER_NOTIFY_IF_SET.items() if notify.get(name, usual) != usual}
    return {
        "name": row["name"],
        "roles": roles_said(row, "channel"),
        "notify_props": said,
        "favorite": row["favorite"],
        "last_viewed_at": row["lastviewedat"] or 0,
        "msg_count": row["msgcount"] or 0,
        "msg_count_root": row["msgcountroot"] or 0,
        "mention_count": row["mentioncount"] or 0,
        "mention_count_root": row["mentioncountroot"] or 0,
        "urgend_mention_count": row["urgentmentioncount"] or 0,
    }


async def bots(ctx: Context, *, pictures: bool) -> AsyncGenerator[list[dict[str, Any]]]:
    """The bots, in batches."""
    after = ""
    while rows := await store.list_bots(ctx.db, after, BATCH):
        after = rows[-1]["id"]
        batch = []
        for row in rows:
            said = {
                "username": row["username"],
                "owner": row["owner"] or "",
                "display_name": row["firstname"] or "",
                "description": row["description"] or "",
                "delete_at": row["deleteat"] or 0,
            }
            if pictures and row["lastpictureupdate"] and await ctx.app.files.exists(image_path(row["id"])):
                said["profile_image"] = image_path(row["id"])
            batch.append(said)
        yield batch
