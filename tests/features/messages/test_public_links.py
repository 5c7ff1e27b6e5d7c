"""Public links: who makes them, and that only those made by the server hold."""

from tests.features.messages.uploading import upload

ON = {"FileSettings": {"EnablePublicLink": True, "PublicLinkSalt": "s" * 32}}


async def posted(room) -> dict:
    """A file that has been posted."""
    info = await upload(room.ann, room.id, "for all.html", b"<script/>")
    await room.say(room.ann, "file", file_ids=[info["id"]])
    return info


async def test_a_link_works_without_a_session(room, nobody):
    info = await posted(room)
    await room.admin.put("/config/patch", ON)
    link = (await room.ben.get(f"/files/{info['id']}/link")).json()["link"]
    path = "/" + link.partition("test")[2]
    read = await nobody.get(path)
    assert (read.status, read.body) == (200, b"<script/>")
    assert (read.headers["content-type"], read.headers["x-content-type-options"]) == ("text/plain", "nosniff")
    assert read.headers["content-disposition"].startswith("attachment;")


async def test_links_that_do_not_hold(room, nobody):
    info = await posted(room)
    await room.admin.put("/config/patch", ON)
    link = (await room.ann.get(f"/files/{info['id']}/link")).json()["link"]
    path, proof = ("/" + link.partition("test")[2]).split("?h=")
    other = await posted(room)
    for address, status in (
        (path, 400),
        (f"{path}?h=wrong", 400),
        (f"{path}?h={proof[:-1]}", 400),
        (f"//files/{other['id']}/public?h={proof}", 400),
        (f"//files/{'z' * 26}/public?h={proof}", 404),
        ("//files/abc/public", 400),
    ):
        answer = await nobody.get(address)
        assert (answer.status, answer.headers["content-type"]) == (status, "text/html")
    await room.admin.put("/config/patch", {"FileSettings": {"PublicLinkSalt": "t" * 32}})
    assert (await nobody.get(f"{path}?h={proof}")).status == 400
    await room.admin.put("/config/patch", {"FileSettings": {"EnablePublicLink": False}})
    assert (await nobody.get(f"{path}?h={proof}")).status == 403


async def test_who_makes_links(room, secret):
    info = await upload(secret.ann, secret.id)
    assert (await room.ann.get(f"/files/{info['id']}/link")).error == "api.file.get_public_link.disabled.app_error"
    await room.admin.put("/config/patch", ON)
    assert (await room.ann.get(f"/files/{info['id']}/link")).error == "api.file.get_public_link.no_post.app_error"
    await secret.say(secret.ann, "hidden", file_ids=[info["id"]])
    assert (await room.ben.get(f"/files/{info['id']}/link")).status == 403
    assert (await room.ann.get(f"/files/{info['id']}/link")).status == 200
