"""The guarded client: no spelling of an internal address gets through, and nothing runs without limits."""

import ipaddress
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import httpcore2
import pytest
import trio

from mmfast.platform.config.model import Config
from mmfast.platform.outgoing import (
    CALLS_TO_ONE,
    AddressRefused,
    AllowList,
    AnswerTooLarge,
    Limits,
    OutgoingClient,
    OutgoingError,
    is_internal,
    web_address,
)

INTERNAL_HOSTS = [
    host
    for line in (
        "127.0.0.1 127.1 127.0.1 127.255.255.254 0.0.0.0 0 0.1.2.3 2130706433 0x7f000001 017700000001 0177.0.0.1",
        "0x7f.0.0.1 0x7f.1 127.0x0.1 3232235521 0xc0a80001 10.0.0.1 10.255.255.255 10.1 0xa000001 172.16.0.1",
        "172.31.255.255 192.168.0.1 192.168.1 192.168.255.255 169.254.169.254 2852039166 0xa9fea9fe 169.254.0.1",
        "100.64.0.1 100.127.255.255 192.0.0.1 192.0.2.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1",
        "239.255.255.255 240.0.0.1 255.255.255.255 localhost LOCALHOST localhost. [::1] [::] [0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1] [::ffff:169.254.169.254] [::127.0.0.1] [::7f00:1]",
        "[fe80::1] [febf::1] [fc00::1] [fd00:ec2::254] [fec0::1] [ff02::1] [2002:7f00:1::] [2002:a00:1::1]",
        "[2002:c0a8:1::] [64:ff9b::7f00:1] [64:ff9b::10.0.0.1] [64:ff9b:1::1] [2001::1] [2001:db8::1] [100::1]",
        "[::ffff:0:7f00:1] [::ffff:0:127.0.0.1] [2001:0:4136:e378:8000:63bf:3fff:fdd2] [2001:0:7f00:1::] [3fff::1]",
        "[2606:4700::5efe:7f00:1] [2606:4700::200:5efe:a00:1] [5f00::1] [fe80::1%25lo] [fe80::1%lo] [::1%251] [::1%1]",
        "[0000:0000:0000:0000:0000:0000:0000:0001] [::0.0.0.1] [0::1] [::FFFF:127.0.0.1] [64:ff9b::a9fe:a9fe]",
        "127.0.0.1. 127.0.0.1.. 10.0.0.1. 0177.1 0X7F.1 0x7F000001 00000000177.0.0.1 0x0000000007f.1 127.000.000.001",
        "%31%32%37.0.0.1 127%2e0%2e0%2e1 %6cocalhost localhost%00 127.0.0.1%00.example.com 192.0.2.9@127.0.0.1",
        "example.com:80@127.0.0.1 127.0.0.1%23.example.com 127.0.0.1%2f.example.com",
        "user:192.0.2.9@localhost a.localhost ip6-localhost ip6-loopback localhost.localdomain inside.example.com",
        "127\uff0e0\uff0e0\uff0e1 127\uff610\uff610\uff611 \u0661\u0662\u0667.0.0.1 l\u00adocalhost 127.0.0.1\u200b",
        "\uff4c\uff4f\uff43\uff41\uff4c\uff48\uff4f\uff53\uff54 \u2488\u2488",
        "\u00b9\u00b2\u2077.0.0.1 \U0001d7cf27.0.0.1",
        "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460 \uff11\uff12\uff17.\uff10.\uff10.\uff11 127\u30020\u30020\u30021",
    )
    for host in line.split()
]

OUTSIDE = [
    "1.1.1.1",
    "93.184.216.34",
    "172.32.0.1",
    "192.169.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "64:ff9b::101:101",
]


NAMES = {
    "localhost": ["127.0.0.1", "::1"],
    "inside.example.com": ["10.0.0.1"],
    "both.example.com": ["10.0.0.1", "93.184.216.34", "fd00::1"],
    "outside.example.com": ["93.184.216.34"],
}


