"""The shapes of preferences."""

import msgspec


class Preference(msgspec.Struct):
    """One remembered value."""

    user_id: str = ""
    category: str = ""
    name: str = ""
    value: str = ""


class PreferencesChange(msgspec.Struct):
    """News for the features above: these rows are about to be stored, or were stored or deleted."""

    user_id: str
    preferences: list[Preference]
    deleted: bool = False
