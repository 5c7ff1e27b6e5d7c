"""Chooses the names. Accounts are known again by their mail address, channels by their name; nobody is renamed.

A person whose Slack name belongs to somebody else here gets another one, a private conversation never goes into a
public channel, and nothing into a private one that who imports has no say in: an import must not open what is closed.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

from mmfast.features.admin.slack_exports.types import Conversation, Export, Kind, SlackUser
from mmfast.features.admin.slack_people.types import Here, Place
from mmfast.features.identity.users.service import is_email, is_username
from mmfast.features.spaces.channels.types import PRIVATE, PUBLIC

IMPORTER: Final = "slack-import"
"""Posts what nobody of the export has said: the messages of programs, and of people of other workspaces."""

NOWHERE: Final = "slack.invalid"
"""The domain of people without an address (RFC 2606: it can never exist)."""

MAX_PEOPLE: Final = 8
"""Of a group channel."""

_NAME: Final = 64
_FIELD: Final = 64
_MAX_USERNAME: Final = 60


def address_of(user: SlackUser) -> str:
    """The mail address by which a person is known again."""
    email = ((user.profile.email if user.profile else "") or "").strip().lower()
    return email if is_email(email) else f"{user.id.lower()}@{NOWHERE}"


def wish_of(user: SlackUser) -> str:
    """The username that a person would have if it is free."""
    name = re.sub(r"[^a-z0-9._-]", "_", (user.name or "").lower())[:_MAX_USERNAME]
    return name if is_username(name) else f"user_{user.id.lower()}"[:_MAX_USERNAME]


def people_of(export: Export) -> list[SlackUser]:
    """Those who become accounts: programs do not."""
    return [user for user in export.people if not user.is_bot and user.id != "USLACKBOT"]


def name_people(export: Export, here: Here) -> dict[str, str]:
    """Usernames by Slack's ids."""
    taken = set(here.usernames) | set(here.accounts.values()) | {IMPORTER}
    names = {}
    for user in people_of(export):
        known = here.accounts.get(address_of(user))
        names[user.id] = known or _free(wish_of(user), taken)
        taken.add(names[user.id])
    return names


def importer_of(here: Here) -> str:
    """The username of the account that posts for programs."""
    known = here.accounts.get(f"{IMPORTER}@{NOWHERE}")
    return known or _free(IMPORTER, set(here.usernames))


def _free(wish: str, taken: set[str]) -> str:
    name, number = wish, 1
    while name in taken:
        number += 1
        name = f"{wish}-{number}"
    return name


# Conversations --------------------------------------------------------------------------------------------------------


def place_conversations(export: Export, people: dict[str, str], here: Here) -> list[Place]:
    """Where each conversation goes."""
    used: set[str] = set()
    places = []
    for conversation in export.conversations:
        members = [people[id] for id in dict.fromkeys(conversation.channel.members or []) if id in people]
        direct = conversation.kind in (Kind.DIRECT, Kind.GROUP) and len(members) <= MAX_PEOPLE
        if direct:
            places.append(Place(conversation, people=members))
            continue
        name = _channel_name(conversation, here, used)
        used.add(name)
        places.append(Place(conversation, name, members, is_new=name not in here.channels))
    return places


def type_of(conversation: Conversation) -> str:
    """The type of the channel that the conversation needs."""
    return PUBLIC if conversation.kind is Kind.PUBLIC else PRIVATE


def _channel_name(conversation: Conversation, here: Here, used: set[str]) -> str:
    channel = conversation.channel
    wish = re.sub(r"[^a-z0-9_-]", "-", (channel.name or "").lower()).strip("-_")[: _NAME - 4]
    wish = wish if len(wish) > 1 else f"slack-{channel.id.lower()}"
    name, number = wish, 1
    while (
        name in used or name in here.closed or here.channels.get(name, type_of(conversation)) != type_of(conversation)
    ):
        number += 1
        name = f"{wish}-{number}"
    return name


# Lines ----------------------------------------------------------------------------------------------------------------


def channel_lines(places: Iterable[Place], here: Here, now: int) -> Iterable[dict[str, Any]]:
    """The channels that are to be made, as lines of bulk loading."""
    for place in places:
        channel = place.conversation.channel
        if place.is_direct or not place.is_new:
            continue
        line: dict[str, Any] = {
            "team": here.team,
            "name": place.name,
            "display_name": (channel.name or place.name)[:_FIELD],
            "type": type_of(place.conversation),
            "header": ((channel.topic.value if channel.topic else "") or "")[:1024],
            "purpose": ((channel.purpose.value if channel.purpose else "") or "")[:250],
        }
        if channel.is_archived:
            line["deleted_at"] = now
        yield {"type": "channel", "channel": line}


def user_lines(
    export: Export, people: dict[str, str], places: Iterable[Place], here: Here, now: int
) -> Iterable[dict[str, Any]]:
    """The people with their channels. Of an account that is here already, only the memberships are said."""
    channels: dict[str, list[dict[str, str]]] = {}
    for place in places:
        for username in () if place.is_direct else place.people:
            channels.setdefault(username, []).append({"name": place.name})
    for user in people_of(export):
        username, address = people[user.id], address_of(user)
        line: dict[str, Any] = {"username": username, "email": address}
        if address not in here.accounts:
            line |= _portrait(user) | ({"delete_at": now} if user.deleted else {})
        line["teams"] = [{"name": here.team, "channels": channels.get(username, [])}]
        yield {"type": "user", "user": line}


def importer_line(username: str) -> dict[str, Any]:
    """The account that posts for programs. Nobody signs in with it: it has no password and no mailbox."""
    return {"type": "user", "user": {"username": username, "email": f"{IMPORTER}@{NOWHERE}"}}


def _portrait(user: SlackUser) -> dict[str, str]:
    profile = user.profile
    if profile is None:
        return {}
    first, _, last = (profile.real_name or "").partition(" ")
    return {
        "nickname": (profile.display_name or "")[:_FIELD],
        "first_name": (profile.first_name or first)[:_FIELD],
        "last_name": (profile.last_name or last)[:_FIELD],
        "position": (profile.title or "")[:128],
    }
