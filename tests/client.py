"""A client for tests: requests go straight into the dispatcher, as the listener would hand them over."""

import json as jsonlib
from dataclasses import dataclass, field
from typing import Any

import trio

from mmfast.api.dispatch import Dispatcher
from mmfast.wire.request import Headers, Request
from mmfast.wire.response import Response

PASSWORD = "Passwd-123456"


class Body:
    """A request's body, given in one piece."""

    def __init__(self, data: bytes) -> None:
        self._pieces = [data] if data else []

    async def receive(self) -> bytes:
        return self._pieces.pop() if self._pieces else b""


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes
    pairs: list[tuple[str, str]] = field(default_factory=list)
    """Every header, repeated ones too."""

    def all(self, name: str) -> list[str]:
        """The values of a header that may be there several times."""
        return [value for key, value in self.pairs if key.lower() == name]

    def json(self) -> Any:
        return jsonlib.loads(self.body)

    @property
    def error(self) -> str:
        """The error id, or the empty string."""
        return self.json().get("id", "") if self.status >= 400 and self.body[:1] == b"{" else ""


class Client:
    """One caller; `token` and `user` are set by `login`."""

    def __init__(self, dispatcher: Dispatcher, token: str = "") -> None:
        self.dispatcher = dispatcher
        self.token = token
        self.user: dict[str, Any] = {}

    async def call(
        self, method: str, path: str, json: Any = None, *, data: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        """One request below /api/v4 (or at an absolute path that begins with "//")."""
        target = path[1:] if path.startswith("//") else "/api/v4" + path
        fields = {"host": "test", **(headers or {})}
        if self.token and "authorization" not in fields:
            fields["authorization"] = "Bearer " + self.token
        body = jsonlib.dumps(json).encode() if json is not None else data
        fields["content-length"] = str(len(body))
        request = Request(
            method,
            target,
            Headers([(k.encode(), v.encode()) for k, v in fields.items()]),
            peer="127.0.0.1",
            source=Body(body),
        )
        response = await self.dispatcher(request)
        headers = {k.lower(): v for k, v in response.headers}
        return Answer(response.status, headers, await _read(response), list(response.headers))

    async def get(self, path: str, **options: Any) -> Answer:
        return await self.call("GET", path, **options)

    async def post(self, path: str, json: Any = None, **options: Any) -> Answer:
        return await self.call("POST", path, json, **options)

    async def put(self, path: str, json: Any = None, **options: Any) -> Answer:
        return await self.call("PUT", path, json, **options)

    async def delete(self, path: str, **options: Any) -> Answer:
        return await self.call("DELETE", path, **options)

    async def sign_up(self, name: str, **fields: Any) -> "Client":
        """A new account by this caller (nobody: the first becomes the administrator), and its signed-in client."""
        made = await self.post(
            "/users", {"email": f"{name}@example.com", "username": name, "password": PASSWORD, **fields}
        )
        assert made.status == 201, made.body
        other = Client(self.dispatcher)
        await other.login(name)
        return other

    async def login(self, name: str, password: str = PASSWORD) -> Answer:
        answer = await self.post("/users/login", {"login_id": name, "password": password})
        if answer.status == 200:
            self.token, self.user = answer.headers["token"], answer.json()
        return answer


async def _read(response: Response) -> bytes:
    if isinstance(response.body, bytes):
        return response.body
    if hasattr(response.body, "path"):
        whole = await trio.Path(response.body.path).read_bytes()
        return whole[response.body.offset : response.body.offset + response.body.length]
    return b"".join([piece async for piece in response.body])
