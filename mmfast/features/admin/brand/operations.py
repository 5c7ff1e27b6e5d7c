"""The routes of the brand image."""

from mmfast.api.context import Context
from mmfast.api.forms import FormError, read_form
from mmfast.api.guards import PUBLIC
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.responses import Created, Response
from mmfast.features.admin.brand import errors, service
from mmfast.features.admin.brand.guards import may_edit_brand
from mmfast.wire.request import BodyTooLarge


@operation("GetBrandImage", "GET /brand/image", guard=PUBLIC, auth=OPTIONAL, trust_requester=True)
async def get_brand_image(ctx: Context) -> Response:
    """The picture; the sign-in page shows it to everybody. An empty answer says that there is none."""
    image = await service.find_image(ctx)
    if image is None:
        return Response(404, [("Content-Type", "application/json")], b"")
    return Response(200, [("Content-Type", "image/png")], image)


@operation("UploadBrandImage", "POST /brand/image", guard=may_edit_brand)
async def upload_brand_image(ctx: Context) -> Created[dict[str, str]]:
    """Takes the picture in the form field `image`."""
    assert ctx.request is not None
    try:
        form = await read_form(ctx.request, ctx.config.FileSettings.MaxFileSize)
    except BodyTooLarge:
        raise errors.TOO_LARGE() from None
    except FormError as error:
        raise errors.NOT_A_FORM(detail=str(error)) from None
    files = form.files.get("image")
    if not files:
        raise errors.NO_FILE()
    if len(files) > 1:
        raise errors.SEVERAL_FILES()
    await service.set_image(ctx, files[0].data)
    return Created({"status": "OK"})


@operation("DeleteBrandImage", "DELETE /brand/image", guard=may_edit_brand)
async def delete_brand_image(ctx: Context) -> None:
    """Takes the picture away."""
    await service.delete_image(ctx)
