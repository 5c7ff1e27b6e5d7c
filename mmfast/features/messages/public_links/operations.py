"""The routes of public links. Who follows one sits at a browser: what is wrong is told as a page."""

import html

from mmfast.api.context import Context
from mmfast.api.guards import PUBLIC
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.responses import Response
from mmfast.core.errors import AppError
from mmfast.core.text import translate
from mmfast.features.messages.file_downloads.service import send
from mmfast.features.messages.file_downloads.types import Content
from mmfast.features.messages.files.types import StoredFile
from mmfast.features.messages.public_links import service
from mmfast.features.messages.public_links.guards import may_make_link
from mmfast.features.messages.public_links.types import LinkQuery, PublicLink


@operation("GetFileLink", "GET /files/{file_id}/link", guard=may_make_link)
async def get_file_link(ctx: Context, file_id: str, loaded: StoredFile) -> PublicLink:
    return PublicLink(service.make_link(ctx, loaded))


@operation("GetFilePublic", "GET //files/{file_id}/public", guard=PUBLIC, auth=OPTIONAL, unchecked=("file_id",))
@operation("HeadFilePublic", "HEAD //files/{file_id}/public", guard=PUBLIC, auth=OPTIONAL, unchecked=("file_id",))
async def get_file_public(ctx: Context, file_id: str, query: LinkQuery) -> Response:
    try:
        file = await service.get_linked_file(ctx, file_id, query.h)
        return await send(ctx, Content(file.path, file.info.name, file.info.mime_type, query.download))
    except AppError as error:
        return _page(ctx, error)


def _page(ctx: Context, error: AppError) -> Response:
    text = html.escape(translate(ctx.locale, error.id, error.kind.text, error.params))
    head = f'<head><meta charset="utf-8"><title>{text}</title></head>'
    page = f"<!DOCTYPE html>\n<html>{head}<body><p>{text}</p></body></html>\n"
    return Response(error.status, [("Content-Type", "text/html")], page.encode())
