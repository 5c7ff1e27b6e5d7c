"""Analytics as clients get them."""

from msgspec import Struct


class AnalyticsQuery(Struct):
    """Which figures are wanted, and of which team, "" for all."""

    name: str = "standard"
    team_id: str = ""


class Figure(Struct):
    """One figure by its name, or by its day."""

    name: str
    value: int
