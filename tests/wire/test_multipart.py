"""multipart/form-data: whatever way the bytes are cut, the same parts come out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmfast.wire.multipart import MultipartError, MultipartParser, PartBegin, PartData, get_boundary

BOUNDARY = b"----edge"


def encode(parts: list[tuple[str, str | None, bytes]]) -> bytes:
    body = b""
    for name, filename, data in parts:
        file = f'; filename="{filename}"' if filename is not None else ""
        body += b'--%b\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n' % (
            BOUNDARY,
            name.encode(),
            file.encode(),
            data,
        )
    return body + b"--" + BOUNDARY + b"--\r\n"


def read(pieces: list[bytes], boundary: bytes = BOUNDARY) -> list[tuple[str, str | None, bytes]]:
    parser = MultipartParser(boundary)
    parts: list[tuple[str, str | None, bytes]] = []
    for piece in pieces:
        for event in parser.feed(piece):
            if isinstance(event, PartBegin):
                parts.append((event.name, event.filename, b""))
            elif isinstance(event, PartData):
                name, filename, data = parts[-1]
                parts[-1] = (name, filename, data + event.data)
    assert parser.finished
    return parts


NAMES = st.text(st.characters(codec="ascii", exclude_categories=["Cc"], exclude_characters='"\\/'), max_size=10)
DATA = st.one_of(
    st.binary(max_size=200),
    st.lists(st.sampled_from([b"\r\n", b"--", BOUNDARY, b"\r", b"\n", b"-", b" ", b"x"]), max_size=12).map(
        lambda bits: b"".join(bits).replace(b"\r\n--" + BOUNDARY, b"")
    ),
)


@given(st.lists(st.tuples(NAMES, st.none() | NAMES, DATA), max_size=4), st.lists(st.integers(0, 2000), max_size=20))
def test_parts_come_out_however_the_bytes_are_cut(parts, cuts):
    parts = [(n, f, d) for n, f, d in parts if not (b"\r\n" + d + b"\r\n").count(b"\r\n--" + BOUNDARY)]
    body = encode(parts)
    edges = sorted({0, len(body), *(cut for cut in cuts if cut < len(body))})
    assert read([body[a:b] for a, b in zip(edges, edges[1:], strict=False)]) == parts
    assert read([body[i : i + 1] for i in range(len(body))]) == parts


def test_a_preamble_is_passed_over_and_padding_after_a_boundary_allowed():
    body = b"preamble\r\n--b \t\r\nContent-Disposition: form-data; name=x\r\n\r\n1\r\n--b--epilogue"
    assert read([body], b"b") == [("x", None, b"1")]


def test_a_file_name_is_its_last_segment():
    body = b'--b\r\nContent-Disposition: form-data; name="f"; filename="..\\..\\a/b \\"c\\".txt"\r\n\r\n\r\n--b--'
    assert read([body], b"b")[0][:2] == ("f", 'b "c".txt')


@pytest.mark.parametrize(
    "body",
    [
        b"--b\r\nContent-Disposition: attachment\r\n\r\n",
        b"--b\r\nno colon\r\n\r\n",
        b"--b\r\n" + b"x" * 20000,
    ],
)
def test_a_broken_part_is_refused(body):
    with pytest.raises(MultipartError):
        MultipartParser(b"b").feed(body)


def test_too_many_parts_are_refused():
    with pytest.raises(MultipartError, match="too many"):
        MultipartParser(BOUNDARY, max_parts=2).feed(encode([("a", None, b"")] * 3))


def test_the_boundary_of_a_content_type():
    assert get_boundary('multipart/form-data; boundary="a b"') == b"a b"
    assert get_boundary("Multipart/Form-Data;charset=utf-8;boundary=xyz") == b"xyz"
    for bad in ("", "multipart/form-data", "text/plain; boundary=x", "multipart/form-data; boundary="):
        with pytest.raises(MultipartError):
            get_boundary(bad)
