"""Files of posts: given, exchanged, deleted and restored with them."""

import trio

from tests.features.messages.test_file_uploads import files_on_disk
from tests.features.messages.uploading import upload


async def test_a_post_takes_only_the_author_s_own_unposted_files(room):
    own, others = await upload(room.ann, room.id), await upload(room.ben, room.id)
    post = await room.say(room.ann, "files", file_ids=[own["id"], others["id"], own["id"], "z" * 26])
    assert post["file_ids"] == [own["id"]]
    assert [f["post_id"] for f in post["metadata"]["files"]] == [post["id"]]
    again = await room.say(room.ann, "again", file_ids=[own["id"]])
    assert again["file_ids"] is None


async def test_a_file_goes_where_its_post_goes(room, secret):
    info = await upload(secret.ann, secret.id)
    await room.say(room.ann, "told", file_ids=[info["id"]])
    assert (await room.ben.get(f"/files/{info['id']}")).status == 200


async def test_files_are_exchanged_when_the_post_is_edited(room):
    old, new = await upload(room.ann, room.id), await upload(room.ann, room.id)
    post = await room.say(room.ann, "m", file_ids=[old["id"]])
    edited = (await room.ann.put(f"/posts/{post['id']}/patch", {"file_ids": [new["id"]]})).json()
    assert edited["file_ids"] == [new["id"]]
    assert (await room.ann.get(f"/files/{old['id']}")).status == 404
    [version] = (await room.ann.get(f"/posts/{post['id']}/edit_history")).json()
    assert [f["id"] for f in version["metadata"]["files"]] == [old["id"]]
    restored = await room.ann.post(f"/posts/{post['id']}/restore/{version['id']}")
    assert restored.json()["file_ids"] == [old["id"]]
    assert (await room.ann.get(f"/files/{old['id']}")).status == 200
    assert (await room.ann.get(f"/files/{new['id']}")).status == 404


async def test_deleted_with_the_post_and_its_replies(room):
    first, second = await upload(room.ann, room.id), await upload(room.ben, room.id)
    root = await room.say(room.ann, "root", file_ids=[first["id"]])
    await room.say(room.ben, "reply", root_id=root["id"], file_ids=[second["id"]])
    await room.ann.delete(f"/posts/{root['id']}")
    for info in (first, second):
        for route in ("", "/info", "/thumbnail"):
            assert (await room.ann.get(f"/files/{info['id']}{route}")).status == 404
    route = f"/posts/{root['id']}/files/info?include_deleted=true"
    assert (await room.ann.get(route)).status == 403
    assert [f["id"] for f in (await room.admin.get(route)).json()] == [first["id"]]


async def test_removed_for_good_with_the_post(app, room):
    await room.admin.put("/config/patch", {"ServiceSettings": {"EnableAPIPostDeletion": True}})
    info = await upload(room.ann, room.id)
    post = await room.say(room.ann, "m", file_ids=[info["id"]])
    assert (await room.admin.delete(f"/posts/{post['id']}?permanent=true")).status == 200
    assert (await room.admin.get(f"/files/{info['id']}")).error == "api.file.get_file_info.app_error"
    with trio.fail_after(10):
        while files_on_disk(app):  # the content goes in the background
            await trio.lowlevel.checkpoint()


async def test_the_list_of_a_post_s_files_has_an_etag(room):
    info = await upload(room.ann, room.id)
    post = await room.say(room.ann, "m", file_ids=[info["id"]])
    route = f"/posts/{post['id']}/files/info"
    listed = await room.ben.get(route)
    assert [f["id"] for f in listed.json()] == [info["id"]]
    assert (await room.ben.get(route, headers={"if-none-match": listed.headers["etag"]})).status == 304
    assert (await room.dan.get(route)).status == 403
    await room.ann.put(f"/posts/{post['id']}/patch", {"file_ids": []})
    assert (await room.ben.get(route, headers={"if-none-match": listed.headers["etag"]})).json() == []