class Names(trio.abc.HostnameResolver):
    """Stands in for DNS, so that no test asks the real one."""

    def __init__(self) -> None:
        self.lookups: list[str] = []
        self.known = {name: list(addresses) for name, addresses in NAMES.items()}

    async def getaddrinfo(self, host, port, family=0, type=0, proto=0, flags=0):
        name = host.decode() if isinstance(host, bytes) else host
        self.lookups.append(name)
        local = name.lower().rstrip(".").endswith(("localhost", "ip6-loopback", "localhost.localdomain"))
        addresses = self.known.get("localhost" if local else name)
        if not addresses:
            raise OSError(f"{name} is not known")
        return [
            (socket.AF_INET6 if ":" in a else socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in addresses
        ]

    async def getnameinfo(self, sockaddr, flags):
        raise OSError("nobody asks")


@pytest.fixture
async def names() -> Names:
    """The names that are known."""
    made = Names()
    trio.socket.set_custom_hostname_resolver(made)
    return made


def client(**settings: object) -> OutgoingClient:
    config = Config.from_dict({"ServiceSettings": settings})
    return OutgoingClient(lambda: config)


@asynccontextmanager
async def serving(answer: bytes, *, wait: bool = False) -> AsyncIterator[tuple[int, list[bytes]]]:
    """A server that gives every request the same bytes (or none); the port, and the heads of the requests it got."""
    heads: list[bytes] = []

    async def handle(stream: trio.SocketStream) -> None:
        async with stream:
            head = b""
            while b"\r\n\r\n" not in head:
                if not (piece := await stream.receive_some()):
                    return
                head += piece
            heads.append(head)
            if wait:
                await trio.sleep_forever()
            try:
                await stream.send_all(answer)
            except trio.BrokenResourceError:
                return

    async with trio.open_nursery() as nursery:
        listeners = await nursery.start(partial(trio.serve_tcp, handle, 0, host="127.0.0.1"))
        yield listeners[0].socket.getsockname()[1], heads
        nursery.cancel_scope.cancel()


def answer(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def test_there_are_many_spellings():
    assert len(INTERNAL_HOSTS) >= 60


@pytest.mark.parametrize("host", INTERNAL_HOSTS)
async def test_internal_addresses_are_not_reached_however_spelled(host, names):
    with pytest.raises(OutgoingError):
        await client().request("GET", f"http://{host}:1/")


LISTENING = [
    *("127.0.0.1", "2130706433", "localhost", "[::ffff:127.0.0.1]", "127.1", "0x7f.1", "0177.0.0.1", "0"),
    *("192.0.2.9@127.0.0.1", "\uff11\uff12\uff17.\uff10.\uff10.\uff11", "127\u30020\u30020\u30021"),
]
"""Of the spellings, those that lead to a server at this machine's own address if nobody stands in the way."""


@pytest.mark.parametrize("host", LISTENING)
async def test_a_listening_internal_server_is_refused_not_just_absent(host, names):
    async with serving(answer(b"inside")) as (port, heads):
        with pytest.raises(AddressRefused):
            await client().request("GET", f"http://{host}:{port}/")
        assert heads == []


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.9:80\\@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}\\@192.0.2.9:80/",
        "http://127.0.0.1:{port}#@192.0.2.9/",
        "http://127.0.0.1:{port}?@192.0.2.9/",
        "http:\\\\127.0.0.1:{port}/",
        "http:127.0.0.1:{port}/",
        "HTTP://127.0.0.1:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http:////127.0.0.1:{port}/",
        "\thttp://127.0.0.1:{port}/",
    ],
)
async def test_whole_addresses_are_read_as_they_are_reached(url, names):
    async with serving(answer(b"inside")) as (port, heads):
        with pytest.raises(OutgoingError):
            await client().request("GET", url.format(port=port), limits=Limits(seconds=2))
        assert heads == []


