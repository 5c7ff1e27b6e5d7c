"""The request for an ephemeral post."""

from msgspec import Struct

from mmfast.features.messages.posts.types import PostInput


class EphemeralRequest(Struct):
    """A post, and the one user who is to see it."""

    user_id: str = ""
    post: PostInput | None = None
