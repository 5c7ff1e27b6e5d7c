"""Slack's markup turned into Markdown."""

import pytest

from mmfast.api.context import Context
from mmfast.features.integrations.slack_markup.service import AttachmentError, read_attachments, to_markdown


@pytest.mark.parametrize(
    ("slack", "markdown"),
    [
        ("plain <b> & &lt;", "plain <b> & &lt;"),
        ("<!channel> <!here> <!all> <!everyone>", "@channel @here @all @all"),
        ("<!here|here>", "@here"),
        ("<http://x/a?b=c|see (this)>", "[see (this)](http://x/a?b=c)"),
        ("<http://x> <mailto:a@x|write>", "<http://x> [write](mailto:a@x)"),
        ("<@" + "z" * 26 + ">", "<@" + "z" * 26 + ">"),
        ("a < b | c > d", "a < b | c > d"),
    ],
)
async def test_texts(app, slack, markdown):
    assert await to_markdown(Context.background(app), slack) == [markdown]


async def test_users_are_called_by_their_names(app, admin):
    assert await to_markdown(Context.background(app), f"<@{admin.user['id']}>!") == ["@sysadmin!"]


async def test_attachments(app):
    given = [
        None,
        {
            "text": "<http://x|t>",
            "title": "<http://x|stays>",
            "fields": [{"title": "n", "value": 42, "short": "true"}, {"value": None}, {"value": "<!here>"}],
        },
    ]
    [attachment] = await read_attachments(Context.background(app), given)
    assert (attachment.text, attachment.title) == ("[t](http://x)", "<http://x|stays>")
    assert [(field.value, field.short) for field in attachment.fields] == [
        ("42", True),
        (None, False),
        ("@here", False),
    ]


@pytest.mark.parametrize("item", [5, "text", [], {"text": 5}, {"fields": [{"short": "maybe"}]}, {"fields": [5]}])
async def test_what_is_no_attachment(app, item):
    with pytest.raises(AttachmentError):
        await read_attachments(Context.background(app), [item])
