"""What is shown of the pages and pictures behind links."""

import io

import pytest
from PIL import Image

from mmfast.platform.outgoing import Answer, OutgoingError

PAGE = b'<html><head><meta property="og:title" content="A title"><meta property="og:image" content="/p.png">'


def picture():
    """A picture of 3 by 2 pixels."""
    made = io.BytesIO()
    Image.new("RGB", (3, 2)).save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def web(app, monkeypatch):
    """A web of a page and a picture; gives the addresses that were asked for."""
    asked = []

    class Web:
        async def request(self, method, url, **options):
            asked.append(url)
            if url.endswith(".png"):
                return Answer(200, {"content-type": "image/png"}, picture(), url)
            if "dead" in url:
                raise OutgoingError("no answer")
            return Answer(200, {"content-type": "text/html"}, PAGE, url)

        async def aclose(self):
            """Nothing to close."""

    monkeypatch.setattr(app, "outgoing", Web())
    return asked


async def test_a_page_describes_itself(room, web):
    made = await room.say(room.ann, "see http://web/page and http://web/other")
    [embed] = made["metadata"]["embeds"]
    assert (embed["type"], embed["url"], embed["data"]["title"]) == ("opengraph", "http://web/page", "A title")
    assert embed["data"]["images"][0]["url"] == "http://web/p.png"
    read = (await room.ben.get(f"/posts/{made['id']}")).json()
    assert read["metadata"] == made["metadata"]
    assert web == ["http://web/page"]


async def test_pictures_have_sizes(room, web):
    made = await room.say(room.ann, "![p](http://web/a.png) `http://web/code`")
    size = {"width": 3, "height": 2, "format": "png", "frame_count": 0}
    assert made["metadata"] == {"images": {"http://web/a.png": size}}


async def test_nothing_is_fetched_when_previews_are_off(room, web):
    await room.admin.put("/config/patch", {"ServiceSettings": {"EnableLinkPreviews": False}})
    assert (await room.say(room.ann, "see http://web/page"))["metadata"] == {}
    assert web == []


async def test_a_dead_link_is_looked_at_once_and_never_by_readers(room, web):
    made = await room.say(room.ann, "http://dead/")
    assert made["metadata"] == {}
    listed = (await room.ben.get(f"/channels/{room.id}/posts")).json()
    assert listed["posts"][made["id"]]["metadata"]["embeds"] == [{"type": "link", "url": "http://dead/"}]
    await room.say(room.ann, "again http://dead/")
    assert web == ["http://dead/"]
