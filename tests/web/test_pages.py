"""Addresses outside the API: the client's page, its files, plugins' addresses."""

import gzip
import re

PAGES = ("/", "/login", "/team/channels/town-square", "/api", "/plugins", "/static", "/robots.txt/")


async def test_any_other_address_gives_the_page(nobody):
    for path in PAGES:
        page = await nobody.get("/" + path)
        assert page.status == 200, path
        assert page.headers["content-type"] == "text/html"
        assert page.headers["x-frame-options"] == "SAMEORIGIN"
        assert b'id="root"' in page.body


async def test_the_page_holds_the_site_s_name_escaped(app, nobody):
    await app.config_store.patch({"TeamSettings": {"SiteName": "A <b>", "CustomDescriptionText": '"told"'}})
    page = (await nobody.get("//")).body
    assert b"<title>A &lt;b&gt;</title>" in page
    assert b"&quot;told&quot;" in page


async def test_other_methods_find_nothing(nobody):
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert (await nobody.call(method, "//")).status == 404


async def test_old_browsers_are_told_so(nobody):
    page = await nobody.get("//", headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0)"})
    assert page.headers["cache-control"] == "no-store"
    assert b"too old" in page.body


async def test_unknown_addresses_of_the_api_are_its_own_404(nobody):
    for path in ("/api/v3/users", "/api/"):
        assert (await nobody.get("/" + path)).error == "api.context.404.app_error"


async def test_robots_are_kept_out(nobody):
    assert (await nobody.get("//robots.txt")).body == b"User-agent: *\nDisallow: /\n"


async def test_files_of_the_page_are_kept_for_ever(nobody):
    page = (await nobody.get("//")).body.decode()
    (address,) = re.findall(r'href="(/static/[^"]+)"', page)
    file = await nobody.get("/" + address)
    assert file.headers["content-type"] == "text/css; charset=utf-8"
    assert file.headers["cache-control"] == "max-age=31556926, public"
    packed = await nobody.get("/" + address, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(packed.body) == file.body
    unchanged = await nobody.get("/" + address, headers={"if-modified-since": file.headers["last-modified"]})
    assert (unchanged.status, unchanged.body) == (304, b"")
    part = await nobody.get("/" + address, headers={"range": "bytes=0-3"})
    assert (part.status, part.body) == (206, file.body[:4])
    assert part.headers["content-range"] == f"bytes 0-3/{len(file.body)}"
    assert (await nobody.get("/" + address, headers={"range": "bytes=9999999-"})).status == 416


async def test_there_are_no_other_files(nobody):
    for path in ("/static/", "/static/page.css", "/static/none.js", "/static/plugins/some/x.js"):
        missing = await nobody.get("/" + path)
        assert (missing.status, missing.body) == (404, b"404 page not found\n"), path


async def test_the_configuration_names_sites_that_may_show_the_page_in_a_frame(app, nobody):
    policy = "content-security-policy"
    assert (await nobody.get("//")).headers[policy] == "frame-ancestors 'self' ; script-src 'self'"
    await app.config_store.patch({"ServiceSettings": {"FrameAncestors": "https://portal.example.com"}})
    page = await nobody.get("//")
    assert page.headers[policy].startswith("frame-ancestors 'self' https://portal.example.com;")
