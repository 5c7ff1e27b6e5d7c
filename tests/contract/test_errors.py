"""The errors and texts that we declare, held against the reference's ids."""

import os
from pathlib import Path

import pytest

from mmfast.api.router import load_operations
from mmfast.core import errors, text

pytestmark = pytest.mark.reference

OURS = {
    "api.database_unavailable.app_error": "the reference answers a lost database with whatever failed first",
    "api.internal.app_error": "a fault of ours, which has no id of its own",
    "api.latest_version.unknown.app_error": "we do not ask elsewhere which release is the latest",
    "api.rate_limit.exceeded.app_error": "the reference answers who asks too often without an id",
    "<untranslated>": "recorded so: the reference forgot the text",
}
"""Ids of errors that the reference does not have, with the reason. This list only shrinks."""

OUR_TEXTS = {"app.post_reminder_confirm": "the reference writes this text with several ids"}
"""Ids of texts that the reference does not have, with the reason. This list only shrinks."""


OUR_MAILS = "mail."
"""Mails are in words and parts of our own, under ids of our own."""


@pytest.fixture(scope="module")
def known() -> set[str]:
    load_operations()
    file = Path(os.environ["MMFAST_REFERENCE"]) / "reference" / "error-and-text-ids.txt"
    return set(file.read_text().split())


def test_every_error_has_the_reference_s_id(known):
    assert {id for id in errors.CATALOGUE if id not in known} == OURS.keys()


def test_every_text_has_the_reference_s_id(known):
    unknown = {id for id in text.TEXTS if id not in known}
    assert {id for id in unknown if not id.startswith(OUR_MAILS)} == OUR_TEXTS.keys()


def test_every_error_says_something_and_has_a_status_of_an_error(known):
    wrong = [kind for kind in errors.CATALOGUE.values() if not kind.text.strip() or not 400 <= kind.status < 600]
    assert wrong == []
