"""The configuration's way: file, environment, checks, changes, listeners."""

import json
from pathlib import Path

import pytest
import trio
import trio.testing

from mmfast.platform.config.model import Config, ConfigError
from mmfast.platform.config.sources import FileSource
from mmfast.platform.config.store import WATCH_SECONDS, ConfigStore, InvalidConfig


def written(path: Path) -> dict:
    return json.loads(path.read_text())


@pytest.fixture
def path(tmp_path):
    return tmp_path / "config.json"


async def opened(path: Path, **environ: str) -> ConfigStore:
    return await ConfigStore.open(str(path), path.parent, environ)


async def test_an_absent_file_is_made_with_all_defaults_and_own_secrets(path):
    store = await opened(path)
    assert written(path)["TeamSettings"]["SiteName"] == "Mattermost"
    assert len(written(path)["SqlSettings"]["AtRestEncryptKey"]) == 32
    assert written(path)["FileSettings"]["PublicLinkSalt"] == store.current.FileSettings.PublicLinkSalt
    assert path.stat().st_mode & 0o077 == 0


async def test_a_file_may_hold_only_some_keys(path):
    path.write_text('{"teamsettings": {"siteNAME": "Acme"}}')
    store = await opened(path)
    assert store.current.TeamSettings.SiteName == "Acme"
    assert store.current.TeamSettings.MaxUsersPerTeam == 50
    assert set(written(path)) == {"teamsettings", "SqlSettings", "FileSettings"}


async def test_secrets_are_made_once(path):
    first = await opened(path)
    again = await opened(path)
    assert first.current == again.current


async def test_unknown_keys_survive_a_change_at_every_depth(path):
    path.write_text(
        '{"New": 1, "TeamSettings": {"Novel": [2]}, "MessageExportSettings": {"GlobalRelaySettings": {"Fresh": 3}}}'
    )
    store = await opened(path)
    await store.patch({"TeamSettings": {"SiteName": "Acme"}})
    data = written(path)
    assert data["New"] == 1
    assert data["TeamSettings"]["Novel"] == [2]
    assert data["MessageExportSettings"]["GlobalRelaySettings"]["Fresh"] == 3
    assert data["MessageExportSettings"]["GlobalRelaySettings"]["CustomerType"] == "A9"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "line 1 column 2"),
        ("[]", "JSON object"),
        ('{"TeamSettings": 3}', "TeamSettings"),
        ('{"TeamSettings": {"MaxUsersPerTeam": "many"}}', "TeamSettings.MaxUsersPerTeam"),
        ('{"TeamSettings": {"MaxUsersPerTeam": 0}}', "MaxUsersPerTeam"),
        ('{"DisplaySettings": {"CustomURLSchemes": [1]}}', "DisplaySettings.CustomURLSchemes[0]"),
    ],
)
async def test_a_broken_file_is_told_in_one_line_and_left_alone(path, text, said):
    path.write_text(text)
    with pytest.raises(ConfigError, match=said.replace("[", r"\[")) as caught:
        await opened(path)
    assert "\n" not in str(caught.value)
    assert path.read_text() == text


async def test_the_environment_goes_before_the_file_and_is_not_written(path):
    path.write_text('{"TeamSettings": {"SiteName": "File"}}')
    store = await opened(path, MM_TEAMSETTINGS_SITENAME="Env", MM_SERVICESETTINGS_SITEURL="http://chat.example.com/")
    assert store.current.TeamSettings.SiteName == "Env"
    assert store.current.ServiceSettings.SiteURL == "http://chat.example.com"
    assert store.environment_overrides() == {
        "ServiceSettings": {"SiteURL": True},
        "TeamSettings": {"SiteName": True},
    }
    await store.patch({"TeamSettings": {"SiteName": "Api", "MaxUsersPerTeam": 7}})
    assert store.current.TeamSettings.SiteName == "Env"
    assert written(path)["TeamSettings"]["SiteName"] == "File"
    assert written(path)["TeamSettings"]["MaxUsersPerTeam"] == 7
    assert written(path)["ServiceSettings"]["SiteURL"] == ""


