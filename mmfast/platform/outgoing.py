"""The one HTTP client for requests that users' input can steer: webhooks, link previews, commands, pictures.

It resolves a name itself, refuses addresses of the internal network, and connects to the very address it checked, on
every redirect anew, so that neither a spelling nor a change of DNS in between leads inside. The administrator opens
exceptions by `AllowedUntrustedInternalConnections` (names, addresses, networks). Time, size and redirects are bounded.
Requests to addresses that the administrator configured go through the same client with `trusted=True`.

Not here: what is asked and what the answer means.
"""

import ipaddress
import re
import ssl
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin, urlsplit

import httpcore2
import httpx2
import trio

from mmfast.platform.config.model import Config

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

MAX_REDIRECTS: Final = 5
"""Enough for http to https to the canonical name and on; more is a loop."""

_MAX_CONNECTIONS: Final = 400
"""Of a worker, which also has to hold its clients' in the usual limit of open files."""
CALLS_TO_ONE: Final = 50
"""At once to one host that users name: one that hangs must not take the connections of all others."""
_KEEP_ALIVE_SECONDS: Final = 15.0
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_OF_ONE_HOST: Final = frozenset({"authorization", "cookie", "proxy-authorization"})

# What `is_global` of the standard library lets pass (differently by Python release) though it leads inside or nowhere.
_ALSO_INTERNAL: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",  # "this network": Linux takes 0.0.0.0 as the machine itself
        "100.64.0.0/10",  # carrier-grade NAT, also used inside clouds
        "192.0.0.0/24",
        "192.88.99.0/24",  # the way into 6to4
        "198.18.0.0/15",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",  # Teredo and other tunnels
        "3fff::/20",  # documentation (RFC 9637)
    )
)
_GLOBAL_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
"""All that IANA has given out for the Internet: compatible, translated and local addresses are outside of it."""
_ISATAP: Final = frozenset({0x00005EFE, 0x02005EFE})
"""Bits 64 to 95 of an address that carries an IPv4 one through a tunnel inside a site (RFC 5214)."""
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


class OutgoingError(Exception):
    """The request gave no usable answer; the text says why."""


class AddressRefused(OutgoingError):
    """The address is internal and not among the administrator's exceptions, or not one for this client at all."""


class AnswerTooLarge(OutgoingError):
    """The answer exceeds what the caller takes."""


class Answer(NamedTuple):
    """What came back. Header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes
    url: str
    """Where the answer came from, after redirects."""


class Limits(NamedTuple):
    """What a request may cost."""

    seconds: float = 30.0
    """For the whole of it, redirects included."""
    max_bytes: int = 50 * 1024 * 1024
    """The largest answer that is taken."""
    redirects: int = MAX_REDIRECTS
    """How many are followed; with 0 the first redirect is itself the answer."""


USUAL_LIMITS: Final = Limits()


class AllowList:
    """The administrator's exceptions: names, addresses and networks, separated by blanks or commas."""

    def __init__(self, text: str) -> None:
        self._names: set[str] = set()
        self._networks: list[IPNetwork] = []
        for entry in re.split(r"[\s,]+", text.strip()):
            try:
                self._networks.append(ipaddress.ip_network(entry.strip("[]"), strict=False))
            except ValueError:
                self._names.add(entry.lower().rstrip("."))
        self._names.discard("")

    def allows(self, host: str, address: IPAddress) -> bool:
        """Whether the address, reached by this name, is one of the exceptions."""
        if host.lower().rstrip(".") in self._names:
            return True
        return any(address.version == network.version and address in network for network in self._networks)


def is_internal(address: IPAddress) -> bool:
    """Whether the address belongs to this machine, to a private network or to no network at all."""
    address = unwrap(address)
    if not address.is_global or address.is_multicast:
        return True
    if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL_UNICAST:
        return True
    return any(address.version == network.version and address in network for network in _ALSO_INTERNAL)


def unwrap(address: IPAddress) -> IPAddress:
    """The IPv4 address that an IPv6 one carries (mapped, 6to4, ISATAP, NAT64), otherwise the address itself."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address.sixtofour is not None:
            return address.sixtofour
        if address in _NAT64 or (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Connects to what a name stands for, if that is outside or allowed."""

    def __init__(self, allowed: AllowList) -> None:
        self._allowed = allowed
        self._plain = httpcore2.TrioBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  the library's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        error: httpcore2.ConnectError | httpcore2.ConnectTimeout | None = None
        for address in await self._resolve(host, port):
            try:
                return await self._plain.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as failure:
                error = failure
        assert error is not None
        raise error

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        raise AddressRefused("local sockets are internal")

    async def sleep(self, seconds: float) -> None:
        await trio.sleep(seconds)

    async def _resolve(self, host: str, port: int) -> list[str]:
        """The addresses to try; AddressRefused if none of them may be reached."""
        try:
            found = await trio.socket.getaddrinfo(host, port, type=trio.socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"{host} cannot be resolved: {error}") from None
        addresses = [str(entry[4][0]) for entry in found]
        permitted = [address for address in addresses if self._permits(host, address)]
        if not permitted:
            raise AddressRefused(f"{host} is an internal address")
        return permitted

    def _permits(self, host: str, text: str) -> bool:
        address = ipaddress.ip_address(text.partition("%")[0])
        return not is_internal(address) or self._allowed.allows(host, unwrap(address))


