"""What a user's own clients are told of preferences."""

from mmfast.realtime.event import Document, Event


class PreferenceChanged(Event, name="preference_changed"):
    """One preference that the server set at its user's wish."""

    preference: Document


class PreferencesChanged(Event, name="preferences_changed"):
    preferences: Document


class PreferencesDeleted(Event, name="preferences_deleted"):
    preferences: Document
