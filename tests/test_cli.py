"""The command line: what it prints, and that a failure is one line, status 1 and nothing touched."""

import json
import socket
import zipfile

import pytest
from click.testing import CliRunner, Result

from mmfast.cli import cli
from mmfast.db.migrations import SCHEMA_VERSION


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command on a data folder of its own."""
    monkeypatch.setattr("mmfast.server.greet", lambda address: None)

    def run(*args: str) -> Result:
        return CliRunner().invoke(cli, [*args, "--data-dir", str(tmp_path / "data")])

    return run


def failed(result: Result, said: str) -> None:
    """The command ended with status 1 and one line."""
    assert result.exit_code == 1, result.output
    assert result.stderr.startswith("mmfast: ")
    assert result.stderr.count("\n") == 1, result.stderr
    assert said in result.stderr


def test_help_is_there_for_every_command():
    pending = [(cli, [])]
    while pending:
        command, path = pending.pop()
        result = CliRunner().invoke(cli, [*path, "--help"])
        assert result.exit_code == 0
        assert command.help
        pending += [(inner, [*path, name]) for name, inner in getattr(command, "commands", {}).items()]


def test_version():
    assert CliRunner().invoke(cli, ["version"]).output == "mmfast 0.1.0, compatible with Mattermost 11.6.0\n"


def test_config_commands(run, tmp_path):
    assert run("config", "get", "servicesettings.listenaddress").output == ":8065\n"
    assert run("config", "validate").exit_code == 0
    assert not (tmp_path / "data").exists()
    assert run("config", "set", "TeamSettings.SiteName", "Acme").exit_code == 0
    assert run("config", "set", "TeamSettings.ExperimentalDefaultChannels", "one two").exit_code == 0
    assert run("config", "get", "TeamSettings.ExperimentalDefaultChannels").output == '["one", "two"]\n'
    shown = json.loads(run("config", "show").output)
    assert shown["TeamSettings"]["SiteName"] == "Acme"
    assert shown["SqlSettings"]["AtRestEncryptKey"] == "*" * 32
    assert len(json.loads(run("config", "show", "--secrets").output)["SqlSettings"]["AtRestEncryptKey"]) == 32


def test_config_failures(run, tmp_path):
    failed(run("config", "get", "TeamSettings.Nothing"), "no setting TeamSettings.Nothing")
    failed(run("config", "get", "TeamSettings"), "Section.Field")
    failed(run("config", "set", "TeamSettings.MaxUsersPerTeam", "many"), "TeamSettings.MaxUsersPerTeam")
    failed(run("config", "set", "TeamSettings.MaxUsersPerTeam", "0"), "MaxUsersPerTeam")
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    failed(run("config", "validate", "--config", str(broken)), "line 1")


def test_an_overridden_setting_is_pointed_out(run, monkeypatch):
    monkeypatch.setenv("MM_TEAMSETTINGS_SITENAME", "Env")
    result = run("config", "set", "TeamSettings.SiteName", "File")
    assert result.exit_code == 0
    assert "environment overrides" in result.stderr


def test_serve_failures_touch_nothing(run, tmp_path, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        failed(run("serve", "--workers", "1", "--listen", address), "is taken")
    monkeypatch.setenv("MM_SQLSETTINGS_DATASOURCE", "postgres://nobody@127.0.0.1:1/none?sslmode=disable")
    failed(run("serve", "--workers", "1", "--listen", "127.0.0.1:0"), "PostgreSQL")
    failed(run("db", "version"), "PostgreSQL")
    monkeypatch.setenv("MM_TEAMSETTINGS_MAXUSERSPERTEAM", "0")
    failed(run("serve", "--workers", "1"), "MaxUsersPerTeam")
    assert not (tmp_path / "data" / "config.json").exists()


@pytest.fixture
async def on_database(run, database_dsn, monkeypatch):
    """Runs a command in a thread, so that the test's own loop serves the database meanwhile."""
    import trio

    monkeypatch.setenv("MM_SQLSETTINGS_DATASOURCE", database_dsn)
    monkeypatch.setattr("mmfast.features.identity.passwords.service.ROUNDS", 1000)

    async def on_database(*args: str) -> Result:
        return await trio.to_thread.run_sync(lambda: run(*args))

    return on_database


