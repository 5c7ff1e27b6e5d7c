"""Forms read as they stream, however they are cut into pieces."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmfast.api.form_stream import MAX_VALUE_BYTES, FormStream
from mmfast.api.forms import FormError
from mmfast.wire.request import Headers, Request

BODY = (
    b'--b\r\nContent-Disposition: form-data; name="channel"\r\n\r\nroom\r\n'
    b'--b\r\nContent-Disposition: form-data; name="skipped"; filename="a"\r\n\r\n' + b"\r\n--c" * 9 + b"\r\n"
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="b"\r\n\r\n\x00\r\n-\r\n--\xff\r\n--b--\r\nafter'
)


class Pieces:
    """A body in given pieces."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = [piece for piece in pieces if piece][::-1]

    async def receive(self) -> bytes:
        return self._pieces.pop() if self._pieces else b""


def stream(*pieces: bytes) -> FormStream:
    """A form that arrives in pieces."""
    headers = Headers([(b"content-type", b"multipart/form-data; boundary=b")])
    return FormStream(Request("POST", "/", headers, source=Pieces(list(pieces))))


@given(cuts=st.lists(st.integers(0, len(BODY)), max_size=12))
@settings(deadline=None)
async def test_any_cut_gives_the_same_parts(cuts):
    at = [0, *sorted(cuts), len(BODY)]
    form = stream(*(BODY[a:b] for a, b in zip(at, at[1:], strict=False)))
    first = await form.next_part()
    assert (first.name, first.filename, await form.value()) == ("channel", None, "room")
    assert (await form.next_part()).name == "skipped"
    last = await form.next_part()  # the content of the one before is passed over
    assert last.filename == "b"
    assert b"".join([piece async for piece in form.content()]) == b"\x00\r\n-\r\n--\xff"
    assert await form.next_part() is None


async def test_a_form_that_ends_early_is_an_error():
    form = stream(BODY[: BODY.index(b"room") + 2])
    await form.next_part()
    with pytest.raises(FormError):
        await form.value()


async def test_a_field_is_no_place_for_files():
    form = stream(b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"x" * (MAX_VALUE_BYTES + 1))
    await form.next_part()
    with pytest.raises(FormError):
        await form.value()
