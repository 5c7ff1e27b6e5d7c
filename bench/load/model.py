"""How active users behave, and when a server is said to support them: facts as data, and nothing that runs."""

import random
from dataclasses import dataclass

WEIGHTS = {
    "open_channel": 6.52,
    "scroll_channel": 1.99,
    "delete_draft": 1.41,
    "check_unreads": 1.00,
    "create_post": 1.00,
    "open_direct_or_group_channel": 0.984,
    "view_all_threads": 0.602,
    "save_draft": 0.504,
    "mark_thread_read": 0.324,
    "follow_permalink": 0.30,
    "open_thread": 0.284,
    "reconnect_websocket": 0.144,
    "add_reaction": 0.131,
    "edit_post": 0.04,
    "read_drafts": 0.037,
    "search_users": 0.032,
    "open_profile": 0.03,
    "search_posts": 0.0218,
    "search_group_channels": 0.0204,
    "search_channels": 0.015,
    "search_posts_in_all_teams": 0.0109,
    "create_direct_channel": 0.0055,
    "unfollow_thread": 0.005,
    "join_channel": 0.0049,
    "delete_post": 0.0049,
    "change_sidebar_category": 0.004,
    "create_group_channel": 0.0029,
    "set_custom_status": 0.0028,
    "remove_custom_status": 0.0026,
    "reload": 0.0008,
    "log_out_and_in": 0.0006,
    "set_post_reminder": 0.0005,
    "follow_thread": 0.0005,
}
"""How often each action happens, relative to one created post. They are rounded: the published sum is 15.444."""

REPLY_SHARE = 0.18
WORDS_OF_A_POST = (1, 69)

MEAN_IDLE_SECONDS = 20.0
"""Between two actions of the most active users; idle time is uniform from nothing to twice the mean."""
RATES = {1: 0.05, 2: 0.10, 3: 0.15, 6: 0.40, 30: 0.30}
"""Factor on the idle time: share of the users who have it."""

POLL_SECONDS = 60.0
"""Each user asks for statuses and reports its client's performance once in this time."""
LOGINS_PER_SECOND = 4.0


@dataclass(frozen=True)
class Criteria:
    """What a server must stay below to support a number of users."""

    server_errors: float = 0.00025
    timeouts: float = 0.00025
    mean_seconds: float = 0.1
    p99_seconds: float = 2.0
    cpu: float = 0.85
    memory: float = 0.85


CRITERIA = Criteria()


def actions_per_minute() -> float:
    """Of the average user."""
    return sum(share * 60 / (MEAN_IDLE_SECONDS * rate) for rate, share in RATES.items())


def posts_per_second(users: int) -> float:
    """Posts that so many users make."""
    return users * actions_per_minute() / 60 * WEIGHTS["create_post"] / sum(WEIGHTS.values())


def rate_of(number: int) -> int:
    """The rate of the user with this number. Any run of numbers holds the rates in nearly their shares."""
    place = (number * 0.6180339887) % 1
    for rate, share in RATES.items():
        if place < share:
            return rate
        place -= share
    return next(reversed(RATES))


def pick_action(chance: random.Random) -> str:
    """The next action's name."""
    return chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]


def idle_seconds(rate: int, chance: random.Random) -> float:
    """The pause before the next action."""
    return chance.uniform(0, 2 * MEAN_IDLE_SECONDS * rate)


def first_idle_seconds(rate: int, chance: random.Random) -> float:
    """What is left of a pause at a moment taken at random: so that the mix is steady from the first second on."""
    return 2 * MEAN_IDLE_SECONDS * rate * (1 - chance.random() ** 0.5)
