"""What has run out does not stay in the database for ever; what is still of use does."""

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.identity.login import service as login
from mmfast.features.identity.one_time_tokens import service as tokens
from mmfast.features.identity.sessions import service as sessions

HOUR = 3_600_000


async def test_sessions_go_a_day_after_their_end(app, admin):
    ann = await admin.sign_up("ann")
    for hours, name in ((25, "a"), (23, "b")):
        await app.db.execute(
            "INSERT INTO sessions (id, token, createat, expiresat, lastactivityat, userid, deviceid, roles, isoauth,"
            " expirednotify, props) VALUES ($1, $1, 0, $2, 0, $3, '', '', false, false, '{}')",
            *(name * 26, now_ms() - hours * HOUR, ann.user["id"]),
        )
    await app.db.execute("UPDATE sessions SET expiresat = 0 WHERE userid = $1", admin.user["id"])  # never ends
    await sessions.remove_expired(Context.background(app))
    left = {row[0] for row in await app.db.fetch("SELECT token FROM sessions")}
    assert left == {ann.token, admin.token, "b" * 26}
    assert (await ann.get("/users/me")).status == 200


async def test_tokens_go_when_they_have_run_out(app):
    ctx = Context.background(app)
    kept = await tokens.create_token(ctx, "team_invitation", {})
    old = await tokens.create_token(ctx, "team_invitation", {})
    await app.db.execute("UPDATE tokens SET createat = $2 WHERE token = $1", old.token, now_ms() - 49 * HOUR)
    await tokens.remove_expired(ctx)
    assert [row[0] for row in await app.db.fetch("SELECT token FROM tokens")] == [kept.token]


async def test_desktop_tokens_go_when_they_have_run_out(app):
    for name, age in (("new", 60_000), ("old", 240_000)):
        sql = "INSERT INTO desktoptokens (token, createat, userid) VALUES ($1, $2, $3)"
        await app.db.execute(sql, name, now_ms() - age, "u" * 26)
    await login.remove_expired_desktop_tokens(Context.background(app))
    assert [row[0] for row in await app.db.fetch("SELECT token FROM desktoptokens")] == ["new"]