@pytest.mark.parametrize("address", OUTSIDE)
def test_outside_addresses_are_not_internal(address):
    assert not is_internal(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "//example.com/",
        "example.com",
        "http://",
        "",
        "http://a b/",
        "http://example.com:0/",
        "http://example.com:99999/",
        "http://exa\nmple.com/",
        "http://[::1/",
    ],
)
def test_other_addresses_are_refused(url):
    with pytest.raises(AddressRefused):
        web_address(url)


@pytest.mark.parametrize(
    ("allowed", "host", "address", "expected"),
    [
        ("127.0.0.1", "x", "127.0.0.1", True),
        ("127.0.0.1", "x", "127.0.0.2", False),
        ("10.0.0.0/8 hooks.example.com", "x", "10.9.8.7", True),
        ("10.0.0.0/8,hooks.example.com", "Hooks.Example.Com.", "192.168.0.1", True),
        ("hooks.example.com", "example.com", "192.168.0.1", False),
        ("fd00::/8", "x", "fd00::1", True),
        ("", "", "10.0.0.1", False),
    ],
)
def test_the_allow_list(allowed, host, address, expected):
    assert AllowList(allowed).allows(host, ipaddress.ip_address(address)) is expected


async def test_an_allowed_address_is_reached():
    async with serving(answer(b"hello", Colour="blue")) as (port, heads):
        got = await client(AllowedUntrustedInternalConnections="127.0.0.1").request(
            "POST", f"http://127.0.0.1:{port}/hook?x=1", headers={"X-Tag": "t"}, content=b"{}"
        )
    assert (got.status, got.body, got.headers["colour"]) == (200, b"hello", "blue")
    assert heads[0].startswith(b"POST /hook?x=1 HTTP/1.1\r\n")
    assert b"X-Tag: t" in heads[0]


async def test_trusted_requests_are_not_guarded():
    async with serving(answer(b"push")) as (port, _):
        assert (await client().request("GET", f"http://localhost:{port}/", trusted=True)).body == b"push"


async def test_a_redirect_inside_is_refused():
    async with serving(answer(b"secret")) as (inner, inner_heads):
        target = f"http://localhost:{inner}/"  # the name is not on the list, the first server's address is
        async with serving(answer(b"", "302 Found", Location=target)) as (port, _):
            with pytest.raises(AddressRefused):
                await client(AllowedUntrustedInternalConnections="ip4.local").request(
                    "GET", f"http://127.0.0.1:{port}/"
                )
            named = client(AllowedUntrustedInternalConnections="outer.test")
            named_pool = await named._pool(False)
            _resolve_as(named_pool, {"outer.test": "127.0.0.1"})
            with pytest.raises(AddressRefused):
                await named.request("GET", f"http://outer.test:{port}/")
        assert inner_heads == []


def _resolve_as(pool, names):
    """Makes the pool's backend resolve these names as told; others as usual."""
    backend = pool._network_backend
    usual = backend._resolve

    async def resolve(host, port):
        return [names[host]] if host in names else await usual(host, port)

    backend._resolve = resolve


class _Lines(httpcore2.AsyncNetworkBackend):
    """Notes where a connection was wanted to, and gives none."""

    def __init__(self) -> None:
        self.wanted: list[str] = []

    async def connect_tcp(self, host, port, *options):
        self.wanted.append(host)
        raise httpcore2.ConnectError("no line")


async def test_of_a_name_s_addresses_only_those_outside_are_tried(names):
    one = client()
    pool = await one._pool(False)
    pool._network_backend._plain = lines = _Lines()
    for name in ("outside.example.com", "both.example.com"):
        with pytest.raises(OutgoingError, match="no line"):
            await one.request("GET", f"http://{name}/")
    assert lines.wanted == ["93.184.216.34", "93.184.216.34"]
    with pytest.raises(AddressRefused):
        await one.request("GET", "https://inside.example.com/")
    assert len(lines.wanted) == 2


