"""Both HTTP/1.1 parsers against the RFC, against each other, and against every way of cutting the bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmfast.hot import read_head
from mmfast.wire import http1, http1_h11
from mmfast.wire.head import ProtocolError

PARSERS = [http1.Http1Parser, http1_h11.Http1Parser]
both = pytest.mark.parametrize("parser", PARSERS, ids=["httptools", "h11"])


def read(parser, pieces):
    """Every request that the pieces hold, as comparable tuples; the refusal, if one came, as the last."""
    out = []
    head = None
    body = b""
    for piece in pieces:
        parser.feed(piece)
        try:
            while True:
                if head is None:
                    head = parser.next_head()
                    if head is None:
                        break
                    body = b""
                part = parser.next_body()
                if part is None:
                    break
                body += part
                if not part:
                    fields = head.headers.pairs()
                    out.append((head.method, head.target, head.http_version, fields, head.keep_alive, body))
                    head = None
        except ProtocolError as error:
            return [*out, (error.status, error.reason)]
    return out


def cut(data: bytes, cuts: list[int]) -> list[bytes]:
    edges = sorted({0, len(data), *(c for c in cuts if c < len(data))})
    return [data[a:b] for a, b in zip(edges, edges[1:], strict=False)]


TOKEN = st.text("abcXYZ019-_", min_size=1, max_size=8)
VALUE = st.text("abc XYZ;=,/\"'()", max_size=20).map(str.strip)
RESERVED = {"host", "content-length", "transfer-encoding", "connection", "expect", "upgrade", "te"}
FIELDS = st.lists(st.tuples(TOKEN.filter(lambda n: n.lower() not in RESERVED), VALUE), max_size=5)


@st.composite
def requests(draw):
    method = draw(st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "FOO", "get", "OPTIONS"]))
    target = "/" + draw(st.text("ab/?=&.%20", max_size=10)).replace("%", "%41")
    version = draw(st.sampled_from(["1.1", "1.0"]))
    fields = [("Host", "x"), *draw(FIELDS)]
    if draw(st.booleans()):
        fields.append(("Connection", draw(st.sampled_from(["close", "keep-alive", "Keep-Alive, Foo"]))))
    body = draw(st.binary(max_size=50))
    kind = draw(st.sampled_from(["none", "length", "chunked"])) if version == "1.1" else "length"
    raw_body = b""
    if kind == "length":
        fields.append(("Content-Length", str(len(body))))
        raw_body = body
    elif kind == "chunked":
        fields.append(("Transfer-Encoding", "chunked"))
        size = draw(st.integers(1, 20))
        chunks = [body[i : i + size] for i in range(0, len(body), size)]
        raw_body = b"".join(b"%x;ext=1\r\n%b\r\n" % (len(c), c) for c in chunks) + b"0\r\nTrailer: x\r\n\r\n"
    head = f"{method} {target} HTTP/{version}\r\n" + "".join(f"{n}: {v}\r\n" for n, v in fields) + "\r\n"
    expected = body if kind != "none" else b""
    return head.encode() + raw_body, (method, target, version, [(n.lower(), v) for n, v in fields], expected)


@st.composite
def heads(draw):
    """A head that may be plain, with fields of all kinds."""
    method = draw(st.sampled_from(["GET", "POST", "HEAD", "OPTIONS", "TRACE"]))
    target = "/" + draw(st.text("ab/?=&%41~!$'()*+,;:@-_.#[]|", max_size=12))
    names = st.sampled_from(
        ["Accept", "x!#$%&'*+.^_`|~9", "Cookie", "Connection", "Proxy-Connection", "Keep-Alive", "Via"]
    )
    values = st.one_of(st.sampled_from(["keep-alive", "close", "a, b"]), st.text('ab ,:;="\t', min_size=1, max_size=8))
    lines = draw(st.lists(st.tuples(names, st.sampled_from([":", ": ", ":  "]), values), max_size=5))
    length = draw(st.sampled_from(["", "Content-Length: 0\r\n", "Content-Length: 007\r\n", "content-length:5\r\n"]))
    fields = "".join(f"{name}{colon}{value}\r\n" for name, colon, value in lines)
    return f"{method} {target} HTTP/1.1\r\nHost: h\r\n{fields}{length}\r\n".encode()


@given(st.lists(requests(), min_size=1, max_size=3), st.lists(st.integers(0, 1000), max_size=10))
def test_requests_come_out_however_the_bytes_are_cut(sent, cuts):
    data = b"".join(raw for raw, _ in sent)
    for make in PARSERS:
        whole = read(make(), [data])
        assert [(*request[:4], request[5]) for request in whole] == [expected for _, expected in sent]
        assert read(make(), cut(data, cuts)) == whole
    assert read(http1.Http1Parser(), [data]) == read(http1_h11.Http1Parser(), [data])
    assert read(http1.Http1Parser(), [bytes([byte]) for byte in data]) == whole


@given(st.binary(max_size=80))
def test_no_bytes_raise_anything_but_a_protocol_error(data):
    for make in PARSERS:
        read(make(), [data + b"\r\n\r\n"])


REFUSED = {
    b"hello there\r\n\r\n": (400, "Bad Request"),
    b"GET / HTTP/9.9\r\nHost: x\r\n\r\n": (505, "HTTP Version Not Supported: unsupported protocol version"),
    b"GET / HTTP/1.1\r\n\r\n": (400, "Bad Request: missing required Host header"),
    b"GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n": (400, "Bad Request"),
    b"GET foo HTTP/1.1\r\nHost: x\r\n\r\n": (400, "Bad Request"),
    b"GET / HTTP/1.1\r\nHost : x\r\n\r\n": (400, "Bad Request"),
    b"GET / HTTP/1.1\r\nHost: x\r\nA: b\x00c\r\n\r\n": (400, "Bad Request"),
    b"GET / HTTP/1.1\r\nHost: x\r\nA\r\n\r\n": (400, "Bad Request"),
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n": (400, "Bad Request"),
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n": (400, "Bad Request"),
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -2\r\n\r\n": (400, "Bad Request"),
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0x2\r\n\r\n": (400, "Bad Request"),
    b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n": (400, "Bad Request"),
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n": (
        501,
        "Not Implemented: unsupported transfer encoding",
    ),
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n": (400, "Bad Request"),
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n": (400, "Bad Request"),
}


@both
@pytest.mark.parametrize("data", REFUSED, ids=lambda data: data[:60].decode("latin-1"))
def test_a_broken_request_is_refused(parser, data):
    assert read(parser(), [data])[-1] == REFUSED[data]


@both
@pytest.mark.parametrize("end", [b"", b"\r\n\r\n"])
def test_a_head_over_the_limit_is_refused(parser, end):
    data = b"GET / HTTP/1.1\r\nHost: x\r\nBig: " + b"b" * 3000 + end
    assert read(parser(2000), [data]) == [(431, "Request Header Fields Too Large")]


@both
def test_a_head_ended_by_bare_line_feeds_is_refused_at_once(parser):
    if parser is http1.Http1Parser:
        assert read(parser(), [b"GET / HTTP/1.1\nHost: x\n\n"]) == [(400, "Bad Request")]
    else:
        assert read(parser(), [b"GET / HTTP/1.1\nHost: x\n\n"])[0][:2] == ("GET", "/")


@both
@pytest.mark.parametrize(
    ("target", "expected"),
    [("http://x/a?b", "/a?b"), ("http://x", "/"), ("http://x?q=/", "/?q=/"), ("*", "*"), ("/a?%zz", "/a?%zz")],
)
def test_the_forms_of_a_target(parser, target, expected):
    head = b"OPTIONS %b HTTP/1.1\r\nHost: x\r\n\r\n" % target.encode()
    assert read(parser(), [head])[0][1] == expected


@both
def test_empty_lines_before_a_request_are_passed_over(parser):
    assert read(parser(), [b"\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"])[0][0] == "GET"


@both
def test_what_follows_an_upgrade_is_kept_for_it(parser):
    sut = parser()
    sut.feed(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n\x81\x80")
    assert sut.next_head() is not None
    assert sut.take_rest() == b"\x81\x80"


@both
def test_expect_and_length_are_told(parser):
    sut = parser()
    sut.feed(b"PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\nContent-Length: 7\r\n\r\n")
    head = sut.next_head()
    assert (head.expects_continue, head.body_length, sut.next_body()) == (True, 7, None)


@given(heads())
def test_what_the_quick_reader_takes_means_the_same_to_the_parser_proper(raw):
    """Two ways to read one head must never disagree, or requests could be smuggled past one of them."""
    taken = read_head(raw, 1 << 20)
    if taken is None:
        return
    method, target, fields, length, size = taken
    assert size == len(raw)
    for parser in (http1.Http1Parser(), http1_h11.Http1Parser()):
        parser.feed(raw[:7])  # a head that comes in pieces is read by the parser proper
        assert parser.next_head() is None
        parser.feed(raw[7:])
        head = parser.next_head()
        assert (head.method, head.target, head.body_length, head.keep_alive) == (method, target, length, True)
        assert dict(head.headers.pairs()) == {name.decode(): value.decode() for name, value in fields.items()}
        assert not head.expects_continue
