"""Reads attachments leniently, gives their actions ids, and hides what clients must not see of them."""

import hashlib
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import UNSET

from mmfast.api.context import Context
from mmfast.api.decoding import shaper
from mmfast.core.ids import new_id
from mmfast.features.messages.attachments import store
from mmfast.features.messages.attachments.types import Attachment

PROP: Final = "attachments"
_SPEAKER: Final = ("from_webhook", "override_username", "override_icon_url")
_SECRET: Final = "attachments.secret"


def read_attachments(value: Any) -> list[Attachment]:
    """The attachments in a prop; what is none counts as an empty card, and what is no list as none at all."""
    if not isinstance(value, list):
        return []
    shape = shaper(Attachment)
    found = []
    for item in value:
        try:
            found.append(msgspec.convert(shape(item) if shape and isinstance(item, dict) else item or {}, Attachment))
        except msgspec.ValidationError:
            found.append(Attachment())
    return found


def normalise(props: dict[str, Any]) -> None:
    """Puts the attachments of new props into their full form, in place. Actions without an id get one."""
    if PROP not in props:
        return
    attachments = read_attachments(props[PROP])
    for attachment in attachments:
        for action in attachment.actions or []:
            action.id = action.id or new_id()
            action.cookie = ""
    props[PROP] = msgspec.to_builtins(attachments) if attachments else None


def has_actions(props: bytes) -> bool:
    """Whether stored props may hold actions: a quick look before reading them."""
    return b'"integration"' in props


def hide_integrations(props: dict[str, Any]) -> dict[str, Any]:
    """The props as clients see them: actions without what they call."""
    attachments = read_attachments(props.get(PROP))
    for attachment in attachments:
        for action in attachment.actions or []:
            action.integration = UNSET
    return {**props, PROP: msgspec.to_builtins(attachments) if attachments else None}


def with_cookies(props: dict[str, Any], post_fields: dict[str, str], secret: bytes) -> dict[str, Any]:
    """The props of a post that is not stored: each action carries, sealed, what the server must know of it."""
    attachments = read_attachments(props.get(PROP))
    kept = speaker_props(props)
    for attachment in attachments:
        for action in attachment.actions or []:
            if action.integration is not UNSET:
                content = {
                    "type": action.type,
                    "data_source": action.data_source,
                    "integration": msgspec.to_builtins(action.integration),
                    "kept_props": kept,
                    **post_fields,
                }
                action.cookie = seal(msgspec.json.encode(content), secret)
                action.integration = UNSET
    return {**props, PROP: msgspec.to_builtins(attachments) if attachments else None}


def speaker_props(props: dict[str, Any]) -> dict[str, Any]:
    """Those props that say in whose name a program speaks: an answer to an action keeps them."""
    return {key: props[key] for key in _SPEAKER if key in props}


async def get_secret(ctx: Context) -> bytes:
    """The secret of this installation with which such cookies are sealed."""
    secret = ctx.app.state.get(_SECRET)
    if secret is None:
        secret = ctx.app.state[_SECRET] = (await store.get_secret(ctx.db, os.urandom(32).hex())).encode()
    return bytes(secret)


def seal(content: bytes, secret: bytes) -> str:
    """The content encrypted and authenticated with the server's secret."""
    nonce = os.urandom(12)
    sealed = AESGCM(hashlib.sha256(secret).digest()).encrypt(nonce, content, None)
    return urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, secret: bytes) -> bytes | None:
    """What `seal` has sealed; None for what it has not."""
    try:
        raw = urlsafe_b64decode(sealed)
        return AESGCM(hashlib.sha256(secret).digest()).decrypt(raw[:12], raw[12:], None)
    except (ValueError, InvalidTag):
        return None


def texts_of(props: dict[str, Any]) -> list[str]:
    """The parts of attachments in which people can be mentioned."""
    if PROP not in props:
        return []
    found = []
    for attachment in read_attachments(props[PROP]):
        found += [attachment.pretext, attachment.text]
        found += [field.value for field in attachment.fields or [] if isinstance(field.value, str)]
    return [text for text in found if text]
