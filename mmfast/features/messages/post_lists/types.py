"""A list of posts, and the queries for one."""

from msgspec import UNSET, Struct, UnsetType

from mmfast.features.messages.posts.types import Post


class PostList(Struct):
    """Posts by id and the order of those that were asked for; the others are there because these need them."""

    order: list[str]
    posts: dict[str, Post]
    next_post_id: str = ""
    prev_post_id: str = ""
    has_next: bool | UnsetType = UNSET
    first_inaccessible_post_time: int = 0


class ChannelQuery(Struct):
    """How a channel's posts are asked for."""

    page: int = 0
    per_page: int = 60
    since: str = ""
    before: str = ""
    after: str = ""
    include_deleted: bool = False
    skipFetchThreads: bool = False  # noqa: N815  # the wire's name
    collapsedThreads: bool = False  # noqa: N815
    collapsedThreadsExtended: bool = False  # noqa: N815


class ThreadQuery(Struct):
    """How a thread's posts are asked for."""

    perPage: str = ""  # noqa: N815
    fromPost: str = ""  # noqa: N815
    fromCreateAt: str = ""  # noqa: N815
    fromUpdateAt: str = ""  # noqa: N815
    direction: str = ""
    updatesOnly: bool = False  # noqa: N815
    skipFetchThreads: bool = False  # noqa: N815
    collapsedThreads: bool = False  # noqa: N815
    collapsedThreadsExtended: bool = False  # noqa: N815


class ThreadPage(Struct):
    """A checked `ThreadQuery`: which part of a thread is wanted. `size` 0 is all of it."""

    size: int = 0
    up: bool = False
    from_post: str = ""
    from_create_at: int = 0
    from_update_at: int = 0
    updates_only: bool = False


class Window(Struct):
    """Which posts of a channel are wanted, newest first."""

    offset: int
    limit: int
    include_deleted: bool = False
    roots_only: bool = False
    """Replies are left out: the reader's threads are collapsed."""
