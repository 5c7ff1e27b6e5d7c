"""Importing in bulk: what comes in, what a second import changes, what is refused, and going on after a break."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from mmfast.api.context import Context
from mmfast.core.errors import AppError
from mmfast.features.admin.bulk_import.types import ImportFailed, Options
from mmfast.features.admin.imports import service
from tests.client import PASSWORD, Client

AT = 1_600_000_000_000
VERSION = {"type": "version", "version": 1}
TEAM = {"type": "team", "team": {"name": "crew", "display_name": "Crew", "type": "O"}}
CHANNEL = {
    "type": "channel",
    "channel": {"team": "crew", "name": "deck", "display_name": "Deck", "type": "P", "header": "head"},
}


def person(name, **more):
    membership = {"name": "crew", "roles": "team_user", "channels": [{"name": "deck", "roles": "channel_user"}]}
    user = {"username": name, "email": f"{name}@example.com", "password": PASSWORD, "teams": [membership], **more}
    return {"type": "user", "user": user}


def post(message, at=AT, user="ann", **more):
    return {
        "type": "post",
        "post": {"team": "crew", "channel": "deck", "user": user, "message": message, "create_at": at, **more},
    }


WORLD = [VERSION, TEAM, CHANNEL, person("ann"), person("ben")]


def zipped(path: Path, lines, files=(), raw: bytes = b"") -> Path:
    content = raw or "".join(json.dumps(line) + "\n" for line in lines).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("import.jsonl", content)
        for name, data in files:
            archive.writestr(name, data)
    return path


@pytest.fixture
def load(app, tmp_path):
    """Imports lines; gives the progress."""

    async def run(lines, files=(), raw=b"", **options):
        path = zipped(tmp_path / "in.zip", lines, files, raw)
        return await service.import_path(Context.background(app), path, Options(**options))

    return run


async def counts(app):
    tables = ("teams", "channels", "users", "posts", "reactions", "fileinfo", "threads", "threadmemberships",
              "teammembers", "channelmembers", "preferences", "emoji", "bots", "sidebarchannels")  # fmt: skip
    rows = await app.db.fetch(
        " UNION ALL ".join(f"SELECT '{table}' AS t, count(*) AS n FROM {table}" for table in tables)
    )
    return {row[0]: row[1] for row in rows}


async def channel_of(app, name="deck"):
    return await app.db.fetchrow(
        "SELECT id, totalmsgcount, totalmsgcountroot, lastpostat, lastrootpostat FROM channels WHERE name = $1", name
    )


async def test_a_thread_comes_with_replies_reactions_files_and_counters(app, admin, load):
    lines = [
        *WORLD,
        post(
            "first #tag",
            is_pinned=True,
            flagged_by=["ben"],
            attachments=[{"path": "a.txt"}],
            reactions=[{"user": "ben", "emoji_name": "smile", "create_at": AT + 1}],
            replies=[
                {"user": "ben", "message": "reply", "create_at": AT + 10},
                {"user": "ann", "message": "again", "create_at": AT + 20},
            ],
        ),
    ]
    await load(lines, [("data/a.txt", b"what is in it")])
    channel = await channel_of(app)
    assert tuple(channel)[1:] == (3, 1, AT + 20, AT)
    ann = Client(admin.dispatcher)
    assert (await ann.login("ann")).status == 200
    thread = (await ann.get(f"/channels/{channel[0]}/posts")).json()
    posts = [thread["posts"][post_id] for post_id in thread["order"]]
    assert [p["message"] for p in posts] == ["again", "reply", "first #tag"]
    root = posts[2]
    assert (root["hashtags"], root["is_pinned"]) == ("#tag", True)
    assert [r["emoji_name"] for r in root["metadata"]["reactions"]] == ["smile"]
    [file] = root["metadata"]["files"]
    assert (file["name"], file["size"]) == ("a.txt", 13)
    assert (await ann.get(f"/files/{file['id']}")).body == b"what is in it"
    followed = (await ann.get(f"/users/me/teams/{await team_id(app)}/threads")).json()
    assert (followed["total"], followed["total_unread_threads"]) == (1, 0)


async def team_id(app):
    return await app.db.fetchval("SELECT id FROM teams WHERE name = 'crew'")


EVERYTHING = [
    VERSION,
    {"type": "emoji", "emoji": {"name": "our_ship", "image": "ship.png"}},
    TEAM,
    CHANNEL,
    person("ann", theme="{}", notify_props={"desktop": "all"}, profile_image="ship.png"),
    person("ben"),
    {"type": "bot", "bot": {"username": "parrot", "owner": "ann", "display_name": "Polly"}},
    post(
        "root",
        reactions=[{"user": "ben", "emoji_name": "our_ship", "create_at": AT + 1}],
        attachments=[{"path": "a.txt"}],
        replies=[{"user": "ben", "message": "reply", "create_at": AT + 2, "attachments": [{"path": "a.txt"}]}],
        thread_followers=[{"user": "ann", "last_viewed": AT + 2}],
    ),
    {"type": "direct_channel", "direct_channel": {"members": ["ann", "ben"], "favorited_by": ["ann"]}},
    {
        "type": "direct_post",
        "direct_post": {"channel_members": ["ann", "ben"], "user": "ann", "message": "psst", "create_at": AT},
    },
    {
        "type": "direct_post",
        "direct_post": {"channel_members": ["ann", "ben", "parrot"], "user": "ben", "message": "hi", "create_at": AT},
    },
    {
        "type": "direct_post",
        "direct_post": {"channel_members": ["ann"], "user": "ann", "message": "note to me", "create_at": AT},
    },
]


def picture():
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(out, "PNG")
    return out.getvalue()


async def test_importing_twice_doubles_nothing(app, load):
    files = [("data/a.txt", b"text"), ("data/ship.png", picture())]
    await load(EVERYTHING, files)
    before = await counts(app)
    assert (before["posts"], before["fileinfo"], before["reactions"], before["emoji"], before["bots"]) == (
        5, 2, 1, 1, 1,
    )  # fmt: skip
    channel = tuple(await channel_of(app))
    await load(EVERYTHING, files)
    assert await counts(app) == before
    assert tuple(await channel_of(app)) == channel


async def test_a_second_import_changes_what_it_says_and_leaves_the_rest(app, load):
    await load([*WORLD, post("hello", attachments=[{"path": "a.txt"}])], [("data/a.txt", b"old")])
    changed = {"type": "channel", "channel": {**CHANNEL["channel"], "purpose": "new"}}
    again = person("ann", nickname="Annie")
    del again["user"]["password"]
    lines = [VERSION, TEAM, changed, again, post("hello", is_pinned=True, attachments=[{"path": "a.txt"}])]
    await load(lines, [("data/a.txt", b"new")])
    row = await app.db.fetchrow("SELECT header, purpose FROM channels WHERE name = 'deck'")
    assert tuple(row) == ("head", "new")
    assert await app.db.fetchval("SELECT nickname FROM users WHERE username = 'ann'") == "Annie"
    assert await app.db.fetchval("SELECT count(*) FROM posts WHERE ispinned") == 1
    [path] = [row[0] for row in await app.db.fetch("SELECT path FROM fileinfo WHERE deleteat = 0")]
    assert await app.files.read(path) == b"new"


async def test_what_was_deleted_here_is_not_brought_back(app, load):
    await load([*WORLD, post("gone", replies=[{"user": "ben", "message": "too", "create_at": AT + 1}])])
    await app.db.execute("UPDATE posts SET deleteat = 5")
    await load([*WORLD, post("gone", replies=[{"user": "ben", "message": "too", "create_at": AT + 1}])])
    assert await app.db.fetchval("SELECT count(*) FROM posts") == 2
    assert await app.db.fetchval("SELECT count(*) FROM posts WHERE deleteat = 0") == 0


async def test_a_dry_run_only_checks(app, load):
    before = await counts(app)
    progress = await load([*WORLD, post("hello")], dry_run=True)
    assert progress.counts == {"version": 1, "team": 1, "channel": 1, "user": 2, "post": 1}
    assert await counts(app) == before


# Refusals -------------------------------------------------------------------------------------------------------------

LONG = "x" * 17_000
REFUSED = (
    ([TEAM], 1, "type", "bulk_import.unsupported_version"),
    ([{"type": "version", "version": 2}], 1, "version", "bulk_import.unsupported_version"),
    ([VERSION, VERSION], 2, "type", "process_import_data_file_version_line.invalid_version"),
    ([VERSION, {"type": "starship"}], 2, "type", "import_line.unknown_line_type"),
    ([VERSION, {"type": "team"}], 2, "team", "import_line.null_team"),
    ([VERSION, {"type": "team", "team": {"name": 5}}], 2, "team.name", "bulk_import.json_decode"),
    (
        [VERSION, {"type": "team", "team": {"name": "No Good", "display_name": "X", "type": "O"}}],
        2, "team.name", "validate_team_import_data.name_characters",
    ),
    (
        [VERSION, {"type": "team", "team": {"name": "fine", "display_name": "X", "type": "X"}}],
        2, "team.type", "validate_team_import_data.type_invalid",
    ),
    ([VERSION, CHANNEL], 2, "channel.team", "import_channel.team_not_found"),
    ([VERSION, person("ann")], 2, "user.teams[0].name", "get_teams_by_names.some_teams_not_found"),
    ([VERSION, TEAM, person("ann")], 3, "user.teams[0].channels[0].name", "import_user_channels.channel_not_found"),
    ([*WORLD, person("cy", email="ann@example.com")], 6, "user.email", "import_user_teams.save_members.conflict"),
    ([*WORLD, person("cy", email="sysadmin@example.com")], 6, "user.email", "import_user_teams.save_members.conflict"),
    ([*WORLD, person("cy", password="x")], 6, "user.password", "validate_user_import_data.password_length"),
    ([*WORLD, person("cy", auth_data="x")], 6, "user.auth_data", "validate_user_import_data.auth_data_and_password"),
    ([*WORLD, person("cy", roles="captain")], 6, "user.roles", "validate_user_import_data.roles_invalid"),
    (
        [*WORLD, person("cy", roles="system_guest")],
        6, "user.teams[0].roles", "validate_user_import_data.system_guest_missing_team_guest_roles",
    ),
    (
        [*WORLD, person("cy", notify_props={"desktop": "loud"})],
        6, "user.notify_props.desktop", "validate_user_import_data.notify_props_desktop_invalid",
    ),
    ([*WORLD, post(LONG)], 6, "post.message", "validate_post_import_data.message_length"),
    ([*WORLD, post("x", at=0)], 6, "post.create_at", "validate_post_import_data.create_at_zero"),
    ([*WORLD, post("x", user="nobody")], 6, "post.user", "import_post.user_not_found"),
    ([*WORLD, post("x", channel="nowhere")], 6, "post.channel", "import_post.channel_not_found"),
    (
        [*WORLD, post("x", attachments=[{"path": "none.txt"}])],
        6, "post.attachments[0].path", "validate_post_import_data.attachment",
    ),
    (
        [*WORLD, post("x", attachments=[{"path": "../../etc/passwd"}])],
        6, "post.attachments[0].path", "validate_attachment_import_data.invalid_path",
    ),
    (
        [*WORLD, post("x", replies=[{"user": "ann", "message": "y"}])],
        6, "post.replies[0].create_at", "validate_reply_import_data.create_at_missing",
    ),
    (
        [*WORLD, post("x", reactions=[{"user": "ann", "emoji_name": "+1", "create_at": AT - 1}])],
        6, "post.reactions[0].create_at", "validate_reaction_import_data.create_at_before_parent",
    ),
    (
        [*WORLD, {"type": "direct_channel", "direct_channel": {"members": []}}],
        6, "direct_channel.members", "validate_direct_channel_import_data.members_too_few",
    ),
    (
        [*WORLD, {"type": "direct_channel", "direct_channel": {"members": [f"u{n}" for n in range(9)]}}],
        6, "direct_channel.members", "validate_direct_channel_import_data.members_too_many",
    ),
    (
        [*WORLD, {"type": "emoji", "emoji": {"name": "our_ship", "image": "none.png"}}],
        6, "emoji.image", "validate_emoji_import_data.invalid_image_path",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("lines", "number", "field", "error"), REFUSED, ids=[f"{r[1]}-{r[3]}" for r in REFUSED])
async def test_a_wrong_line_is_named_and_nothing_is_written(app, admin, load, lines, number, field, error):
    before = await counts(app)
    with pytest.raises(ImportFailed) as failed:
        await load([*lines, {"type": "team", "team": {"name": "after", "display_name": "A", "type": "O"}}])
    failure = failed.value
    assert (failure.line, failure.field, failure.resume) == (number, field, 0)
    assert failure.error.id.removeprefix("app.import.").split(".error")[0].split(".app_error")[0] == error
    assert f"line {number}, {field}: " in service.describe(failure)
    assert await counts(app) == before


async def test_a_broken_line_in_the_middle_stops_all(app, load):
    good = [json.dumps(line).encode() for line in WORLD]
    before = await counts(app)
    with pytest.raises(ImportFailed) as failed:
        await load([], raw=b"\n".join([*good[:3], b'{"type": "us', *good[3:]]))
    assert (failed.value.line, failed.value.error.id) == (4, "app.import.bulk_import.json_decode.error")
    assert await counts(app) == before


async def test_what_postgresql_cannot_hold_is_left_out(app, load):
    await load([*WORLD, post("a\0b \\u0000", props={"k\0": "v\0"})])
    assert await app.db.fetchval("SELECT message FROM posts") == "ab \\u0000"


# Going on -------------------------------------------------------------------------------------------------------------


async def test_a_broken_off_import_goes_on_where_it_stopped(app, load):
    class Killed(Exception):
        pass

    lines = [*WORLD, *(post(f"m{n}", at=AT + n) for n in range(1200))]
    reached = []

    async def checkpoint(ctx, line):
        if len(reached) == 5:
            raise Killed
        reached.append(line)

    with pytest.raises(Killed):
        await load(lines, checkpoint=checkpoint)
    assert reached[-1] == 1006
    assert await app.db.fetchval("SELECT count(*) FROM posts") == 1000
    again = []

    async def note(ctx, line):
        again.append(line)

    await load(lines, start=reached[-1], checkpoint=note)
    assert again == [1206]
    assert await app.db.fetchval("SELECT count(*) FROM posts") == 1200
    assert tuple(await channel_of(app))[1:3] == (1200, 1200)


async def test_a_batch_that_fails_leaves_no_files_behind(app, load):
    async def fail(ctx, line):
        if line > 6:
            raise AppError(service.errors.NO_LINES, {})

    with pytest.raises(ImportFailed) as failed:
        await load([*WORLD, post("x", attachments=[{"path": "a.txt"}])], [("data/a.txt", b"x")], checkpoint=fail)
    assert (failed.value.line, failed.value.resume) == (6, 6)
    assert "go on there" in service.describe(failed.value)
    assert await app.db.fetchval("SELECT count(*) FROM posts") == 0
    assert [path for path in app.files.root.rglob("a.txt") if path.is_file()] == []


# Hostile archives -----------------------------------------------------------------------------------------------------


async def refuse(app, path):
    with pytest.raises(AppError) as refused:
        await service.import_path(Context.background(app), path, Options())
    return refused.value


async def test_a_zip_bomb_is_refused_before_it_is_read(app, tmp_path):
    path = zipped(tmp_path / "bomb.zip", [VERSION], [("data/zeros", b"\0" * (80 * 1024 * 1024))])
    error = await refuse(app, path)
    assert error.id == "import_process.worker.do_job.open_file"
    assert "claims to hold" in str(error.params["reason"])


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil", "a/../../evil", "data\\..\\evil"])
async def test_names_that_lead_out_of_the_archive_are_refused(app, tmp_path, name):
    error = await refuse(app, zipped(tmp_path / "out.zip", [VERSION], [(name, b"x")]))
    assert "leads out" in str(error.params["reason"])


async def test_links_in_an_archive_are_refused(app, tmp_path):
    link = zipfile.ZipInfo("data/link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    error = await refuse(app, zipped(tmp_path / "link.zip", [VERSION], [(link, b"/etc/passwd")]))
    assert "link" in str(error.params["reason"])


async def test_what_is_no_archive_or_has_no_lines_is_refused(app, tmp_path):
    (tmp_path / "none.zip").write_bytes(b"PK no")
    assert (await refuse(app, tmp_path / "none.zip")).id == "import_process.worker.do_job.open_file"
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as archive:
        archive.writestr("readme.txt", "no lines")
    assert (await refuse(app, tmp_path / "empty.zip")).id == "import_process.worker.do_job.missing_jsonl"


async def test_a_damaged_archive_is_refused(app, tmp_path):
    path = zipped(tmp_path / "damaged.zip", [*WORLD, *(post(f"m{n}") for n in range(200))])
    content = bytearray(path.read_bytes())
    content[200:260] = bytes(60)
    path.write_bytes(content)
    assert (await refuse(app, path)).id == "import_process.worker.do_job.open_file"


async def test_a_bare_file_of_lines_reads_what_lies_beside_it_and_nothing_else(app, tmp_path):
    folder = tmp_path / "in"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "a.txt").write_bytes(b"beside")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    lines = folder / "import.jsonl"
    lines.write_text("".join(json.dumps(x) + "\n" for x in [*WORLD, post("x", attachments=[{"path": "a.txt"}])]))
    await service.import_path(Context.background(app), lines, Options())
    assert await app.db.fetchval("SELECT size FROM fileinfo") == 6
    lines.write_text("".join(json.dumps(x) + "\n" for x in [*WORLD, post("y", attachments=[{"path": "link.txt"}])]))
    with pytest.raises(ImportFailed):
        await service.import_path(Context.background(app), lines, Options())


# The routes -----------------------------------------------------------------------------------------------------------


async def test_files_are_listed_and_deleted_by_the_administrator_only(app, admin, nobody):
    user = await admin.sign_up("ordinary")
    await app.files.write("import/x_a.zip", b"PK")
    assert (await admin.get("/imports")).json() == ["x_a.zip"]
    for who, status in ((user, 403), (nobody, 401)):
        assert (await who.get("/imports")).status == status
        assert (await who.delete("/imports/x_a.zip")).status == status
    assert (await admin.delete("/imports/x_a.zip")).status == 200
    assert (await admin.get("/imports")).json() == []
    assert (await admin.delete("/imports/x_a.zip")).status == 200
