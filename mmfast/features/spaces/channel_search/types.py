"""What a client asks for in a search of channels."""

from msgspec import Struct


class TermSearch(Struct):
    """A search by words only."""

    term: str = ""


class NameQuery(Struct):
    """What was typed so far."""

    name: str = ""


class ScopeQuery(Struct):
    """Whether all channels are searched, as the console does, or the caller's own; "true" or "false"."""

    system_console: str = "true"


class AllChannelsSearch(Struct):
    """A search over the channels of all teams, or of some."""

    term: str = ""
    team_ids: list[str] = []
    public: bool = False
    private: bool = False
    deleted: bool = False
    include_deleted: bool = False
    exclude_default_channels: bool = False
    group_constrained: bool = False
    exclude_group_constrained: bool = False
    not_associated_to_group: str = ""
    include_search_by_id: bool = False
    exclude_remote: bool = False
    page: int | None = None
    per_page: int | None = None

    @property
    def is_paged(self) -> bool:
        """Whether the answer is a page with the total; otherwise it is the beginning of the list."""
        return self.page is not None and self.per_page is not None
