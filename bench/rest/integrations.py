"""What the operations of bots, build servers and administrators need: webhooks, a command, a button, an app.

All that the server calls out to is one receiver, a bare listener in a process of its own, which always answers
`{"status":"OK"}`: nothing to post, nothing to change. Its CPU is not counted.
"""

from urllib.parse import parse_qs, urlencode, urlsplit

from bench.rest.world import World

TRIGGER = "build"
CALLBACK = "https://app.example/callback"


def connect(world: World) -> None:
    """Makes the integrations of the smallest channel."""
    receiver = f"http://127.0.0.1:{world.receiver_port}/"
    channel_id = world.channels[10]
    hook = {"channel_id": channel_id, "display_name": "Builds"}
    world.webhook_id = world.call("POST", "/hooks/incoming", hook)["id"]
    place = {"team_id": world.team_id, "channel_id": channel_id}
    outgoing = {**place, "display_name": "Calls", "trigger_words": [TRIGGER], "callback_urls": [receiver]}
    world.call("POST", "/hooks/outgoing", outgoing)
    command = {"team_id": world.team_id, "trigger": "deploy", "method": "P", "url": receiver}
    world.call("POST", "/commands", command)
    button = {"id": "go", "name": "Go", "type": "button", "integration": {"url": receiver, "context": {"step": 1}}}
    props = {"attachments": [{"text": "Deploy?", "actions": [button]}]}
    post = world.call("POST", "/posts", {"channel_id": channel_id, "message": "a question", "props": props})
    world.asking_id = post["id"]
    app = {"name": "App", "homepage": "https://app.example", "callback_urls": [CALLBACK], "is_trusted": True}
    world.oauth_app = world.call("POST", "/oauth/apps", app)


def execute(line: str):
    """A case's requests: a line typed into the smallest channel."""
    return lambda w: [
        w.request("POST", "/commands/execute", {"channel_id": w.channels[10], "team_id": w.team_id, "command": line})
    ]


def trigger(world: World) -> list[str]:
    """A post that an outgoing webhook waits for."""
    text = f"{TRIGGER} " + "words of a common length " * 4
    return [world.request("POST", "/posts", {"channel_id": world.channels[10], "message": text})]


def token_requests(world: World, count: int) -> list[str]:
    """So many trades of a code for a token, each of a consent given just now: a code works once."""
    wish = {"response_type": "code", "client_id": world.oauth_app["id"], "redirect_uri": CALLBACK, "state": "s"}
    form = {
        "grant_type": "authorization_code",
        "client_id": world.oauth_app["id"],
        "client_secret": world.oauth_app["client_secret"],
        "redirect_uri": CALLBACK,
    }
    out = []
    for _ in range(count):
        redirect = world.call("POST", "//oauth/authorize", wish)["redirect"]
        (code,) = parse_qs(urlsplit(redirect).query)["code"]
        body = urlencode(form | {"code": code})
        out.append(world.request("POST", "//oauth/access_token", body, "application/x-www-form-urlencoded"))
    return out