async def test_users_from_the_command_line(on_database, database):
    made = await on_database(
        "user", "create", "--email", "a@example.com", "--username", "ann", "--password", "Secret-123"
    )
    assert made.exit_code == 0, made.output
    assert await database.fetchval("SELECT roles FROM users WHERE id = $1", made.output.strip()) == (
        "system_admin system_user"
    )
    await on_database("user", "create", "--email", "b@example.com", "--username", "bob", "--password", "Secret-123")
    assert (await on_database("user", "promote", "bob")).exit_code == 0
    assert "system_admin" in await database.fetchval("SELECT roles FROM users WHERE username = 'bob'")
    before = await database.fetchval("SELECT password FROM users WHERE username = 'bob'")
    assert (await on_database("user", "password", "b@example.com", "--password", "Other-1234")).exit_code == 0
    assert await database.fetchval("SELECT password FROM users WHERE username = 'bob'") != before
    failed(await on_database("user", "promote", "nobody"), "no account nobody")
    failed(
        await on_database(
            "user", "create", "--email", "a@example.com", "--username", "x2y", "--password", "Secret-123"
        ),
        "",
    )
    failed(await on_database("user", "password", "bob", "--password", "x"), "")


async def test_database_commands(on_database, database):
    needed = f"has schema version {SCHEMA_VERSION}; this program needs version {SCHEMA_VERSION}"
    assert needed in (await on_database("db", "version")).output
    assert "is there already" in (await on_database("db", "init")).output
    await database.execute("INSERT INTO db_migrations (version, name) VALUES (99999, 'from_the_future')")
    failed(await on_database("db", "migrate"), "newer")
    failed(await on_database("serve", "--workers", "1", "--listen", "127.0.0.1:0"), "newer")


async def test_the_configuration_may_be_in_the_database(on_database, database_dsn, monkeypatch):
    monkeypatch.delenv("MM_SQLSETTINGS_DATASOURCE")
    place = ("--config", database_dsn)
    changed = await on_database("config", "set", "TeamSettings.SiteName", "Acme", *place)
    assert changed.exit_code == 0, changed.stderr
    assert (await on_database("config", "get", "TeamSettings.SiteName", *place)).output == "Acme\n"
    assert (await on_database("config", "get", "SqlSettings.DataSource", *place)).output.strip() == database_dsn
    assert f"has schema version {SCHEMA_VERSION}" in (await on_database("db", "version", *place)).output


async def test_the_configuration_may_be_in_the_database_first(on_database, empty_dsn, monkeypatch):
    monkeypatch.delenv("MM_SQLSETTINGS_DATASOURCE")
    place = ("--config", empty_dsn)
    assert (await on_database("config", "set", "TeamSettings.SiteName", "Acme", *place)).exit_code == 0
    assert "is empty" in (await on_database("db", "version", *place)).output
    assert f"{SCHEMA_VERSION} made" in (await on_database("db", "init", *place)).output
    assert (await on_database("config", "get", "TeamSettings.SiteName", *place)).output == "Acme\n"


def test_export_writes_a_file_once_and_tells_how_far_it_is(run, tmp_path):
    file = tmp_path / "all.zip"
    assert (
        run("user", "create", "--email", "ann@example.com", "--username", "ann", "--password", "Passwd-1").exit_code
        == 0
    )
    done = run("export", str(file))
    assert done.exit_code == 0, done.output
    assert done.stderr.splitlines()[-1].startswith("Exporting: 100 % 1 users, 0 posts")
    with zipfile.ZipFile(file) as archive:
        lines = [json.loads(line) for line in archive.read("import.jsonl").splitlines()]
    assert [line["user"]["username"] for line in lines if line["type"] == "user"] == ["ann"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.zip", "data"]
    failed(run("export", str(file)), "is there already")
    failed(run("export", str(tmp_path / "nowhere" / "all.zip")), "cannot be written")


def test_import_checks_first_then_imports_and_says_which_line_is_wrong(run, tmp_path):
    lines = [
        {"type": "version", "version": 1},
        {"type": "team", "team": {"name": "crew", "display_name": "Crew", "type": "O"}},
        {"type": "user", "user": {"username": "ann", "email": "ann@example.com", "teams": [{"name": "crew"}]}},
    ]
    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    checked = run("import", str(file), "--dry-run")
    assert (checked.exit_code, checked.stdout) == (0, "")
    assert "Checking: 100 % 1 team, 1 user" in checked.stderr
    done = run("import", str(file))
    assert done.exit_code == 0, done.output
    assert "Importing: 100 % 1 team, 1 user" in done.stderr
    file.write_text(file.read_text() + '{"type": "user", "user": {"username": "ben"}}\n')
    again = run("import", str(file))
    assert again.exit_code == 1
    assert "line 4, user.email: " in again.stderr
