"""What the server writes into channels."""


async def texts(room, reader=None):
    listed = (await (reader or room.ann).get(f"/channels/{room.id}/posts")).json()
    return [(listed["posts"][i]["type"], listed["posts"][i]["message"]) for i in listed["order"]]


async def test_comings_and_goings(room, app):
    await room.cid.post(f"/channels/{room.id}/members", {"user_id": room.cid.user["id"]})
    await room.ann.delete(f"/channels/{room.id}/members/{room.cid.user['id']}")
    await room.ben.delete(f"/channels/{room.id}/members/{room.ben.user['id']}")
    assert (await texts(room))[:4] == [
        ("system_leave_channel", "@ben left the channel."),
        ("system_remove_from_channel", "@cid removed from the channel."),
        ("system_join_channel", "cid joined the channel."),
        ("system_add_to_channel", "ben added to the channel by ann."),
    ]
    assert await app.db.fetchval("SELECT totalmsgcount FROM channels WHERE id = $1", room.id) == 0


async def test_changes_of_the_channel(room):
    path = f"/channels/{room.id}/patch"
    for change in ({"header": "H"}, {"header": ""}, {"purpose": "P"}, {"display_name": "N"}):
        assert (await room.ann.put(path, change)).status == 200
    assert (await texts(room))[:4] == [
        ("system_displayname_change", "ann updated the channel display name from: Room to: N"),
        ("system_purpose_change", "ann updated the channel purpose to: P"),
        ("system_header_change", "ann removed the channel header (was: H)"),
        ("system_header_change", "ann updated the channel header to: H"),
    ]
