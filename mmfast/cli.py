"""The command `mmfast`: arguments in, one clear line out when something is wrong. No logic of its own.

Each command imports what it needs when it runs, so that `--help` is quick. Whatever a person can put right (a taken
port, a database out of reach, a broken configuration) arrives here as a StartupError, is printed as one line, and ends
the process with status 1.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from mmfast.api.context import Context
    from mmfast.db.commands import SchemaReport
    from mmfast.features.identity.users.types import User
    from mmfast.platform.config.store import ConfigStore

T = TypeVar("T")

CONFIG = click.option(
    "--config",
    metavar="FILE|DSN",
    help="The configuration: a JSON file (made if absent; some keys are enough), or postgres://... to keep it in the "
    "database.  [default: config.json in the data folder]",
)
DATA_DIR = click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    callback=lambda ctx, option, value: value.absolute(),
    default=Path("data"),
    show_default=True,
    help="Where files, and the embedded database if none is configured, are kept.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """A messaging server for the Mattermost apps.

    To try it, run `mmfast serve` and open http://localhost:8065: the first account made becomes the system
    administrator. Nothing has to be configured; data goes to ./data.

    Settings come from the configuration file, and before it from the environment: MM_SERVICESETTINGS_SITEURL sets
    ServiceSettings.SiteURL, MM_SQLSETTINGS_DATASOURCE_FILE reads SqlSettings.DataSource from a file.
    """


@cli.command()
@CONFIG
@DATA_DIR
@click.option("--workers", type=click.IntRange(1, 256), help="Processes to run.  [default: one per core]")
@click.option("--listen", metavar="HOST:PORT", help="Where to listen, instead of ServiceSettings.ListenAddress.")
@click.option("--hypercorn", is_flag=True, help="Serve HTTP/2 too, by Hypercorn, in one process; costs more CPU.")
def serve(config: str | None, data_dir: Path, workers: int | None, listen: str | None, hypercorn: bool) -> None:
    """Run the server until it is told to stop."""

    def run() -> int:
        from mmfast import server

        options = server.ServeOptions(data_dir, config, count, listen, hypercorn)
        return server.run(options)

    count = workers or len(os.sched_getaffinity(0))
    sys.exit(_told(run))


@cli.command()
def version() -> None:
    """Print the versions of this program and of the server whose API and database it shares."""
    from mmfast import REFERENCE_VERSION, __version__

    click.echo(f"mmfast {__version__}, compatible with Mattermost {REFERENCE_VERSION}")


@cli.group()
def db() -> None:
    """Make, upgrade or look at the database."""


@db.command("init")
@CONFIG
@DATA_DIR
def db_init(config: str | None, data_dir: Path) -> None:
    """Make the schema in an empty database."""
    from mmfast.db import commands

    report = _run(_with_database, config, data_dir, commands.db_init)
    click.echo(f"Schema version {report.found} {'made' if report.created else 'is there already'}.")


@db.command("migrate")
@CONFIG
@DATA_DIR
def db_migrate(config: str | None, data_dir: Path) -> None:
    """Bring the schema up to this program's version."""
    from mmfast.db import commands

    report = _run(_with_database, config, data_dir, commands.db_migrate)
    click.echo(f"Schema version {report.found}.")


@db.command("version")
@CONFIG
@DATA_DIR
def db_version(config: str | None, data_dir: Path) -> None:
    """Print the schema's version and the one this program needs."""
    from mmfast.db import commands

    report = _run(_with_database, config, data_dir, commands.db_version)
    found = f"has schema version {report.found}" if report.found else "is empty"
    click.echo(f"The database {found}; this program needs version {report.needed}.")


@cli.group("config")
def config_group() -> None:
    """Read, change or check the configuration."""


@config_group.command("show")
@CONFIG
@DATA_DIR
@click.option("--secrets", is_flag=True, help="Show passwords and keys instead of asterisks.")
def config_show(config: str | None, data_dir: Path, secrets: bool) -> None:
    """Print the configuration in force as JSON, environment included."""
    from mmfast.platform.config.secrets import masked

    current = _run(_open_config, config, data_dir).current
    click.echo(json.dumps((current if secrets else masked(current)).to_dict(), indent=4, ensure_ascii=False))


