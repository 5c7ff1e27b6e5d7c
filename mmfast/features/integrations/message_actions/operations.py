"""The operation that presses a button or chooses from a menu."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.integrations.message_actions import service
from mmfast.features.integrations.message_actions.guards import may_press, read_choice
from mmfast.features.integrations.message_actions.types import Cookie, Pressed
from mmfast.features.messages.posts.types import Post


@operation("DoPostAction", "POST /posts/{post_id}/actions/{action_id}", guard=may_press, unchecked=("action_id",))
async def press(ctx: Context, post_id: str, action_id: str, body: bytes, loaded: Post | Cookie) -> Pressed:
    """Asks the action's integration and does as it answers."""
    target = service.of_cookie(loaded) if isinstance(loaded, Cookie) else service.of_post(loaded, action_id)
    return Pressed("OK", await service.press(ctx, target, read_choice(body, "selected_option")))