async def test_a_name_is_reached_where_it_was_checked(names):
    """A name server that gives another address to who asks again (DNS rebinding) leads nowhere."""
    names.known["turning.example.com"] = ["127.0.0.1"]

    async def turn(host, port, *options):
        found = await Names.getaddrinfo(names, host, port)
        names.known["turning.example.com"] = ["127.0.0.2"]
        return found

    names.getaddrinfo = turn
    async with serving(answer(b"first")) as (port, heads):
        one = client(AllowedUntrustedInternalConnections="127.0.0.1")
        got = await one.request("GET", f"http://turning.example.com:{port}/")
        assert (got.body, names.lookups, len(heads)) == (b"first", ["turning.example.com"], 1)
        with pytest.raises(AddressRefused):
            await one.request("GET", f"http://turning.example.com:{port}/")
        assert len(heads) == 1


@pytest.mark.parametrize(
    "target", ["http://inside.example.com/", "http://[::ffff:10.0.0.1]/", "//0x0a000001/", "ftp://x/"]
)
async def test_no_redirect_leads_inside(target, names):
    async with serving(answer(b"", "302 Found", Location=target)) as (port, _):
        with pytest.raises(AddressRefused):
            await client(AllowedUntrustedInternalConnections="127.0.0.1").request("GET", f"http://127.0.0.1:{port}/")


async def test_redirects_are_followed_and_counted():
    async with serving(answer(b"end")) as (last, heads):
        away = answer(b"", "303 See Other", Location=f"http://127.0.0.1:{last}/end")
        async with serving(away) as (first, _):
            got = await client(AllowedUntrustedInternalConnections="127.0.0.1").request(
                "POST", f"http://127.0.0.1:{first}/", headers={"Authorization": "Bearer x"}, content=b"{}"
            )
    assert (got.body, got.url) == (b"end", f"http://127.0.0.1:{last}/end")
    assert heads[0].startswith(b"GET /end ")
    assert b"authorization" not in heads[0].lower()
    async with serving(answer(b"", "302 Found", Location="/again")) as (port, heads):
        with pytest.raises(OutgoingError, match="redirects"):
            await client().request("GET", f"http://127.0.0.1:{port}/", trusted=True)
        assert len(heads) == 6


async def test_size_and_time_are_limited(autojump_clock):
    async with serving(answer(b"x" * 1000)) as (port, _):
        with pytest.raises(AnswerTooLarge):
            await client().request("GET", f"http://127.0.0.1:{port}/", limits=Limits(max_bytes=999), trusted=True)
    async with serving(b"", wait=True) as (port, _):
        with pytest.raises(OutgoingError, match="within 3 seconds"):
            await client().request("GET", f"http://127.0.0.1:{port}/", limits=Limits(seconds=3), trusted=True)


@pytest.mark.parametrize("raw", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"])
async def test_broken_answers_are_errors(raw):
    async with serving(raw) as (port, _):
        with pytest.raises(OutgoingError):
            await client().request("GET", f"http://127.0.0.1:{port}/", trusted=True)


async def test_a_host_that_hangs_takes_nobody_else_s_place():
    one = client(AllowedUntrustedInternalConnections="127.0.0.1")

    async def call(port):
        await one.request("GET", f"http://127.0.0.1:{port}/")

    async with serving(b"", wait=True) as (hanging, heads), serving(answer(b"here")) as (port, _):
        async with trio.open_nursery() as nursery:
            for _ in range(CALLS_TO_ONE * 3):
                nursery.start_soon(call, hanging)
            with trio.fail_after(20):
                while len(heads) < CALLS_TO_ONE:
                    await trio.lowlevel.checkpoint()
                assert (await one.request("GET", f"http://127.0.0.1:{port}/")).body == b"here"
            assert len(heads) == CALLS_TO_ONE
            nursery.cancel_scope.cancel()
        assert one._hosts == {}
