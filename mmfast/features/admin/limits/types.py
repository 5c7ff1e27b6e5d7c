"""What clients ask about limits."""

from msgspec import Struct


class ServerLimits(Struct):
    """The limits, 0 for none, and what counts towards them."""

    maxUsersLimit: int = 0
    maxUsersHardLimit: int = 0
    activeUserCount: int = 0
    lastAccessiblePostTime: int = 0
    postHistoryLimit: int = 0
    singleChannelGuestCount: int = 0
    singleChannelGuestLimit: int = 0
