"""What a user's own clients are told of preferences."""

from mmfast.realtime.event import Document, Event


class PreferencesChanged(Event, name="preferences_changed"):
    preferences: Document


class PreferencesDeleted(Event, name="preferences_deleted"):
    preferences: Document
