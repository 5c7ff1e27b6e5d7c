"""Turns Slack's markup into Markdown, and reads attachments as Slack's programs send them."""

import re
from typing import Any, Final

import msgspec

from mmfast.api.context import Context
from mmfast.api.decoding import shaper
from mmfast.features.identity.users.service import get_users
from mmfast.features.messages.attachments.types import Attachment

_WIDE: Final = re.compile(r"<!(channel|here|all|everyone)(?:\|[^<>]*)?>")
_USER: Final = re.compile(r"<@([a-z0-9]{26})(?:\|[^<>]*)?>")
_LINK: Final = re.compile(r"<([^<>|\s]+)\|([^<>\n]+)>")
_BOOLEANS: Final = {"true": True, "false": False, "": False}


class AttachmentError(ValueError):
    """What was sent as attachments is none."""


async def to_markdown(ctx: Context, *texts: str) -> list[str]:
    """The texts with mentions and links in our form; everything else stays as it is."""
    if not any("<" in text for text in texts):
        return list(texts)
    ids = sorted({user_id for text in texts for user_id in _USER.findall(text)})
    names = {user.id: user.username for user in await get_users(ctx, ids)} if ids else {}
    return [_convert(text, names) for text in texts]


def _convert(text: str, names: dict[str, str]) -> str:
    text = _WIDE.sub(lambda m: "@all" if m[1] == "everyone" else "@" + m[1], text)
    text = _USER.sub(lambda m: "@" + names[m[1]] if m[1] in names else m[0], text)
    return _LINK.sub(r"[\2](\1)", text)


async def read_attachments(ctx: Context, given: list[Any]) -> list[Attachment]:
    """The attachments with their texts converted; nulls are passed over. Raises AttachmentError."""
    attachments = [_attachment(item) for item in given if item is not None]
    for attachment in attachments:
        fields = attachment.fields or []
        values = [field.value or "" for field in fields]
        attachment.text, attachment.pretext, *values = await to_markdown(
            ctx, attachment.text, attachment.pretext, *values
        )
        for field, value in zip(fields, values, strict=True):
            field.value = None if field.value is None else value
    return attachments


def _attachment(item: Any) -> Attachment:
    """One attachment. Values of fields become texts, and a field may be short by the word "true"."""
    shape = shaper(Attachment)
    assert shape is not None
    shaped = shape(item)
    if isinstance(shaped, dict) and isinstance(shaped.get("fields"), list):
        for field in (field for field in shaped["fields"] if isinstance(field, dict)):
            if isinstance(field.get("short"), str):
                field["short"] = _BOOLEANS.get(field["short"].lower(), field["short"])
            if field.get("value") is not None and not isinstance(field["value"], str):
                field["value"] = msgspec.json.encode(field["value"]).decode()
    try:
        return msgspec.convert(shaped, Attachment)
    except (msgspec.ValidationError, RecursionError) as error:
        raise AttachmentError(str(error)) from None
