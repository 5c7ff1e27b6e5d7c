"""What clients send: read as leniently as recorded, refused where it is no request."""

import msgspec
import pytest

from mmfast.realtime.requests import MalformedRequest, parse_request


def test_requests_are_read_leniently():
    assert parse_request('{"action":"a","seq":1} more').action == "a"
    assert parse_request("null").action == ""
    assert parse_request(msgspec.msgpack.encode({"action": "b", "seq": 2})).seq == 2


@pytest.mark.parametrize("frame", ["", "[]", "5", '{"seq":"1"}', '{"seq":1.5}', "[" * 5000, b"", b"\xc1"])
def test_broken_requests_are_refused(frame):
    with pytest.raises(MalformedRequest):
        parse_request(frame)
