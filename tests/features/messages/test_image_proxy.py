"""Pictures fetched for users: only pictures, only from outside, and nothing in them may run."""

import pytest

from mmfast.features.messages.image_proxy.service import camo_address
from mmfast.platform.outgoing import Answer, OutgoingError

ON = {"ImageProxySettings": {"Enable": True, "ImageProxyType": "local"}}


@pytest.fixture
async def ann(admin):
    """A user of a server whose proxy is on."""
    assert (await admin.put("/config/patch", ON)).status == 200
    return await admin.sign_up("ann")


def answering(monkeypatch, app, answer):
    """Makes the outside answer everything like this."""

    async def request(method, url, **options):
        if isinstance(answer, Exception):
            raise answer
        return answer._replace(url=url)

    monkeypatch.setattr(app.outgoing, "request", request)


async def test_a_picture_is_passed_on_without_rights(app, ann, monkeypatch):
    answering(monkeypatch, app, Answer(200, {"content-type": "image/svg+xml"}, b"<svg onload='alert(1)'/>", ""))
    shown = await ann.get("/image?url=https%3A%2F%2Fexample.com%2Fa.svg")
    assert (shown.status, shown.headers["content-type"]) == (200, "image/svg+xml")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    assert shown.headers["content-security-policy"].endswith("sandbox")


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, {"content-type": "text/html"}, b"<script/>", ""),
        Answer(200, {}, b"GIF89a", ""),
        Answer(404, {"content-type": "image/png"}, b"", ""),
        OutgoingError("nobody there"),
    ],
)
async def test_anything_else_is_not_found(app, ann, monkeypatch, answer):
    answering(monkeypatch, app, answer)
    assert (await ann.get("/image?url=https%3A%2F%2Fexample.com%2Fa.png")).status == 404


async def test_addresses_inside_are_not_asked(ann):
    for address in ("http://127.0.0.1:1/x.png", "http://[::1]/x.png", "http://169.254.169.254/x.png"):
        assert (await ann.get(f"/image?url={address}")).status == 404
    for address in ("", "file:///etc/passwd", "javascript:alert(1)", "//example.com/x.png"):
        assert (await ann.get(f"/image?url={address}")).error == "api.image.get.app_error"


async def test_needs_a_session_and_the_proxy(nobody, admin):
    assert (await nobody.get("/image?url=https%3A%2F%2Fexample.com%2Fa.png")).status == 401
    assert (await admin.get("/image?url=https%3A%2F%2Fexample.com%2Fa.png")).status == 404


async def test_a_camo_proxy_is_given_a_signed_address(ann, admin):
    there = {"RemoteImageProxyURL": "https://camo.example", "RemoteImageProxyOptions": "k"}
    remote = {"ImageProxyType": "atmos/camo", **there}
    assert (await admin.put("/config/patch", {"ImageProxySettings": remote})).status == 200
    sent = await ann.get("/image?url=https%3A%2F%2Fexample.com%2Fa.png")
    assert (sent.status, sent.headers["location"]) == (
        302,
        camo_address("https://example.com/a.png", "https://camo.example/", "k"),
    )


async def test_where_a_link_leads(app, ann, admin, monkeypatch):
    answering(monkeypatch, app, Answer(301, {"location": "https://long.example/"}, b"", ""))
    assert (await ann.get("/redirect_location?url=https%3A%2F%2Fshort.example")).json() == {
        "location": "https://long.example/"
    }
    assert (await ann.get("/redirect_location")).error == "api.context.invalid_body_param.app_error"
    answering(monkeypatch, app, OutgoingError("nobody there"))
    assert (await ann.get("/redirect_location?url=https%3A%2F%2Fshort.example")).json() == {"location": ""}
    assert (await admin.put("/config/patch", {"ServiceSettings": {"EnableLinkPreviews": False}})).status == 200
    assert (await ann.get("/redirect_location")).json() == {"location": ""}