@config_group.command("get")
@click.argument("setting", metavar="SECTION.FIELD")
@CONFIG
@DATA_DIR
def config_get(setting: str, config: str | None, data_dir: Path) -> None:
    """Print one setting, as in `mmfast config get ServiceSettings.SiteURL`."""
    import msgspec

    from mmfast.platform.config.environment import get_value
    from mmfast.platform.config.model import find_setting

    path, _ = _told(lambda: find_setting(setting))
    value = get_value(_run(_open_config, config, data_dir).current, path)
    click.echo(value if isinstance(value, str) else json.dumps(msgspec.to_builtins(value), ensure_ascii=False))


@config_group.command("set")
@click.argument("setting", metavar="SECTION.FIELD")
@click.argument("value")
@CONFIG
@DATA_DIR
def config_set(setting: str, value: str, config: str | None, data_dir: Path) -> None:
    """Change one setting; a running server takes it up within seconds.

    Lists are given as words (`a b c`) or as JSON, objects as JSON.
    """
    from mmfast.platform.config.environment import parse_value
    from mmfast.platform.config.model import find_setting, nested

    path, kind = _told(lambda: find_setting(setting))
    changes = nested(path, _told(lambda: parse_value(setting, value, kind)))

    async def change() -> bool:
        store = await _open_config(config, data_dir)
        await store.keep()
        await store.patch(changes)
        return store.is_overridden(path)

    if _run(change):
        click.echo(f"{setting} is written, but the environment overrides it.", err=True)


@config_group.command("validate")
@CONFIG
@DATA_DIR
def config_validate(config: str | None, data_dir: Path) -> None:
    """Check the configuration and change nothing."""
    _run(_open_config, config, data_dir)
    click.echo("The configuration is valid.")


@cli.group()
def user() -> None:
    """Make accounts and change them without signing in."""


@user.command("create")
@click.option("--email", required=True, help="The address; must be new.")
@click.option("--username", required=True, help="The name to sign in and be mentioned by; must be new.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for if not given.")
@click.option("--admin", is_flag=True, help="Make it a system administrator.")
@CONFIG
@DATA_DIR
def user_create(email: str, username: str, password: str, admin: bool, config: str | None, data_dir: Path) -> None:
    """Make an account. The first one of a server becomes its system administrator."""

    from mmfast.features.identity.users.types import UserDraft

    async def create(ctx: Context) -> str:
        from mmfast.features.identity.users import service as users

        draft = UserDraft(email=email, username=username, password=password, email_verified=True)
        made = await users.create_user(ctx, draft, by_admin=True)
        if admin:
            await users.promote(ctx, made)
        return made.id

    click.echo(_run(_in_context, config, data_dir, create))


@user.command("password")
@click.argument("login", metavar="USERNAME|EMAIL")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for if not given.")
@CONFIG
@DATA_DIR
def user_password(login: str, password: str, config: str | None, data_dir: Path) -> None:
    """Give an account a new password; its sessions end."""

    async def change(ctx: Context) -> None:
        from mmfast.features.identity.sessions.service import revoke_sessions_of_user
        from mmfast.features.identity.users.service import set_password

        account = await _get_account(ctx, login)
        await set_password(ctx, account, password)
        await revoke_sessions_of_user(ctx, account.id)

    _run(_in_context, config, data_dir, change)


@user.command("promote")
@click.argument("login", metavar="USERNAME|EMAIL")
@CONFIG
@DATA_DIR
def user_promote(login: str, config: str | None, data_dir: Path) -> None:
    """Make an account a system administrator."""

    async def promote(ctx: Context) -> None:
        from mmfast.features.identity.users import service as users

        await users.promote(ctx, await _get_account(ctx, login))

    _run(_in_context, config, data_dir, promote)


@cli.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--no-attachments", is_flag=True, help="Leave the files of posts, and emojis, out.")
@click.option("--no-roles-and-schemes", is_flag=True, help="Leave roles and schemes out.")
@click.option("--archived-channels", is_flag=True, help="Export archived channels too.")
@click.option("--profile-pictures", is_flag=True, help="Export the pictures that people have set.")
@CONFIG
@DATA_DIR
def export_file(file: Path, config: str | None, data_dir: Path, **options: bool) -> None:
    """Write everything into FILE, a zip in the bulk loading format.

    Passwords are not in it. The file appears when it is complete.
    """
    from mmfast.platform.progress import shown_progress

    async def export(ctx: Context) -> None:
        from mmfast.features.admin.exports.service import export_to_file
        from mmfast.features.admin.exports.types import ExportWish, Tally

        wish = ExportWish(
            attachments=not options["no_attachments"],
            roles_and_schemes=not options["no_roles_and_schemes"],
            archived_channels=options["archived_channels"],
            profile_pictures=options["profile_pictures"],
        )
        tally = Tally(lambda tally: tell(tally.progress, tally.summary))
        await export_to_file(ctx, file, wish, tally)
        tell(100, tally.summary)

    with shown_progress("Exporting") as tell:
        _run(_in_context, config, data_dir, export)


@cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check the whole file, and write nothing.")
@click.option("--from-line", type=click.IntRange(1), default=1, help="Go on at this line, as a failed import says.")
@CONFIG
@DATA_DIR
def import_file(file: Path, dry_run: bool, from_line: int, config: str | None, data_dir: Path) -> None:
    """Import FILE in the bulk loading format: a zip, or a .jsonl with the files it names beside it.

    The file is checked as a whole before anything is written. What is there already is changed to what the file says,
    so that an import can be repeated.
    """
    from mmfast.platform.progress import shown_progress

    async def load(ctx: Context) -> None:
        from mmfast.core.startup import StartupError
        from mmfast.features.admin.bulk_import.types import ImportFailed, Options
        from mmfast.features.admin.imports import service

        options = Options(
            dry_run=dry_run,
            start=from_line,
            tell=lambda progress: tell(progress.percent, progress.summary),
        )
        try:
            done = await service.import_path(ctx, file, options)
        except ImportFailed as failure:
            raise StartupError(service.describe(failure)) from None
        tell(100, done.summary)

    with shown_progress("Checking" if dry_run else "Importing") as tell:
        _run(_in_context, config, data_dir, load)


@cli.command("import-slack")
@click.argument("team")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@CONFIG
@DATA_DIR
def import_slack(team: str, file: Path, config: str | None, data_dir: Path) -> None:
    """Import FILE, the zip that Slack exports, into the team named TEAM.

    People are known again by their mail addresses, channels by their names; an import can be repeated. Tells what was
    left out.
    """

    async def load(ctx: Context) -> str:
        from mmfast.features.admin.slack_imports.service import import_export
        from mmfast.features.spaces.teams.service import get_team_by_name

        return await import_export(ctx, file, await get_team_by_name(ctx, team), everywhere=True)

    click.echo(_run(_in_context, config, data_dir, load), nl=False)


def main() -> None:
    """The entry point."""
    cli(prog_name="mmfast")


async def _get_account(ctx: Context, login: str) -> User:
    from mmfast.core.startup import StartupError
    from mmfast.features.identity.users.service import find_user_by_login

    account = await find_user_by_login(ctx, login)
    if account is None:
        raise StartupError(f"there is no account {login}")
    return account


async def _open_config(config: str | None, data_dir: Path) -> ConfigStore:
    """The configuration, without writing anything."""
    from mmfast.platform.config.store import ConfigStore

    return await ConfigStore.open(config, data_dir, make=False)


async def _with_database(
    config: str | None, data_dir: Path, work: Callable[[str], Awaitable[SchemaReport]]
) -> SchemaReport:
    """Does `work` with the address of the configured database, or of the embedded one, started for it."""
    from mmfast.db import embedded

    dsn = (await _open_config(config, data_dir)).current.SqlSettings.DataSource
    if dsn:
        return await work(dsn)
    async with embedded.running(data_dir) as dsn:
        return await work(dsn)


async def _in_context(config: str | None, data_dir: Path, work: Callable[[Context], Awaitable[T]]) -> T:
    """Does `work` with a server's parts around it, but without a listener."""
    from mmfast import server
    from mmfast.api.context import Context

    store = await _open_config(config, data_dir)
    async with (
        server.open_database(store, data_dir) as database,
        server.running_app(store, database, data_dir, periodic=False) as (app, _),
    ):
        return await work(Context.background(app))


def _run(work: Callable[..., Awaitable[T]], *args: Any) -> T:
    """Runs `work`; what a person can put right becomes one line on stderr and status 1."""
    import trio

    return _told(lambda: trio.run(work, *args))


def _told(act: Callable[[], T]) -> T:
    from mmfast.core.errors import AppError
    from mmfast.core.startup import StartupError, causes_of
    from mmfast.core.text import translate
    from mmfast.db.errors import DatabaseError

    try:
        return act()
    except (StartupError, DatabaseError, AppError, BaseExceptionGroup) as error:
        causes = causes_of(error)
        if not all(isinstance(cause, StartupError | DatabaseError | AppError) for cause in causes):
            raise
        for cause in causes:
            if isinstance(cause, AppError):
                line = translate("en", cause.id, cause.kind.text, cause.params)
            else:
                line = " ".join(str(cause).split())
            click.echo(f"mmfast: {line}", err=True)
        sys.exit(1)