class OutgoingClient:
    """Makes requests under the configuration in force at their time."""

    def __init__(self, get_config: Callable[[], Config]) -> None:
        self._get_config = get_config
        self._pools: dict[bool, tuple[object, httpcore2.AsyncConnectionPool]] = {}
        self._hosts: dict[str, _Host] = {}

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: dict[str, str] | None = None,
        content: bytes = b"",
        limits: Limits = USUAL_LIMITS,
        trusted: bool = False,
    ) -> Answer:
        """The answer to the request, after redirects; OutgoingError if there is none within the limits."""
        sent: dict[bytes | str, bytes | str] = {"Accept-Encoding": "identity", "User-Agent": "mmfast"}
        sent.update(headers or {})
        try:
            with trio.fail_after(limits.seconds):
                return await self._follow(_Request(method, url, sent, content), limits, trusted)
        except trio.TooSlowError:
            raise OutgoingError(f"no answer within {limits.seconds:g} seconds") from None

    async def aclose(self) -> None:
        """Closes the connections that are kept."""
        pools, self._pools = self._pools, {}
        for _, pool in pools.values():
            await pool.aclose()

    async def _follow(self, request: "_Request", limits: Limits, trusted: bool) -> Answer:
        for _ in range(limits.redirects + 1):
            answer = await self._exchange(request, limits, trusted)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or target is None or not limits.redirects:
                return answer
            request = request.redirected(answer.status, urljoin(request.url, target))
        raise OutgoingError(f"more than {limits.redirects} redirects")

    async def _exchange(self, request: "_Request", limits: Limits, trusted: bool) -> Answer:
        url = web_address(request.url)
        pool = await self._pool(trusted)
        try:
            async with (
                self._place(url, trusted),
                pool.stream(
                    request.method,
                    url,
                    headers=request.headers,
                    content=request.content or None,
                    extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), limits.seconds)},
                ) as response,
            ):
                headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                body = await _read(response, limits.max_bytes)
        except _FAILURES as error:
            raise OutgoingError(str(error) or type(error).__name__) from error
        return Answer(response.status, headers, body, url)

    @asynccontextmanager
    async def _place(self, url: str, trusted: bool) -> AsyncIterator[None]:
        """Waits until the host may be called once more."""
        if trusted:
            yield
            return
        name = urlsplit(url).netloc.rpartition("@")[2]
        host = self._hosts.setdefault(name, _Host())
        host.callers += 1
        try:
            async with host.places:
                yield
        finally:
            host.callers -= 1
            if not host.callers:
                self._hosts.pop(name, None)

    async def _pool(self, trusted: bool) -> httpcore2.AsyncConnectionPool:
        """The pool for the settings in force; a change of them closes the connections made under the old ones."""
        settings = self._get_config().ServiceSettings
        insecure, allowed = settings.EnableInsecureOutgoingConnections, settings.AllowedUntrustedInternalConnections
        made_for = (insecure, "" if trusted else allowed)
        known = self._pools.get(trusted)
        if known is not None and known[0] == made_for:
            return known[1]
        pool = httpcore2.AsyncConnectionPool(
            ssl_context=_tls(insecure),
            max_connections=_MAX_CONNECTIONS,
            keepalive_expiry=_KEEP_ALIVE_SECONDS,
            network_backend=httpcore2.TrioBackend() if trusted else GuardedBackend(AllowList(allowed)),
        )
        self._pools[trusted] = (made_for, pool)
        if known is not None:
            await known[1].aclose()
        return pool


class _Host:
    """The calls of one host under way and waiting."""

    __slots__ = ("callers", "places")

    def __init__(self) -> None:
        self.callers = 0
        self.places = trio.Semaphore(CALLS_TO_ONE)


class _Request(NamedTuple):
    method: str
    url: str
    headers: dict[bytes | str, bytes | str]
    content: bytes

    def redirected(self, status: int, url: str) -> "_Request":
        """The request that a redirect asks for (RFC 9110, 15.4); credentials do not go to another host."""
        method, content, headers = self.method, self.content, dict(self.headers)
        if status == 303 or (status in (301, 302) and method == "POST"):
            method, content = ("HEAD" if method == "HEAD" else "GET"), b""
            headers = {name: value for name, value in headers.items() if not str(name).lower().startswith("content-")}
        if urlsplit(url).netloc != urlsplit(self.url).netloc:
            headers = {name: value for name, value in headers.items() if str(name).lower() not in _OF_ONE_HOST}
        return _Request(method, url, headers, content)


_FAILURES: Final = (
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.TimeoutException,
    httpcore2.UnsupportedProtocol,
    ssl.SSLError,
    ValueError,
)


def web_address(url: str) -> str:
    """The http or https address in ASCII, as it goes over the wire; AddressRefused for anything else."""
    if any(ord(character) <= 32 or character in "\x7f\\" for character in url):  # browsers read \ as /, others do not
        raise AddressRefused("the address holds blanks, control characters or backslashes")
    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError) as error:
        raise AddressRefused(f"the address cannot be read: {error}") from None
    port = 80 if parsed.port is None else parsed.port
    if parsed.scheme not in ("http", "https") or not parsed.host or not 0 < port < 65536:
        raise AddressRefused("only http and https addresses can be reached")
    return str(parsed.copy_with(fragment=None))


async def _read(response: httpcore2.Response, max_bytes: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    async for piece in response.aiter_stream():
        size += len(piece)
        if size > max_bytes:
            raise AnswerTooLarge(f"the answer is larger than {max_bytes} bytes")
        pieces.append(piece)
    return b"".join(pieces)


def _tls(insecure: bool) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
