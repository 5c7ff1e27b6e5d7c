"""Pages of other sites that call the API."""

ORIGIN = {"origin": "https://app.example.com"}
PREFLIGHT = {
    **ORIGIN,
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization",
}


def told(answer) -> dict[str, str]:
    return {k.lower(): v for k, v in answer.pairs if k.lower().startswith("access-control-")}


async def allow(app, **settings) -> None:
    await app.config_store.patch({"ServiceSettings": settings})


async def test_nothing_is_said_where_no_site_is_allowed(nobody):
    assert told(await nobody.call("GET", "/system/ping", headers=ORIGIN)) == {}
    preflight = await nobody.call("OPTIONS", "/system/ping", headers=PREFLIGHT)
    assert (preflight.status, told(preflight)) == (404, {})


async def test_pages_of_allowed_sites_may_read_answers(app, nobody):
    await allow(app, AllowCorsFrom="https://one.example.org https://app.example.com")
    answer = await nobody.call("GET", "/system/ping", headers=ORIGIN)
    assert told(answer) == {"access-control-allow-origin": "https://app.example.com"}
    assert "Origin" in answer.all("vary")
    assert told(await nobody.call("GET", "/users/me", headers=ORIGIN)) != {}, "refusals are answers too"
    assert told(await nobody.call("GET", "/system/ping", headers={"origin": "https://evil.example.com"})) == {}
    assert told(await nobody.call("GET", "/system/ping")) == {}


async def test_the_configuration_adds_credentials_and_headers(app, nobody):
    await allow(app, AllowCorsFrom="https://*.example.com", CorsAllowCredentials=True, CorsExposedHeaders="Token X-Y")
    assert told(await nobody.call("GET", "/system/ping", headers=ORIGIN)) == {
        "access-control-allow-origin": "https://app.example.com",
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": "Token, X-Y",
    }


async def test_every_site(app, nobody):
    await allow(app, AllowCorsFrom="*")
    answer = await nobody.call("GET", "/system/ping", headers=ORIGIN)
    assert told(answer) == {"access-control-allow-origin": "*"}


async def test_what_a_preflight_is_told(app, nobody):
    await allow(app, AllowCorsFrom="https://app.example.com")
    answer = await nobody.call("OPTIONS", "/users/me", headers=PREFLIGHT)
    assert (answer.status, answer.body) == (204, b"")
    assert told(answer) == {
        "access-control-allow-origin": "https://app.example.com",
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "authorization",
        "access-control-max-age": "86400",
    }
    for changed in ({"origin": "https://evil.example.com"}, {"access-control-request-method": "TRACE"}):
        refused = await nobody.call("OPTIONS", "/users/me", headers=PREFLIGHT | changed)
        assert (refused.status, told(refused)) == (204, {})
