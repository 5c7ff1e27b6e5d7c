"""Logs: form, levels, request ids, and no secrets."""

import json
import logging

import pytest

from mmfast.platform.config.model import Config
from mmfast.platform.logging import REQUEST_ID, configure, without_secrets

SECRETS = [
    "postgres://mmuser:hunter2222@db/x",
    "Authorization: Bearer hunter2222",
    "password=hunter2222&x=1",
    '{"token": "hunter2222"}',
    "client_secret: hunter2222",
]


@pytest.fixture(autouse=True)
def _restored():
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def config(**settings: object) -> Config:
    return Config.from_dict({"LogSettings": {"EnableFile": False, **settings}})


def test_json_lines_carry_fields_and_request_id(capsys, tmp_path):
    configure(config(ConsoleLevel="INFO"), tmp_path)
    REQUEST_ID.set("req1")
    logging.getLogger("x").warning("it %s", "broke", extra={"channel_id": "c", "password": "hunter2222"})
    logging.getLogger("x").debug("not told")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    told = json.loads(lines[0])
    assert (told["level"], told["msg"], told["request_id"], told["channel_id"]) == ("warn", "it broke", "req1", "c")
    assert told["password"] == "***"


def test_plain_lines_and_the_file(capsys, tmp_path):
    configure(config(ConsoleJson=False, EnableFile=True, FileLevel="ERROR"), tmp_path)
    logging.getLogger("x").info("for people")
    try:
        raise ValueError("postgres://u:hunter2222@h/")
    except ValueError:
        logging.getLogger("x").exception("failed")
    console = capsys.readouterr().err
    assert "info     for people" in console
    assert "hunter2222" not in console
    file = [json.loads(line) for line in (tmp_path / "logs" / "mattermost.log").read_text().splitlines()]
    assert [line["msg"] for line in file] == ["failed"]


def test_the_file_may_be_put_aside_by_another(tmp_path):
    configure(config(EnableConsole=False, EnableFile=True), tmp_path)
    file = tmp_path / "logs" / "mattermost.log"
    logging.getLogger("x").info("first")
    file.rename(file.with_suffix(".1"))
    logging.getLogger("x").info("second")
    assert [json.loads(line)["msg"] for line in file.read_text().splitlines()] == ["second"]


def test_long_fields_are_cut(capsys, tmp_path):
    configure(config(MaxFieldSize=10), tmp_path)
    logging.getLogger("x").error("y" * 100)
    assert json.loads(capsys.readouterr().err)["msg"] == "y" * 10 + "..."


def test_configuring_again_replaces(capsys, tmp_path):
    configure(config(), tmp_path)
    configure(config(), tmp_path)
    logging.getLogger("x").error("once")
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("text", SECRETS)
def test_secrets_are_blotted_out(text):
    assert "hunter2222" not in without_secrets(text)


def test_targets_have_levels_and_forms_of_their_own(capsys, tmp_path):
    targets = {
        "bad": {
            "type": "file",
            "format": "plain",
            "levels": [{"id": 2, "name": "error"}, {"id": 5, "name": "debug"}],
            "options": {"filename": "own/bad.log"},
        },
        "out": {"type": "console", "format": "json", "levels": [{"name": "info"}], "options": {"out": "stdout"}},
        "far": {"type": "tcp", "levels": [{"name": "info"}], "options": {"host": "example.com", "port": 1}},
    }
    configure(config(EnableConsole=False, AdvancedLoggingJSON=targets), tmp_path)
    logger = logging.getLogger("x")
    for level in ("debug", "info", "warning", "error"):
        getattr(logger, level)("it is %s", level)
    told = (tmp_path / "own" / "bad.log").read_text().splitlines()
    assert [line.split()[3:6] for line in told if "it is" in line] == [["debug", "it", "is"], ["error", "it", "is"]]
    assert [json.loads(line)["msg"] for line in capsys.readouterr().out.splitlines()] == ["it is info"]


def test_targets_may_stand_in_a_file(capsys, tmp_path):
    target = {"type": "console", "levels": [{"name": "warn"}], "options": {"out": "stdout"}}
    (tmp_path / "targets.json").write_text(json.dumps({"out": target}))
    configure(config(EnableConsole=False, AdvancedLoggingJSON="targets.json"), tmp_path)
    logging.getLogger("x").warning("told")
    assert json.loads(capsys.readouterr().out)["msg"] == "told"


def test_a_broken_target_does_not_keep_the_others_from_being_served(capsys, tmp_path):
    good = {"type": "console", "levels": [{"name": "warn"}], "options": {"out": "stdout"}}
    for broken in ({"type": "file", "levels": [{"name": "warn"}]}, {"type": "console", "levels": [5]}, [], "x"):
        configure(config(AdvancedLoggingJSON={"broken": broken, "good": good}), tmp_path)
        capsys.readouterr()
        logging.getLogger("x").warning("told")
        assert "told" in capsys.readouterr().out
