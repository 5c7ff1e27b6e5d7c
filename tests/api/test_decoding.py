"""JSON bodies are read as laxly as the reference reads them."""

import msgspec
import pytest

from mmfast.api.decoding import BodyError, read_body, read_json


class Inner(msgspec.Struct):
    name: str = ""


class Outer(msgspec.Struct):
    user_id: str = ""
    count: int = 0
    inner: Inner | None = None
    items: list[Inner] = []
    props: dict[str, str] = {}


def test_keys_match_in_any_case_also_below():
    assert read_body(b'{"USER_ID": "a", "Inner": {"NAME": "b"}}', Outer) == Outer(user_id="a", inner=Inner("b"))


def test_null_is_absent():
    assert read_body(b'{"user_id": null, "count": null, "items": null}', Outer) == Outer()
    assert read_body(b"null", Outer) == Outer()
    assert read_body(b"null", list[str]) == []
    assert read_body(b'{"props": {"a": null}}', Outer) == Outer(props={"a": ""})


def test_only_the_first_value_counts():
    assert read_body(b'{"user_id": "a"} {"user_id": "b"}', Outer).user_id == "a"


def test_bytes_that_are_no_utf8_and_lone_surrogates_are_replaced():
    assert read_json(b'"a\xff"') == "a\ufffd"
    assert read_json(b'"\\ud800x"') == "\ufffdx"
    assert read_json(b'"\\ud83d\\ude00"') == "\U0001f600"


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"nul", b'{"count": "1"}', b"[]", b'"text"', b"NaN", b"[" * 100_000, b'{"a":' * 100_000, b"\x00"],
)
def test_broken_or_mistyped_bodies_are_refused(raw):
    with pytest.raises(BodyError):
        read_body(raw, Outer)


def test_lists_of_texts_are_read_as_laxly_as_anything_else():
    assert read_body(b'["a", "b"]', list[str]) == ["a", "b"]
    assert read_body(b'["a", null] trailing', list[str]) == ["a", ""]
    assert read_body(b'["a\xff", "\\ud800"]', list[str]) == ["a\ufffd", "\ufffd"]
    for raw in (b'["a", 1]', b'{"a": "b"}', b"", b"[" * 100_000):
        with pytest.raises(BodyError):
            read_body(raw, list[str])
