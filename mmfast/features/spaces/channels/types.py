"""A channel as the wire knows it."""

import msgspec
from msgspec import Raw, Struct

from mmfast.features.spaces.teams.types import Team

PUBLIC = "O"
PRIVATE = "P"
DIRECT = "D"
GROUP = "G"

DEFAULT_CHANNEL = "town-square"
"""The name of the channel that every member of a team but guests is in, and that cannot be left."""

OFF_TOPIC = "off-topic"


class Channel(Struct):
    """A row of Channels, in the order of `store.COLUMNS`. Cached and shared: never changed in place.

    The counters of a cached channel may lag behind; who shows them reads the row.
    """

    id: str
    create_at: int
    update_at: int
    delete_at: int
    team_id: str
    type: str
    display_name: str
    name: str
    header: str
    purpose: str
    last_post_at: int
    total_msg_count: int
    extra_update_at: int
    creator_id: str
    scheme_id: str | None
    group_constrained: bool | None
    shared: bool | None
    total_msg_count_root: int
    last_root_post_at: int
    banner_info: Raw | None
    default_category_name: str
    autotranslation: bool
    props: dict[str, object] | None = None
    policy_id: str | None = None
    policy_enforced: bool = False
    policy_is_active: bool = False

    @property
    def is_direct_or_group(self) -> bool:
        """Whether the channel belongs to no team, but to its two to eight people."""
        return self.type in (DIRECT, GROUP)

    def other_user_id(self, user_id: str) -> str:
        """In a direct channel, the other one (oneself in a channel with oneself); "" in other channels."""
        if self.type != DIRECT:
            return ""
        first, _, second = self.name.partition("__")
        return second if first == user_id else first


class ChannelWithTeam(Channel, kw_only=True):
    """A channel in a list across teams."""

    team_display_name: str
    team_name: str
    team_update_at: int


class BannerInfo(Struct):
    """The banner over a channel."""

    enabled: bool | None = None
    text: str | None = None
    background_color: str | None = None


class ChannelUpdate(Struct):
    """What a client sends to replace a channel's properties; header and purpose are emptied when absent."""

    id: str = ""
    team_id: str = ""
    type: str = ""
    display_name: str = ""
    name: str = ""
    header: str = ""
    purpose: str = ""
    group_constrained: bool | None = None
    default_category_name: str = ""


class ChannelCreate(ChannelUpdate):
    """What a client sends to make a channel."""

    scheme_id: str | None = None
    banner_info: BannerInfo | None = None


class ChannelPatch(Struct):
    """What a client sends to change some of a channel's properties; None leaves one as it is."""

    display_name: str | None = None
    name: str | None = None
    header: str | None = None
    purpose: str | None = None
    group_constrained: bool | None = None
    banner_info: BannerInfo | None = None
    autotranslation: bool | None = None
    default_category_name: str | None = None


class ByName(Struct):
    """Whether an archived channel is found by its name too."""

    include_deleted: bool = False


class DeleteQuery(Struct):
    """Whether the channel is deleted for good."""

    permanent: bool = False


class Move(Struct, frozen=True):
    """A channel, and the team it shall go to."""

    channel: Channel
    team: Team
    force: bool


def raw_or_none(text: str | None) -> Raw | None:
    """A jsonb column as it stands."""
    return None if text is None or text == "null" else msgspec.Raw(text)
