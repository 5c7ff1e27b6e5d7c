"""Reads the answers of integrations, and posts the answers of all commands."""

from typing import Any, Final

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from mmfast.api.context import Context
from mmfast.api.decoding import BodyError, read_body
from mmfast.core.clock import now_ms
from mmfast.core.errors import AppError
from mmfast.core.ids import is_valid_id, new_id
from mmfast.features.identity.roles.service import roles_grant
from mmfast.features.identity.users.service import get_user
from mmfast.features.integrations.builtin_commands.types import EPHEMERAL, IN_CHANNEL, CommandAnswer, CommandCall
from mmfast.features.integrations.command_answers import errors, store
from mmfast.features.integrations.command_answers.types import (
    LIFETIME_MS,
    MAX_USES,
    DelayedAddress,
    Presentation,
)
from mmfast.features.integrations.commands.service import find_command
from mmfast.features.integrations.commands.types import Command
from mmfast.features.integrations.slack_markup.service import AttachmentError, read_attachments, to_markdown
from mmfast.features.integrations.webhook_posts.service import DISPLAY_NAME, FROM_WEBHOOK, ICON_URL, USERNAME
from mmfast.features.messages.attachments.service import PROP, hide_integrations
from mmfast.features.messages.ephemeral.service import new_ephemeral_post, send_ephemeral_post
from mmfast.features.messages.posts.errors import CHANNEL_ARCHIVED
from mmfast.features.messages.posts.service import create_post, draft_of
from mmfast.features.messages.posts.types import SLACK_ATTACHMENT, SYSTEM_PREFIX, PostInput
from mmfast.features.spaces.channel_members.service import get_roles
from mmfast.features.spaces.channels.service import find_channel, get_channel
from mmfast.features.spaces.channels.types import Channel

_OURS: Final = (FROM_WEBHOOK, USERNAME, ICON_URL, DISPLAY_NAME)
"""Props that say who speaks: an answer does not set them itself."""


class AnswerError(ValueError):
    """What the integration sent is no answer."""


# Reading --------------------------------------------------------------------------------------------------------------


async def read_answer(ctx: Context, content_type: str, body: bytes) -> CommandAnswer:
    """The answer in a body: JSON, or words. Raises AnswerError."""
    if content_type.partition(";")[0].strip().lower() != "application/json":
        return CommandAnswer(text=body.decode("utf-8", "replace"))
    try:
        answer: CommandAnswer = read_body(body, CommandAnswer)
        for one in (answer, *(answer.extra_responses or ())):
            one.attachments = await _full_attachments(ctx, one)
    except (BodyError, AttachmentError) as error:
        raise AnswerError(str(error)) from None
    return answer


async def _full_attachments(ctx: Context, answer: CommandAnswer) -> list[Any] | None:
    if answer.attachments is None:
        return None
    return list(msgspec.to_builtins(await read_attachments(ctx, answer.attachments)))


# Posting --------------------------------------------------------------------------------------------------------------


async def deliver(
    ctx: Context, call: CommandCall, answer: CommandAnswer, presentation: Presentation | None = None
) -> CommandAnswer:
    """Posts what the answer says; `presentation` is a custom command's. Gives the answer as clients get it."""
    shown = await _deliver_one(ctx, call, answer, presentation)
    extra = [await _deliver_one(ctx, call, one, presentation) for one in answer.extra_responses or ()]
    return replace(shown, extra_responses=extra or None, trigger_id=call.trigger_id)


async def _deliver_one(
    ctx: Context, call: CommandCall, answer: CommandAnswer, presentation: Presentation | None
) -> CommandAnswer:
    text = answer.text
    if presentation is not None and not answer.skip_slack_parsing:
        (text,) = await to_markdown(ctx, text)
    props = _props(ctx, answer, presentation)
    if answer.response_type == IN_CHANNEL:
        await _post(ctx, call, replace(answer, text=text), props, from_program=presentation is not None)
        answer = replace(answer, text=text)
    elif answer.response_type in ("", EPHEMERAL) and (text or answer.attachments):
        post = new_ephemeral_post(
            answer.channel_id or call.channel.id, text, author_id=call.user.id, root_id=call.root_id, props=props
        )
        await send_ephemeral_post(ctx, call.user.id, post)
    return _as_shown(answer)


