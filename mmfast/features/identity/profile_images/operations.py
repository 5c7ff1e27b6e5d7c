"""The routes of profile images."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.etags import is_known, not_modified
from mmfast.api.forms import read_picture
from mmfast.api.operation import operation
from mmfast.api.responses import Response
from mmfast.features.identity.profile_images import errors, guards, service
from mmfast.features.identity.users.types import User

_DAY: Final = ("Cache-Control", "max-age=86400, private")
_FIVE_MINUTES: Final = ("Cache-Control", "max-age=300, private")
_PNG: Final = ("Content-Type", "image/png")


@operation("GetProfileImage", "GET /users/{user_id}/image", guard=guards.may_see_image, trust_requester=True)
async def get_profile_image(ctx: Context, loaded: User) -> Response:
    """The uploaded image, which a client may keep for a day, or a drawn one, which may be replaced any moment."""
    etag = str(loaded.last_picture_update)
    if loaded.last_picture_update > 0 and is_known(ctx, etag):
        return not_modified(etag)
    uploaded = await service.find_uploaded(ctx, loaded)
    if uploaded is None:
        return Response(200, [_PNG, _FIVE_MINUTES], service.drawn_image(loaded))
    return Response(200, [_PNG, _DAY, ("Etag", etag)], uploaded)


@operation(
    "GetDefaultProfileImage", "GET /users/{user_id}/image/default", guard=guards.may_see_image, trust_requester=True
)
async def get_default_profile_image(ctx: Context, loaded: User) -> Response:
    """The image that is drawn for the user, whether or not there is an uploaded one."""
    return Response(200, [_PNG, _DAY], service.drawn_image(loaded))


@operation("SetProfileImage", "POST /users/{user_id}/image", guard=guards.may_set_image)
async def set_profile_image(ctx: Context, loaded: User) -> None:
    """Takes the picture in the form field `image`."""
    await service.set_image(ctx, loaded, await read_picture(ctx, errors.UPLOAD))


@operation("SetDefaultProfileImage", "DELETE /users/{user_id}/image", guard=guards.may_set_image)
async def set_default_profile_image(ctx: Context, loaded: User) -> None:
    """Takes the uploaded image away."""
    await service.remove_image(ctx, loaded)
