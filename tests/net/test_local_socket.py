"""A Unix socket for the process's owner: its mode, what a killed server left behind, what is not ours."""

import socket
import stat

import pytest

from mmfast.core.startup import StartupError
from mmfast.net.local_socket import local_socket


def connect(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.connect(str(path))


def test_only_the_owner_may_connect_and_the_file_goes_with_the_block(tmp_path):
    path = tmp_path / "local.socket"
    with local_socket(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        connect(path)
    assert not path.exists()


def test_a_file_left_by_a_killed_server_is_replaced(tmp_path):
    path = tmp_path / "local.socket"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as dead:
        dead.bind(str(path))
    with local_socket(path):
        connect(path)


def test_the_socket_of_a_server_that_lives_is_not_stolen(tmp_path):
    path = tmp_path / "local.socket"
    with local_socket(path):
        with pytest.raises(StartupError, match="another server's"), local_socket(path):
            pass
        connect(path)


def test_what_is_no_socket_is_left_alone(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("mine")
    with pytest.raises(StartupError, match="left alone"), local_socket(path):
        pass
    assert path.read_text() == "mine"


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(StartupError, match="cannot be made"), local_socket(tmp_path / "nowhere" / "local.socket"):
        pass


def test_a_socket_that_took_its_place_is_not_removed(tmp_path):
    path = tmp_path / "local.socket"
    with local_socket(path):
        path.unlink()
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as other:
            other.bind(str(path))
    assert path.is_socket()
