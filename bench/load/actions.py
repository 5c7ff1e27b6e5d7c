"""What each action asks of the server, in the order in which the apps ask it. Names are those of `model.WEIGHTS`."""

import time
from collections.abc import Callable

from bench.load.model import REPLY_SHARE
from bench.load.person import Person

PAGE = 30
"""Posts that the apps ask for at a time."""

ACTIONS: dict[str, Callable[[Person], None]] = {}


def action(function: Callable[[Person], None]) -> Callable[[Person], None]:
    """Enters an action under its name."""
    ACTIONS[function.__name__] = function
    return function


def now_ms() -> int:
    """The clock, as the API tells time."""
    return int(time.time() * 1000)


def log_in(me: Person) -> bool:
    """Signs in and opens the WebSocket; false where the server refused."""
    answer = me.ask("POST", "/users/login", {"login_id": me.account.username, "password": me.account.password})
    if not answer:
        return False
    me.user_id = answer["id"]
    me.socket.open(me.token)
    return True


@action
def reload(me: Person) -> None:
    """What an app asks for when it starts."""
    for path in ("/config/client?format=old", "/license/client?format=old", "/users/me", "/users/me/preferences"):
        me.ask("GET", path)
    me.ask("POST", "/roles/names", ["system_user", "team_user", "channel_user"])
    me.ask("GET", "/users/me/teams")
    me.ask("GET", "/users/me/teams/members")
    me.ask("GET", "/users/me/teams/unread?include_collapsed_threads=true")
    channels = me.ask("GET", "/users/me/teams/{team_id}/channels") or []
    me.channels = [channel["id"] for channel in channels if channel["type"] in "OP"]
    me.directs = [channel["id"] for channel in channels if channel["type"] in "DG"]
    me.ask("GET", "/users/me/teams/{team_id}/channels/members")
    me.ask("GET", "/users/me/teams/{team_id}/channels/categories")
    me.ask("GET", "/users/me/teams/{team_id}/drafts")
    view_all_threads(me)
    open_channel(me)


def _open(me: Person, channel_id: str) -> None:
    viewed = {"channel_id": channel_id, "prev_channel_id": me.channel_id, "collapsed_threads_supported": True}
    me.channel_id = channel_id
    limits = f"limit_before={PAGE}&limit_after={PAGE}&collapsedThreads=true"
    me.see(me.ask("GET", "/users/me/channels/{channel_id}/posts/unread?" + limits, channel_id=channel_id))
    me.ask("GET", "/channels/{channel_id}/stats", channel_id=channel_id)
    me.ask("POST", "/channels/members/me/view", viewed)


@action
def open_channel(me: Person) -> None:
    if me.channels:
        _open(me, me.chance.choice(me.channels))


@action
def open_direct_or_group_channel(me: Person) -> None:
    if me.directs:
        _open(me, me.chance.choice(me.directs))


@action
def scroll_channel(me: Person) -> None:
    seen = me.posts.get(me.channel_id)
    if seen:
        path = f"/channels/{{channel_id}}/posts?per_page={PAGE}&collapsedThreads=true&before={seen[0]}"
        me.see(me.ask("GET", path, channel_id=me.channel_id))


@action
def check_unreads(me: Person) -> None:
    me.ask("GET", "/users/me/teams/unread?include_collapsed_threads=true")
    if me.channel_id:
        me.ask("GET", "/users/me/channels/{channel_id}/unread", channel_id=me.channel_id)


@action
def create_post(me: Person) -> None:
    if not me.channel_id:
        return
    root = me.some_post() if me.chance.random() < REPLY_SHARE else ""
    me.socket.send("user_typing", {"channel_id": me.channel_id, "parent_id": root})
    post = {
        "channel_id": me.channel_id,
        "root_id": root,
        "message": me.text(),
        "pending_post_id": f"{me.user_id}:{now_ms()}",
    }
    if made := me.ask("POST", "/posts", post):
        me.remember(made)
        me.own_posts.append(made["id"])


@action
def edit_post(me: Person) -> None:
    if me.own_posts:
        me.ask("PUT", "/posts/{post_id}/patch", {"message": me.text()}, post_id=me.own_posts[-1])


@action
def delete_post(me: Person) -> None:
    if not me.own_posts:
        return
    gone = me.own_posts.pop()
    for seen in me.posts.values():
        if gone in seen:
            seen.remove(gone)
    me.ask("DELETE", "/posts/{post_id}", post_id=gone)


@action
def add_reaction(me: Person) -> None:
    if post_id := me.some_post():
        emoji = me.chance.choice(["+1", "smile", "heart", "tada", "eyes"])
        me.ask("POST", "/reactions", {"user_id": me.user_id, "post_id": post_id, "emoji_name": emoji})


@action
def follow_permalink(me: Person) -> None:
    post_id = me.some_post()
    if not post_id:
        return
    me.ask("GET", "/posts/{post_id}", post_id=post_id)
    for side in ("before", "after"):
        path = f"/channels/{{channel_id}}/posts?per_page={PAGE}&{side}={post_id}"
        me.see(me.ask("GET", path, channel_id=me.channel_id))


