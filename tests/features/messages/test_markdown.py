"""What is read out of messages: code, links, hashtags."""

from mmfast.features.messages.hashtags.service import find_hashtags
from mmfast.features.messages.markdown.service import find_links, without_code


def test_hashtags_begin_with_a_letter_and_stand_alone():
    assert find_hashtags("(#one), **#two** ##three #a #1b not#four #été #dash-ed.") == "#one #two #three #été #dash-ed"
    assert find_hashtags("#" + "x" * 1001) == ""
    assert find_hashtags("#ab " + "#" + "x" * 1000) == "#ab"


def test_code_is_not_read():
    text = "a `b` ``c ` d`` e\n```\nf\n```\ng\n\n    h\ni"
    assert without_code(text).split() == ["a", "e", "g", "i"]


def test_links():
    links = find_links("see http://a/x. ![p](http://b/p.png) [t](http://c/) `http://d/` (http://e/f_(g))")
    assert (links.bare, links.pictures, links.named) == (
        ["http://a/x", "http://e/f_(g)"],
        ["http://b/p.png"],
        ["http://c/"],
    )


def test_no_text_is_expensive():
    """Takes milliseconds; where the cost grew with the square of the length it would take minutes."""
    dull = ("![](" * 4000 + "://", "[a](<" * 3200 + "://", "http://" + ")" * 16000, "#" + "-" * 16000 + "a")
    for text in dull:
        find_links(text)
        find_hashtags(text)
