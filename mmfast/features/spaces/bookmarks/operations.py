"""The routes of channel bookmarks, all behind a guard that refuses."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.spaces.bookmarks.guards import bookmarks_available

_PATH: Final = "/channels/{channel_id}/bookmarks"

_ROUTES: Final = {
    "ListChannelBookmarksForChannel": f"GET {_PATH}",
    "CreateChannelBookmark": f"POST {_PATH}",
    "UpdateChannelBookmark": f"PATCH {_PATH}/{{bookmark_id}}",
    "UpdateChannelBookmarkSortOrder": f"POST {_PATH}/{{bookmark_id}}/sort_order",
    "DeleteChannelBookmark": f"DELETE {_PATH}/{{bookmark_id}}",
}


async def answer_nothing(ctx: Context) -> None:
    """Never reached: the guard refuses."""


for _name, _route in _ROUTES.items():
    operation(_name, _route, guard=bookmarks_available)(answer_nothing)
