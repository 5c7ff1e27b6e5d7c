"""Has dialogs opened, and sends to their integrations what users fill in and look for."""

import msgspec
from msgspec.structs import replace

from mmfast.api.context import Context
from mmfast.api.decoding import BodyError, read_body
from mmfast.features.integrations.dialogs import errors
from mmfast.features.integrations.dialogs.events import OpenDialog
from mmfast.features.integrations.dialogs.types import (
    LOOKUP,
    SUBMISSION,
    DialogRequest,
    LookupAnswer,
    Submission,
    SubmissionAnswer,
    SubmissionRequest,
)
from mmfast.features.integrations.integration_calls.service import ask_for_action
from mmfast.features.integrations.trigger_ids.service import read_trigger_id


async def open_dialog(ctx: Context, wanted: DialogRequest) -> None:
    """Has the dialog opened for the user whose doing the trigger id stands for."""
    trigger_id, user_id = await read_trigger_id(ctx, wanted.trigger_id)
    shown = msgspec.json.encode(replace(wanted, trigger_id=trigger_id))
    ctx.announce(OpenDialog(dialog=shown).to(user_id=user_id))


def _request(ctx: Context, kind: str, given: Submission) -> SubmissionRequest:
    return SubmissionRequest(
        type=kind,
        callback_id=given.callback_id,
        state=given.state,
        user_id=ctx.user_id,
        channel_id=given.channel_id,
        team_id=given.team_id,
        submission=given.submission,
        cancelled=given.cancelled,
    )


async def submit(ctx: Context, given: Submission) -> SubmissionAnswer:
    """What the integration finds wrong with a form; nothing in it is well."""
    body = await ask_for_action(ctx, given.url, _request(ctx, SUBMISSION, given))
    try:
        answer: SubmissionAnswer = read_body(body, SubmissionAnswer) if body.strip() else SubmissionAnswer()
    except BodyError as error:
        raise errors.SUBMISSION_UNREADABLE(detail=str(error)) from None
    return answer


async def look_up(ctx: Context, given: Submission) -> LookupAnswer:
    """The options that the integration finds."""
    body = await ask_for_action(ctx, given.url, _request(ctx, LOOKUP, given))
    try:
        answer: LookupAnswer = read_body(body, LookupAnswer) if body.strip() else LookupAnswer()
    except BodyError as error:
        raise errors.LOOKUP_UNREADABLE(detail=str(error)) from None
    return answer