@pytest.mark.parametrize(
    ("variable", "text", "section", "name", "value"),
    [
        ("MM_SERVICESETTINGS_ENABLETESTING", "true", "ServiceSettings", "EnableTesting", True),
        ("MM_SERVICESETTINGS_ENABLETESTING", "0", "ServiceSettings", "EnableTesting", False),
        ("MM_TEAMSETTINGS_MAXUSERSPERTEAM", "12", "TeamSettings", "MaxUsersPerTeam", 12),
        (
            "MM_TEAMSETTINGS_EXPERIMENTALDEFAULTCHANNELS",
            "a b,c",
            "TeamSettings",
            "ExperimentalDefaultChannels",
            list("abc"),
        ),
        (
            "MM_TEAMSETTINGS_EXPERIMENTALDEFAULTCHANNELS",
            '["a b"]',
            "TeamSettings",
            "ExperimentalDefaultChannels",
            ["a b"],
        ),
        ("MM_PLUGINSETTINGS_PLUGINS", '{"x": {"y": 1}}', "PluginSettings", "Plugins", {"x": {"y": 1}}),
        ("MM_FEATUREFLAGS_TESTFEATURE", "on", "FeatureFlags", "TestFeature", "on"),
    ],
)
async def test_environment_values_get_the_settings_type(path, variable, text, section, name, value):
    store = await opened(path, **{variable: text})
    assert getattr(getattr(store.current, section), name) == value


async def test_a_wrong_environment_value_names_its_variable(path):
    with pytest.raises(ConfigError, match="MM_TEAMSETTINGS_MAXUSERSPERTEAM"):
        await opened(path, MM_TEAMSETTINGS_MAXUSERSPERTEAM="many")
    assert not path.exists()


async def test_a_secret_may_come_from_a_file(path, tmp_path):
    (tmp_path / "secret").write_text("s3cret\n")
    store = await opened(path, MM_EMAILSETTINGS_SMTPPASSWORD_FILE=str(tmp_path / "secret"))
    assert store.current.EmailSettings.SMTPPassword == "s3cret"
    with pytest.raises(ConfigError, match="MM_EMAILSETTINGS_SMTPPASSWORD_FILE"):
        await opened(path, MM_EMAILSETTINGS_SMTPPASSWORD_FILE=str(tmp_path / "absent"))


async def test_listeners_hear_old_and_new_once(path):
    store = await opened(path)
    heard = []
    store.on_change(lambda old, new: heard.append((old.TeamSettings.SiteName, new.TeamSettings.SiteName)))
    await store.patch({"TeamSettings": {"SiteName": "Acme"}})
    await store.patch({"TeamSettings": {"SiteName": "Acme"}})
    assert heard == [("Mattermost", "Acme")]


async def test_a_refused_change_changes_nothing(path):
    store = await opened(path)
    before, text = store.current, path.read_text()
    with pytest.raises(InvalidConfig) as caught:
        await store.patch({"TeamSettings": {"MaxUsersPerTeam": 0}})
    assert caught.value.id == "model.config.is_valid.max_users.app_error"
    with pytest.raises(ConfigError):
        await store.patch({"TeamSettings": {"MaxUsersPerTeam": "x"}})
    assert store.current is before
    assert path.read_text() == text


async def test_update_takes_a_whole_configuration(path):
    store = await opened(path)
    new = Config.from_dict(store.current.to_dict() | {"TeamSettings": {"SiteName": "Whole"}})
    await store.update(new)
    assert store.current.TeamSettings.SiteName == "Whole"
    new.TeamSettings.SiteName = "Altered later"
    assert store.current.TeamSettings.SiteName == "Whole"


async def test_reload_and_watch_follow_the_file(path, nursery, autojump_clock):
    store, other = await opened(path), await opened(path)
    found = []
    store.on_found(lambda: found.append(store.current.TeamSettings.SiteName))
    await other.patch({"TeamSettings": {"SiteName": "By another"}})
    await store.reload()
    assert store.current.TeamSettings.SiteName == "By another"
    await nursery.start(store.watch)
    await other.patch({"TeamSettings": {"SiteName": "Later still"}})
    await _watched()
    assert store.current.TeamSettings.SiteName == "Later still"
    path.write_text("{ broken")
    await _watched()
    await store.patch({"TeamSettings": {"MaxUsersPerTeam": 9}})
    await _watched()
    assert found == ["Later still"]
    assert store.current.TeamSettings.SiteName == "Later still"


async def _watched() -> None:
    await trio.sleep(WATCH_SECONDS * 1.5)  # of the test's own clock
    await trio.testing.wait_all_tasks_blocked(0.01)


async def test_a_file_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "plain").write_text("")
    with pytest.raises(ConfigError, match="cannot be"):
        await ConfigStore.load(FileSource(tmp_path / "plain" / "config.json"), {})


async def test_a_change_told_by_another_worker_is_read_once(path):
    store, other = await opened(path), await opened(path)
    await other.patch({"TeamSettings": {"SiteName": "By another"}})
    await store.follow()
    assert (store.is_outdated, store.current.TeamSettings.SiteName) == (False, "Mattermost")
    store.expect_change()
    assert store.is_outdated
    await store.follow()
    assert (store.is_outdated, store.current.TeamSettings.SiteName) == (False, "By another")
    path.write_text("{ broken")
    store.expect_change()
    await store.follow()
    assert (store.is_outdated, store.current.TeamSettings.SiteName) == (False, "By another")
