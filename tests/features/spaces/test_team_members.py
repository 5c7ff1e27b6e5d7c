"""Members of a team that is kept to the members of groups."""


async def test_people_come_and_go_with_the_groups_only(app, crew):
    team_id, dan = crew.team["id"], crew.dan.user["id"]
    path = f"/teams/{team_id}/members"
    await crew.ann.put(f"/teams/{team_id}/patch", {"group_constrained": True})
    row = {"team_id": team_id, "user_id": dan}
    for refused in (await crew.ann.post(path, row), await crew.ann.post(path + "/batch?graceful=true", [row])):
        assert (refused.status, refused.error) == (400, "api.team.add_members.user_denied")
    refused = await crew.ann.delete(f"{path}/{crew.ben.user['id']}")
    assert (refused.status, refused.error) == (400, "api.team.remove_member.group_constrained.app_error")
    assert (await crew.ben.delete(f"{path}/{crew.ben.user['id']}")).status == 200, "people may still leave"
    await app.db.execute(
        "INSERT INTO usergroups (id, name, displayname, source, createat, updateat, deleteat, allowreference)"
        " VALUES ($1, 'lab', 'Lab', 'ldap', 1, 1, 0, false)",
        "g" * 26,
    )
    await app.db.execute("INSERT INTO groupteams VALUES ($1, false, false, 1, 0, 1, $2)", "g" * 26, team_id)
    await app.db.execute("INSERT INTO groupmembers VALUES ($1, $2, 1, 0)", "g" * 26, dan)
    assert (await crew.ann.post(path, row)).status == 201


async def test_a_channel_kept_to_groups_loses_only_bots_by_hand(app, crew):
    channel = await crew.channel(crew.ann)
    await crew.join(channel, crew.ann, crew.ben)
    await app.config_store.patch({"ServiceSettings": {"EnableBotAccountCreation": True}})
    bot = (await crew.admin.post("/bots", {"username": "robo"})).json()["user_id"]
    await crew.ann.post(f"/teams/{crew.team['id']}/members", {"team_id": crew.team["id"], "user_id": bot})
    path = f"/channels/{channel['id']}"
    assert (await crew.ann.post(path + "/members", {"user_id": bot})).status == 201
    await app.db.execute("UPDATE channels SET groupconstrained = true WHERE id = $1", channel["id"])
    app.caches.clear()
    refused = await crew.ann.delete(f"{path}/members/{crew.ben.user['id']}")
    assert (refused.status, refused.error) == (400, "api.channel.remove_member.group_constrained.app_error")
    assert (await crew.ann.delete(f"{path}/members/{bot}")).status == 200
