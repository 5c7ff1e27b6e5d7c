"""Schemes of an existing database: their roles stand in the place of the built-in ones, and limit them in channels."""

from tests.client import Client


async def insert_role(app, name: str, permissions: str) -> None:
    await app.db.execute(
        "INSERT INTO roles (id, name, displayname, description, createat, updateat, deleteat, permissions,"
        " schememanaged, builtin) VALUES ($1, $2, '', '', 1, 1, 0, $3, true, false)",
        name.ljust(26, "x"),
        name,
        permissions,
    )


async def insert_scheme(app, scope: str, prefix: str) -> str:
    """A scheme whose channel roles are named by the prefix."""
    scheme_id = prefix.ljust(26, "x")
    await app.db.execute(
        "INSERT INTO schemes (id, name, displayname, description, createat, updateat, deleteat, scope,"
        " defaultteamadminrole, defaultteamuserrole, defaultchanneladminrole, defaultchanneluserrole,"
        " defaultteamguestrole, defaultchannelguestrole)"
        " VALUES ($1, $2, '', '', 1, 1, 0, $3, '', '', $4, $5, '', $6)",
        scheme_id,
        prefix,
        scope,
        *(f"{prefix}_{kind}" for kind in ("admin", "user", "guest")),
    )
    return scheme_id


async def test_a_channel_scheme_takes_away_and_adds_nothing(app, admin: Client):
    team = (await admin.post("/teams", {"name": "team", "display_name": "Team", "type": "O"})).json()
    channel = (
        await admin.post("/channels", {"team_id": team["id"], "name": "quiet", "display_name": "Quiet", "type": "O"})
    ).json()
    alice = await admin.sign_up("alice")
    await admin.post(f"/teams/{team['id']}/members", {"team_id": team["id"], "user_id": alice.user["id"]})
    await admin.post(f"/channels/{channel['id']}/members", {"user_id": alice.user["id"]})
    post = {"channel_id": channel["id"], "message": "hello"}
    assert (await alice.post("/posts", post)).status == 201

    await insert_role(app, "muted_user", "read_channel add_reaction delete_others_posts")
    scheme_id = await insert_scheme(app, "channel", "muted")
    await app.db.execute("UPDATE channels SET schemeid = $2 WHERE id = $1", channel["id"], scheme_id)
    app.caches.clear()

    assert (await alice.post("/posts", post)).status == 403, "moderation took create_post away"
    assert (await alice.get(f"/channels/{channel['id']}")).status == 200
    assert (await alice.put(f"/channels/{channel['id']}/patch", {"header": "x"})).status == 200, "not moderated"
    by_admin = (await admin.post("/posts", post)).json()
    assert (await alice.delete(f"/posts/{by_admin['id']}")).status == 403, "a scheme of a channel adds nothing"

    user = (await admin.get("/roles/name/channel_user")).json()
    kept = [p for p in user["permissions"] if p != "manage_public_channel_properties"]
    await admin.put(f"/roles/{user['id']}/patch", {"permissions": kept})
    changed = await alice.put(f"/channels/{channel['id']}/patch", {"header": "y"})
    assert changed.status == 403, "what the role above loses, the scheme's role loses too"
