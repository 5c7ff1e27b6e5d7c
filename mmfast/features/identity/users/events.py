"""What clients are told of accounts."""

import msgspec

from mmfast.realtime.event import Event


class NewUser(Event, name="new_user"):
    user_id: str


class UserUpdated(Event, name="user_updated"):
    user: msgspec.Raw
    """The profile in the view of those addressed."""


class UserRoleUpdated(Event, name="user_role_updated"):
    user_id: str
    roles: str


class UserActivationStatusChange(Event, name="user_activation_status_change"):
    """Somebody's account was switched on or off: lists of people are to be read again."""
