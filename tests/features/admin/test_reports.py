"""What the report of posts refuses before it says that there is none."""

from base64 import urlsafe_b64encode

CHANNEL, POST = "c" * 26, "p" * 26
GOOD = f"1:{CHANNEL}:create_at:false:true:asc:1635724800000:{POST}"


def cursor(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode()


async def test_a_report_of_posts_that_makes_no_sense(admin):
    reader = await admin.sign_up("ann")
    assert (await reader.post("/reports/posts", {"channel_id": CHANNEL})).status == 403
    for wanted, error in (
        ({}, "model.post.query_params.invalid_channel_id"),
        ({"time_field": "edit_at"}, "model.post.query_params.invalid_time_field"),
        ({"sort_direction": "up"}, "model.post.query_params.invalid_sort_direction"),
        ({"time_field": "update_at", "sort_direction": "desc"}, "app.post.get_posts_for_reporting.license_error"),
    ):
        body = {"channel_id": CHANNEL, **wanted} if wanted else {}
        assert (await admin.post("/reports/posts", body)).error == error


async def test_cursors_that_the_server_did_not_give_out(admin):
    for text, error in (
        ("1:2:3", "decode_cursor.invalid_format"),
        (GOOD.replace("1:", "x:", 1), "decode_cursor.invalid_version"),
        (GOOD.replace("1:", "2:", 1), "decode_cursor.unsupported_version"),
        (GOOD.replace("false", "maybe"), "decode_cursor.invalid_include_deleted"),
        (GOOD.replace("true", "maybe"), "decode_cursor.invalid_exclude_system_posts"),
        (GOOD.replace("1635724800000", "then"), "decode_cursor.invalid_timestamp"),
        (GOOD.replace(POST, "p"), "query_params.invalid_cursor_id"),
        (GOOD.replace(CHANNEL, "c"), "query_params.invalid_channel_id"),
    ):
        answer = await admin.post("/reports/posts", {"channel_id": CHANNEL, "cursor": cursor(text)})
        assert (answer.status, answer.error) == (400, "model.post." + error)
    known = await admin.post("/reports/posts", {"channel_id": CHANNEL, "cursor": cursor(GOOD)})
    assert known.error == "app.post.get_posts_for_reporting.license_error"
    broken = await admin.post("/reports/posts", {"cursor": "garbage"})
    assert broken.error == "model.post.decode_cursor.invalid_base64"
