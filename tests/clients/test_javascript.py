"""npm's `@mattermost/client`, REST and WebSocket, in Node: what the web, desktop and mobile apps are made with."""

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "node"
INSTALL_SECONDS = 180
SESSION_SECONDS = 120


@pytest.fixture(scope="session")
def node_folder(tmp_path_factory):
    """A folder with the script and its packages."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("the JavaScript client needs Node and npm, and this machine lacks one of them")
    folder = tmp_path_factory.mktemp("node")
    for file in SCRIPT.iterdir():
        if file.is_file():
            shutil.copy(file, folder)
    installed = subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=INSTALL_SECONDS,
        check=False,
    )
    if installed.returncode != 0:
        pytest.skip(f"npm could not install the JavaScript client: {installed.stderr[-300:]}")
    return folder


def test_a_session_of_two_people(served, node_folder):
    run = subprocess.run(
        ["node", "session.js", served.url],
        cwd=node_folder,
        capture_output=True,
        text=True,
        timeout=SESSION_SECONDS,
        check=False,
    )
    assert run.stdout.endswith("done\n"), run.stdout + run.stderr
    assert run.returncode == 0
