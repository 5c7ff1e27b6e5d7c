"""Asks the integrations behind buttons and menus, and does as they answer."""

from msgspec import UNSET

from mmfast.api.context import Context
from mmfast.api.decoding import BodyError, read_body
from mmfast.features.identity.users.service import get_user
from mmfast.features.integrations.integration_calls.errors import NOT_ANSWERED
from mmfast.features.integrations.integration_calls.service import ask_for_action
from mmfast.features.integrations.message_actions.errors import NO_ACTION
from mmfast.features.integrations.message_actions.types import (
    SELECT,
    ActionAnswer,
    ActionRequest,
    Cookie,
    PostUpdate,
    Target,
)
from mmfast.features.integrations.slack_markup.service import to_markdown
from mmfast.features.integrations.trigger_ids.service import create_trigger_id
from mmfast.features.messages.attachments.service import PROP, read_attachments, speaker_props
from mmfast.features.messages.ephemeral.service import new_ephemeral_post, send_ephemeral_post
from mmfast.features.messages.post_edits.service import replace_content
from mmfast.features.messages.posts.service import get_post
from mmfast.features.messages.posts.types import Post
from mmfast.features.spaces.channels.service import get_channel
from mmfast.features.spaces.teams.service import find_team


def of_post(post: Post, action_id: str) -> Target:
    """The action of a stored post."""
    props = post.read_props()
    for attachment in read_attachments(props.get(PROP)):
        for action in attachment.actions or ():
            integration = action.integration
            if action.id != action_id or integration is UNSET:
                continue
            return Target(
                url=integration.url or "",
                context=integration.context or {},
                type=action.type,
                data_source=action.data_source,
                post_id=post.id,
                root_id=post.root_id or post.id,
                channel_id=post.channel_id,
                kept_props=speaker_props(props),
            )
    raise NO_ACTION()


def of_cookie(cookie: Cookie) -> Target:
    """The action of a post that is not stored."""
    return Target(
        url=cookie.integration.url,
        context=cookie.integration.context,
        type=cookie.type,
        data_source=cookie.data_source,
        post_id=cookie.post_id,
        root_id=cookie.root_post_id or cookie.post_id,
        channel_id=cookie.channel_id,
        kept_props=cookie.kept_props,
    )


async def press(ctx: Context, target: Target, option: str) -> str:
    """Asks the integration, with what was chosen from a menu, and does as it answers. Gives the trigger id."""
    user = await get_user(ctx, ctx.user_id)
    channel = await get_channel(ctx, target.channel_id)
    team = await find_team(ctx, channel.team_id) if channel.team_id else None
    trigger_id = await create_trigger_id(ctx, user.id)
    context = dict(target.context)
    if target.type == SELECT and option:
        context["selected_option"] = option
    asked = ActionRequest(
        user_id=user.id,
        user_name=user.username,
        channel_id=channel.id,
        channel_name=channel.name,
        team_id=channel.team_id,
        team_domain=team.name if team is not None else "",
        post_id=target.post_id,
        trigger_id=trigger_id.signed,
        type=target.type,
        data_source=target.data_source,
        context=context or UNSET,
    )
    body = await ask_for_action(ctx, target.url, asked)
    try:
        answer: ActionAnswer = read_body(body, ActionAnswer) if body.strip() else ActionAnswer()
    except BodyError as error:
        raise NOT_ANSWERED(detail=str(error)) from None
    if answer.update is not None:
        await _update(ctx, target, answer.update)
    if answer.ephemeral_text:
        await _tell(ctx, target, answer)
    return trigger_id.id


async def _update(ctx: Context, target: Target, update: PostUpdate) -> None:
    """Changes the message; who speaks in it stays."""
    post = await get_post(ctx, target.post_id)
    props = None if update.props is None else update.props | target.kept_props
    await replace_content(ctx, post, update.message, props)


async def _tell(ctx: Context, target: Target, answer: ActionAnswer) -> None:
    """Shows the user a text, in the thread of the message."""
    text = answer.ephemeral_text
    if not answer.skip_slack_parsing:
        (text,) = await to_markdown(ctx, text)
    post = new_ephemeral_post(
        target.channel_id, text, author_id=ctx.user_id, root_id=target.root_id, props=target.kept_props
    )
    await send_ephemeral_post(ctx, ctx.user_id, post)
