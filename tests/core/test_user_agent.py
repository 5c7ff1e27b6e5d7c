"""Clients by their User-Agent header."""

import pytest

from mmfast.core.user_agent import UNKNOWN, read_user_agent

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("header", "client"),
    [
        ("", UNKNOWN),
        ("tool/1.0", UNKNOWN),
        (
            f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/120.0.0.0 Safari/537.36",
            ("Linux", "Linux", "Chrome/120.0", False),
        ),
        (
            f"Mozilla/5.0 (Linux; Android 14) {WEBKIT} Chrome/120.0.0.0 Mobile Safari/537.36",
            ("Linux", "Android", "Chrome/120.0", True),
        ),
        ("Mattermost Mobile/2.20.0+500 (Android; 14; Pixel 8)", ("Linux", "Android", "Mobile App/2.20.0+500", True)),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Mattermost/5.6.0 Chrome/120.0.0.0 Electron/28",
            ("Windows", "Windows 10", "Desktop App/5.6.0", False),
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:121.0) Gecko/20100101 Firefox/121.0",
            ("Macintosh", "Mac OS", "Firefox/121.0", False),
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2",
            ("Windows", "Windows 10", "Edge/120.0", False),
        ),
        (
            "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) Version/17.1 Mobile/15E148 Safari/604.1",
            ("iPad", "iOS", "Safari/17.1", True),
        ),
        (
            "Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko",
            ("Windows", "Windows 7", "Internet Explorer/11.0", False),
        ),
    ],
)
def test_known_clients(header: str, client: tuple):
    assert read_user_agent(header) == client
