"""Slack's markup as Markdown."""

import pytest

from mmfast.features.admin.slack_text.service import Names, to_markdown

NAMES = Names(people={"U1": "ann", "U2": "ben_b"}, channels={"C1": "general"})


@pytest.mark.parametrize(
    ("slack", "markdown"),
    [
        ("plain", "plain"),
        ("hello <@U1>", "hello @ann"),
        ("hello <@U9|carl> and <@U8>", "hello @carl and @U8"),
        ("see <#C1|random> and <#C9|other>", "see ~general and ~other"),
        ("<!here> <!channel> <!everyone>", "@here @channel @all"),
        ("<!subteam^S1|@admins> <!date^1392734382^{date}|18 Feb>", "@admins 18 Feb"),
        ("<https://example.com>", "https://example.com"),
        ("<https://example.com/a|the site>", "[the site](https://example.com/a)"),
        ("<mailto:a@example.com|a@example.com>", "a@example.com"),
        ("*bold* and _slanted_ and ~gone~", "**bold** and _slanted_ and ~~gone~~"),
        ("2 * 3 * 4 and a*b*c", "2 * 3 * 4 and a*b*c"),
        ("*<@U2>* said", "**@ben_b** said"),
        ("<https://example.com/*a*|x>", "[x](https://example.com/*a*)"),
        ("`*code*` and ```*more*\n~x~```", "`*code*` and ```*more*\n~x~```"),
        ("a &lt;b&gt; &amp;amp;", "a <b> &amp;"),
    ],
)
def test_markup_becomes_markdown(slack, markdown):
    assert to_markdown(slack, NAMES) == markdown
