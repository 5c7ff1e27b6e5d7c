"""Finding files: words, filters, and only where the searcher may look."""

import pytest

from mmfast.features.messages.search_terms.service import parse_search
from mmfast.features.messages.search_terms.store import day_start
from mmfast.features.messages.search_terms.types import Wanted
from tests.features.messages.uploading import upload


@pytest.fixture
async def library(room, secret):
    """Some posted files, and one that nobody has posted."""
    for channel, name, content in (
        (room, "quarter report.txt", b"income grew by elephants"),
        (room, "holiday-plan.md", b"sunny beaches"),
        (room, "report.csv", b"a,b"),
        (secret, "report secret.txt", b"hidden"),
    ):
        info = await upload(channel.ann, channel.id, name, content)
        await channel.say(channel.ann, "file", file_ids=[info["id"]])
    await upload(room.ann, room.id, "orphan report.txt")
    return room


async def names(by, team_id: str, terms: str, **more) -> list[str]:
    """The names of the files found."""
    found = await by.post(f"/teams/{team_id}/files/search", {"terms": terms, **more})
    assert found.status == 200, found.body
    return [found.json()["file_infos"][i]["name"] for i in found.json()["order"]]


async def test_what_is_found(library):
    team = library.crew.team["id"]
    for terms, expected in (
        ("report", ["report.csv", "quarter report.txt"]),
        ("REPORTS quarter", ["quarter report.txt"]),
        ('"quarter report"', ["quarter report.txt"]),
        ('"report quarter"', []),
        ("rep*", ["report.csv", "quarter report.txt"]),
        ("elephants", ["quarter report.txt"]),
        ("report -quarter", ["report.csv"]),
        ("-report", []),
        ("holiday-plan", ["holiday-plan.md"]),
        ("plan", ["holiday-plan.md"]),
        ("ext:md", ["holiday-plan.md"]),
        ("report -ext:csv", ["quarter report.txt"]),
        ("from:ann ext:.csv", ["report.csv"]),
        ("from:@ben", []),
        ("in:room report", ["report.csv", "quarter report.txt"]),
        ("in:secret", []),
        ("report before:2001-01-01", []),
        ("report after: 2001-01-01", ["report.csv", "quarter report.txt"]),
        ("report on:nonsense", []),
        ("it's ' \\ '' :* & | ! ( ) <-> rep'ort*", []),
        ("*", []),
        ("|", []),
        ("x" * 3000 + "*", []),
        ("csv|beaches", ["report.csv", "holiday-plan.md"]),
        ('"', []),
    ):
        assert await names(library.ben, team, terms) == expected, terms
    assert await names(library.ben, team, "quarter holiday", is_or_search=True) == [
        "holiday-plan.md",
        "quarter report.txt",
    ]
    assert await names(library.ben, team, "report", page=1) == []


async def test_only_one_s_own_channels_are_searched(library, nobody):
    team = library.crew.team["id"]
    assert await names(library.ann, team, "secret") == ["report secret.txt"]
    assert await names(library.ben, team, "secret") == []
    assert await names(library.cid, team, "report") == []
    assert await names(library.admin, team, "report") == []
    assert (await library.dan.post(f"/teams/{team}/files/search", {"terms": "report"})).status == 403
    assert (await nobody.post("/files/search", {"terms": "report"})).status == 401
    everywhere = await library.ann.post("/files/search", {"terms": "secret"})
    assert len(everywhere.json()["order"]) == 1


async def test_files_of_deleted_posts_and_archived_channels_are_not_found(library):
    team = library.crew.team["id"]
    await library.ann.delete(f"/channels/{library.id}")
    assert await names(library.ben, team, "report") == []
    assert len(await names(library.ben, team, "report", include_deleted_channels=True)) == 2


async def test_searches_that_are_refused(library):
    for body, error in (
        ({}, "api.context.invalid_body_param.app_error"),
        ({"terms": ""}, "api.context.invalid_body_param.app_error"),
        ({"terms": 7}, "api.post.search_files.invalid_body.app_error"),
    ):
        refused = await library.ben.post("/files/search", body)
        assert (refused.status, refused.error) == (400, error)
    await library.admin.put("/config/patch", {"ServiceSettings": {"EnableFileSearch": False}})
    refused = await library.ben.post("/files/search", {"terms": "report"})
    assert (refused.status, refused.error) == (501, "store.sql_file_info.search.disabled")


def test_the_text_is_read_into_words_and_filters():
    words, filters = 'one "two  three" -four -"five six" (seven)', "FROM:@Ann in: ~room -in:other ext:.PDF on:2020-1-2"
    search = parse_search(f"{words} {filters}")
    assert search.wanted.words == ["one", "two three", "seven"]
    assert search.excluded.words == ["four", "five six"]
    assert (search.wanted.people, search.wanted.channels, search.excluded.channels) == (["ann"], ["room"], ["other"])
    assert (search.wanted.extensions, search.wanted.on) == (["pdf"], "2020-1-2")
    assert parse_search(" ' - * from:").wanted == Wanted()
    assert parse_search("-in:room").excluded.filters


def test_days_begin_by_the_searcher_s_clock():
    assert day_start("1970-1-2", 3600) == 86_400_000 - 3_600_000
    assert [day_start(text, 0) for text in ("2020-13-45", "yesterday", "02-01-2020")] == [None, None, None]