@action
def set_post_reminder(me: Person) -> None:
    if post_id := me.some_post():
        wish = {"target_time": now_ms() // 1000 + 3600}
        me.ask("POST", "/users/{user_id}/posts/{post_id}/reminder", wish, post_id=post_id)


@action
def view_all_threads(me: Person) -> None:
    listed = me.ask("GET", "/users/me/teams/{team_id}/threads?extended=true&per_page=25") or {}
    me.threads = [thread["id"] for thread in listed.get("threads") or []]
    me.ask("GET", "/users/me/teams/{team_id}/threads?totalsOnly=true")


@action
def open_thread(me: Person) -> None:
    if post_id := me.some_thread() or me.some_post():
        page = "?skipFetchThreads=false&perPage=60&direction=up"
        me.ask("GET", "/posts/{post_id}/thread" + page, post_id=post_id)


@action
def mark_thread_read(me: Person) -> None:
    if thread_id := me.some_thread():
        path = "/users/{user_id}/teams/{team_id}/threads/{thread_id}/read/{timestamp}"
        me.ask("PUT", path, thread_id=thread_id, timestamp=now_ms())


@action
def follow_thread(me: Person) -> None:
    if thread_id := me.some_thread():
        me.ask("PUT", "/users/{user_id}/teams/{team_id}/threads/{thread_id}/following", thread_id=thread_id)


@action
def unfollow_thread(me: Person) -> None:
    if thread_id := me.some_thread():
        me.threads.remove(thread_id)
        me.ask("DELETE", "/users/{user_id}/teams/{team_id}/threads/{thread_id}/following", thread_id=thread_id)


@action
def save_draft(me: Person) -> None:
    if me.channel_id:
        me.ask("POST", "/drafts", {"user_id": me.user_id, "channel_id": me.channel_id, "message": me.text()})


@action
def delete_draft(me: Person) -> None:
    if me.channel_id:
        me.ask("DELETE", "/users/{user_id}/channels/{channel_id}/drafts", channel_id=me.channel_id)


@action
def read_drafts(me: Person) -> None:
    me.ask("GET", "/users/me/teams/{team_id}/drafts")


@action
def search_users(me: Person) -> None:
    me.ask("POST", "/users/search", {"term": "load", "team_id": me.account.team_id, "limit": 25})


@action
def search_posts(me: Person) -> None:
    me.ask("POST", "/teams/{team_id}/posts/search", {"terms": me.word(), "is_or_search": False, "per_page": 20})


@action
def search_posts_in_all_teams(me: Person) -> None:
    me.ask("POST", "/posts/search", {"terms": me.word(), "is_or_search": False, "per_page": 20})


@action
def search_channels(me: Person) -> None:
    me.ask("POST", "/teams/{team_id}/channels/search", {"term": me.chance.choice(["room", "town", "off"])})


@action
def search_group_channels(me: Person) -> None:
    me.ask("POST", "/channels/group/search", {"term": me.account.username[:-1]})


@action
def open_profile(me: Person) -> None:
    if not me.known_users:
        return
    other = me.chance.choice(sorted(me.known_users))
    me.ask("GET", "/users/{user_id}", user_id=other)
    me.ask("GET", "/users/{user_id}/status", user_id=other)


@action
def create_direct_channel(me: Person) -> None:
    if me.known_users:
        made = me.ask("POST", "/channels/direct", [me.user_id, me.chance.choice(sorted(me.known_users))])
        _keep_direct(me, made)


@action
def create_group_channel(me: Person) -> None:
    if len(me.known_users) > 1:
        made = me.ask("POST", "/channels/group", [me.user_id, *me.chance.sample(sorted(me.known_users), 2)])
        _keep_direct(me, made)


def _keep_direct(me: Person, made: dict | None) -> None:
    if made and made["id"] not in me.directs:
        me.directs.append(made["id"])


@action
def join_channel(me: Person) -> None:
    listed = me.ask("GET", "/teams/{team_id}/channels?page=0&per_page=50") or []
    others = [channel["id"] for channel in listed if channel["id"] not in me.channels]
    if others:
        channel_id = me.chance.choice(others)
        if me.ask("POST", "/channels/{channel_id}/members", {"user_id": me.user_id}, channel_id=channel_id):
            me.channels.append(channel_id)


@action
def change_sidebar_category(me: Person) -> None:
    listed = me.ask("GET", "/users/me/teams/{team_id}/channels/categories") or {}
    for category in listed.get("categories") or []:
        if category["type"] == "channels":
            changed = {**category, "collapsed": not category.get("collapsed")}
            path = "/users/me/teams/{team_id}/channels/categories/{category_id}"
            me.ask("PUT", path, changed, category_id=category["id"])


@action
def set_custom_status(me: Person) -> None:
    me.ask("PUT", "/users/{user_id}/status/custom", {"emoji": "coffee", "text": me.word()})


@action
def remove_custom_status(me: Person) -> None:
    me.ask("DELETE", "/users/{user_id}/status/custom")


@action
def reconnect_websocket(me: Person) -> None:
    me.socket.reopen()


@action
def log_out_and_in(me: Person) -> None:
    me.socket.close()
    me.ask("POST", "/users/logout")
    me.token = ""
    if log_in(me):
        reload(me)


def poll(me: Person) -> None:
    """What an app does by itself, once a minute."""
    me.ask("POST", "/users/status/ids", [me.user_id, *sorted(me.known_users)][:100])
    now = now_ms()
    report = {
        "version": "0.1.0",
        "client_id": me.user_id,
        "labels": {"platform": "linux", "agent": "chrome"},
        "start": now - 60_000,
        "end": now,
        "counters": [{"metric": "long_tasks", "value": 1}],
        "histograms": [{"metric": "channel_switch", "value": 0.2, "timestamp": now - 1000}],
    }
    me.ask("POST", "/client_perf", report)
