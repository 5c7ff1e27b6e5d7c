"""The pictures of the standard emojis."""

from mmfast.core.emoji_pictures import find_picture
from mmfast.core.system_emojis import NAMES


def test_every_standard_emoji_has_a_picture():
    assert [name for name in NAMES if find_picture(name) is None] == []


def test_other_names_have_none():
    assert find_picture("no_such_emoji") is None
    assert find_picture("no_such_emoji_dark_skin_tone") is None


def test_a_skin_tone_follows_the_first_code_point():
    assert find_picture("thumbsup") == find_picture("+1") == "1f44d"
    assert find_picture("thumbsup_medium_light_skin_tone") == "1f44d-1f3fc"
    assert find_picture("point_up_dark_skin_tone") == "261d-1f3ff"