def _props(ctx: Context, answer: CommandAnswer, presentation: Presentation | None) -> dict[str, Any]:
    """The props of an answer's post, as far as the configuration lets programs say who speaks."""
    props = {key: value for key, value in (answer.props or {}).items() if key not in _OURS}
    own = presentation or Presentation("", "")
    settings = ctx.config.ServiceSettings
    if presentation is not None:
        props[FROM_WEBHOOK] = "true"
    if settings.EnablePostUsernameOverride and (username := answer.username or own.username):
        props[USERNAME] = username
    if settings.EnablePostIconOverride:
        props[ICON_URL] = answer.icon_url or own.icon_url
    if answer.attachments:
        props[PROP] = answer.attachments
    return props


async def _post(
    ctx: Context, call: CommandCall, answer: CommandAnswer, props: dict[str, Any], *, from_program: bool
) -> None:
    """Posts an answer in the caller's name, where the caller may write."""
    channel = await _target(ctx, call, answer)
    if answer.type.startswith(SYSTEM_PREFIX):
        raise errors.NOT_POSTED(detail="a type of the server's own posts")
    root_id = call.root_id if channel.id == call.channel.id else ""
    kind = SLACK_ATTACHMENT if answer.attachments else answer.type
    wanted = PostInput(message=answer.text, type=kind, props=props, root_id=root_id)
    draft = draft_of(wanted, channel, call.user)
    draft.webhook = from_program
    draft.set_online = True
    draft.post.remote_id = UNSET
    try:
        await create_post(ctx, draft)
    except AppError as error:
        raise errors.NOT_POSTED(detail=f"{error.id} {error.detail}") from None


async def _target(ctx: Context, call: CommandCall, answer: CommandAnswer) -> Channel:
    """The channel that the answer names, or in which the command was called."""
    channel = call.channel
    if answer.channel_id and answer.channel_id != channel.id:
        named = await find_channel(ctx, answer.channel_id) if is_valid_id(answer.channel_id) else None
        if named is None or named.delete_at:
            raise errors.NOT_POSTED(detail="no such channel")
        channel = named
    if not await roles_grant(ctx, await get_roles(ctx, channel, call.user.id), "create_post"):
        raise errors.NOT_POSTED(detail="needs create_post in the channel")
    return channel


def _as_shown(answer: CommandAnswer) -> CommandAnswer:
    """The answer without what the buttons of its attachments call."""
    if not answer.attachments:
        return answer
    return replace(answer, attachments=hide_integrations({PROP: answer.attachments})[PROP])


# Later ----------------------------------------------------------------------------------------------------------------


async def create_address(ctx: Context, call: CommandCall, command: Command) -> str:
    """An address for the delayed answers to this call."""
    now = now_ms()
    address = DelayedAddress(new_id(), now, command.id, call.user.id, call.channel.id, call.root_id, 0)
    await store.insert(ctx.db, address, now - LIFETIME_MS)
    return f"{ctx.config.ServiceSettings.SiteURL.rstrip('/')}/hooks/commands/{address.id}"


async def get_address(ctx: Context, address_id: str) -> DelayedAddress:
    """The address with this id, if it may still be used."""
    found = await store.find(ctx.db, address_id, now_ms() - LIFETIME_MS) if is_valid_id(address_id) else None
    if found is None:
        raise errors.NO_SUCH_ADDRESS()
    return found


async def deliver_later(ctx: Context, address: DelayedAddress, answer: CommandAnswer) -> None:
    """Posts an answer that came later; the address takes a few of them."""
    try:
        command = await find_command(ctx, address.command_id)
        if command is None:
            raise errors.REFUSED(detail="the command is gone")
        user = await get_user(ctx, address.user_id)
        channel = await get_channel(ctx, address.channel_id)
        if channel.delete_at:
            raise CHANNEL_ARCHIVED()
        if not await store.count_use(ctx.db, address.id, MAX_USES):
            raise errors.REFUSED(detail="the address is used up")
        call = CommandCall(user, channel, command.team_id, "", root_id=address.root_id)
        await deliver(ctx, call, answer, Presentation(command.username, command.icon_url))
    except AppError as error:
        raise errors.REFUSED(detail=f"{error.id} {error.detail}") from None
