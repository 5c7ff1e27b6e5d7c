"""Texts are found by language and filled in."""

from mmfast.core.errors import CATALOGUE, ErrorKind
from mmfast.core.text import translate


def test_parameters_are_filled_in_and_missing_ones_stay():
    assert translate("en", "x", "Hello {name}, {other}.", {"name": "Ann"}) == "Hello Ann, {other}."


def test_a_language_without_the_text_falls_back_to_english():
    assert translate("xx", "no.such.id", "English", {}) == "English"


def test_a_locale_cannot_name_a_file_outside_the_folder():
    assert translate("../../etc/passwd", "x", "English", {}) == "English"


def test_braces_in_a_parameter_are_not_read_as_parameters():
    assert translate("en", "x", "{a}", {"a": "{b}", "b": "no"}) == "{b}"


def test_an_error_kind_makes_errors_with_its_id_and_status():
    kind = ErrorKind("test.kind.app_error", 418, "Nothing to see, {name}.")
    error = kind(name="Ann", detail="why")
    assert (error.id, error.status, error.params, error.detail) == ("test.kind.app_error", 418, {"name": "Ann"}, "why")
    del CATALOGUE["test.kind.app_error"]
