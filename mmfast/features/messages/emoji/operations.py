"""The routes of custom emojis."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.decoding import BodyError, read_body
from mmfast.api.errors import INVALID_BODY_PARAM, INVALID_URL_PARAM, PAYLOAD_PARSE
from mmfast.api.forms import FormError, read_form
from mmfast.api.operation import operation
from mmfast.api.responses import Response
from mmfast.features.messages.emoji import errors, guards, service, store
from mmfast.features.messages.emoji.types import AutocompleteQuery, Emoji, EmojiDraft, EmojiSearch, ListQuery
from mmfast.wire.request import BodyTooLarge

MAX_NAMES: Final = 200
_FORM_OVERHEAD: Final = 64 * 1024
"""What a form may hold besides the picture."""
_MONTH: Final = ("Cache-Control", "max-age=2592000, private")


@operation("CreateEmoji", "POST /emoji", guard=guards.may_create_emoji)
async def create_emoji(ctx: Context) -> Emoji:
    """Takes a form with the JSON of the emoji in `emoji` and the picture in `image`."""
    assert ctx.request is not None
    try:
        form = await read_form(ctx.request, service.MAX_BYTES + _FORM_OVERHEAD)
    except BodyTooLarge:
        raise errors.TOO_LARGE(max=service.MAX_BYTES) from None
    except FormError as error:
        raise errors.NOT_A_FORM(detail=str(error)) from None
    try:
        draft: EmojiDraft = read_body(form.value("emoji").encode(), EmojiDraft)
    except BodyError as error:
        raise INVALID_BODY_PARAM(name="emoji", detail=str(error)) from None
    files = form.files.get("image")
    if not files:
        raise INVALID_BODY_PARAM(name="image")
    return await service.create_emoji(ctx, draft, files[0].data)


@operation("GetEmojiList", "GET /emoji", guard=guards.may_read_emojis)
async def get_emoji_list(ctx: Context, query: ListQuery) -> list[Emoji]:
    if query.sort not in ("", "name"):
        raise INVALID_URL_PARAM(name="sort")
    return await store.list_page(ctx.db, query.offset, query.limit, by_name=query.sort == "name")


@operation("GetEmoji", "GET /emoji/{emoji_id}", guard=guards.may_read_emojis)
async def get_emoji(ctx: Context, emoji_id: str) -> Emoji:
    return await service.get_emoji(ctx, emoji_id)


@operation("GetEmojiByName", "GET /emoji/name/{emoji_name}", guard=guards.may_read_emojis)
async def get_emoji_by_name(ctx: Context, emoji_name: str) -> Emoji:
    return await service.get_emoji_by_name(ctx, emoji_name)


@operation("GetEmojisByNames", "POST /emoji/names", guard=guards.may_read_emojis, body_error=PAYLOAD_PARSE)
async def get_emojis_by_names(ctx: Context, body: list[str]) -> list[Emoji]:
    if not body:
        raise INVALID_BODY_PARAM(name="names")
    if len(body) > MAX_NAMES:
        raise errors.TOO_MANY_NAMES(max=MAX_NAMES)
    return list((await service.find_emojis_by_names(ctx, body)).values())


@operation("GetEmojiImage", "GET /emoji/{emoji_id}/image", guard=guards.may_read_emojis, trust_requester=True)
async def get_emoji_image(ctx: Context, emoji_id: str) -> Response:
    mime_type, data = await service.read_image(ctx, await service.get_emoji(ctx, emoji_id))
    return Response(200, [("Content-Type", mime_type), _MONTH], data)


@operation("SearchEmoji", "POST /emoji/search", guard=guards.may_search_emojis)
async def search_emoji(ctx: Context, body: EmojiSearch) -> list[Emoji]:
    if not body.term:
        raise INVALID_BODY_PARAM(name="term")
    return await store.search(ctx.db, body.term, service.MAX_FOUND, prefix_only=body.prefix_only)


@operation("AutocompleteEmoji", "GET /emoji/autocomplete", guard=guards.may_search_emojis)
async def autocomplete_emoji(ctx: Context, query: AutocompleteQuery) -> list[Emoji]:
    if not query.name:
        raise INVALID_URL_PARAM(name="name")
    return await store.search(ctx.db, query.name, service.MAX_FOUND, prefix_only=True)


@operation("DeleteEmoji", "DELETE /emoji/{emoji_id}", guard=guards.may_delete_emoji)
async def delete_emoji(ctx: Context, loaded: Emoji) -> None:
    await service.delete_emoji(ctx, loaded)
