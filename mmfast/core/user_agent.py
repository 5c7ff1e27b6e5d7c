"""Says which client speaks, from its User-Agent header, in the words that sessions keep and people read in their list.

A guess for people and for the length of sessions; nothing secret may hang on it, since clients say what they like.
"""

import re
from typing import Final, NamedTuple


class Client(NamedTuple):
    """What runs where; empty or "Unknown" where the header does not tell."""

    platform: str
    os: str
    browser: str
    is_mobile: bool


UNKNOWN: Final = Client("Unknown", "", "Unknown/0.0", False)

_WINDOWS: Final = {
    "5.1": "Windows XP",
    "6.0": "Windows Vista",
    "6.1": "Windows 7",
    "6.2": "Windows 8",
    "6.3": "Windows 8.1",
    "10.0": "Windows 10",
}
_APPS: Final = (
    (re.compile(r"Mattermost Mobile/(\S+)"), "Mobile App"),
    (re.compile(r"Mattermost/(\S+)"), "Desktop App"),
    (re.compile(r"mmctl/(\S+)"), "mmctl"),
    (re.compile(r"Franz/(\S+)"), "Franz"),
)
_BROWSERS: Final = (
    (re.compile(r"Edg(?:e|A|iOS)?/(\d+)(?:\.(\d+))?"), "Edge"),
    (re.compile(r"OPR/(\d+)(?:\.(\d+))?"), "Opera"),
    (re.compile(r"MSIE (\d+)(?:\.(\d+))?"), "Internet Explorer"),
    (re.compile(r"Trident/.*rv:(\d+)(?:\.(\d+))?"), "Internet Explorer"),
    (re.compile(r"(?:Firefox|FxiOS)/(\d+)(?:\.(\d+))?"), "Firefox"),
    (re.compile(r"(?:Chrome|CriOS)/(\d+)(?:\.(\d+))?"), "Chrome"),
    (re.compile(r"Version/(\d+)(?:\.(\d+))?.* Safari/"), "Safari"),
)
"""In the order to try: most browsers also name those whose pages they want to be served."""


def read_user_agent(header: str) -> Client:
    """The client that a User-Agent header speaks of."""
    platform, os = _system(header)
    browser = _browser(header)
    mobile = "Mobile" in header or os in ("iOS", "Android") and browser.startswith("Mobile App")
    return Client(platform, os, browser, mobile)


def _browser(header: str) -> str:
    for pattern, name in _APPS:
        if (m := pattern.search(header)) is not None:
            return f"{name}/{m[1]}"
    for pattern, name in _BROWSERS:
        if (m := pattern.search(header)) is not None:
            return f"{name}/{m[1]}.{m[2] or 0}"
    return UNKNOWN.browser


def _system(header: str) -> tuple[str, str]:
    for device in ("iPhone", "iPad", "iPod"):
        if device in header:
            return device, "iOS"
    if "Android" in header:
        return "Linux", "Android"
    if (m := re.search(r"Windows NT (\d+\.\d+)", header)) is not None:
        return "Windows", _WINDOWS.get(m[1], "Windows")
    if "Windows" in header:
        return "Windows", "Windows"
    if "Macintosh" in header or "Darwin" in header:
        return "Macintosh", "Mac OS"
    if "CrOS" in header:
        return "X11", "Chrome OS"
    if "Linux" in header:
        return "Linux", "Linux"
    return UNKNOWN.platform, UNKNOWN.os
