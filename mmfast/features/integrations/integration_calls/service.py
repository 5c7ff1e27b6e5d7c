"""Asks integrations under the configured time limit."""

from typing import Final

import msgspec

from mmfast.api.context import Context
from mmfast.features.integrations.integration_calls.errors import NOT_ANSWERED
from mmfast.features.integrations.outgoing_calls.service import FORM, JSON, MAX_ANSWER_BYTES, USER_AGENT
from mmfast.platform.outgoing import Answer, Limits, OutgoingError

PLUGIN_PATH: Final = "/plugins/"
"""How the addresses of plugins on this server begin. There are none, so nobody is asked."""


async def ask(
    ctx: Context,
    method: str,
    url: str,
    *,
    form: str = "",
    document: object = None,
    token: str = "",
    keep: bool = True,
) -> Answer:
    """What the integration answers, whatever its status; OutgoingError where it cannot be reached.

    Without `keep`, the connection is not left open for the next call.
    """
    headers = {"Accept": JSON, "User-Agent": USER_AGENT}
    if not keep:
        headers["Connection"] = "close"
    content = b""
    if document is not None:
        headers["Content-Type"], content = JSON, msgspec.json.encode(document)
    elif form:
        headers["Content-Type"], content = FORM, form.encode()
    if token:
        headers["Authorization"] = "Token " + token
    limits = Limits(ctx.config.ServiceSettings.OutgoingIntegrationRequestsTimeout, MAX_ANSWER_BYTES)
    return await ctx.app.outgoing.request(method, url, headers=headers, content=content, limits=limits)


async def ask_for_action(ctx: Context, url: str, document: object) -> bytes:
    """The body of the integration's answer to a document; an error for the user where it does not answer well."""
    if url.startswith(PLUGIN_PATH):
        return b""
    try:
        answer = await ask(ctx, "POST", url, document=document, keep=False)  # presses are rare, hosts many
    except OutgoingError as error:
        raise NOT_ANSWERED(detail=str(error)) from None
    if answer.status != 200:
        raise NOT_ANSWERED(detail=f"status {answer.status}")
    return answer.body
