"""The typed configuration and the reference's, held against each other both ways."""

import json
import os
from pathlib import Path

import pytest

from mmfast.platform.config.access import areas_of, is_write_restricted
from mmfast.platform.config.model import SECTIONS, Config, fields_of
from mmfast.platform.config.validation import RULES

pytestmark = pytest.mark.reference

NO_LONGER_WRITTEN = {
    ("ElasticsearchSettings", "BulkIndexingTimeWindowSeconds"),
    ("ClusterSettings", "EnableExperimentalGossipEncryption"),
}
"""Old settings that a file may hold and that have no default."""

OTHER_DEFAULTS = {
    ("SqlSettings", "DataSource"): "empty asks for the embedded PostgreSQL",
    ("SqlSettings", "AtRestEncryptKey"): "made at the first start",
    ("FileSettings", "PublicLinkSalt"): "made at the first start",
}

WITHOUT_ACCESS_ROWS = {"ContentFlaggingSettings"}

TYPES = {"*bool": bool, "*string": str, "string": str, "*int": int, "*int64": int}


def _folder() -> Path:
    return Path(os.environ["MMFAST_REFERENCE"]) / "reference"


@pytest.fixture(scope="module")
def defaults() -> dict[str, dict]:
    return json.loads((_folder() / "default-config.json").read_text())


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    lines = (_folder() / "config-fields.tsv").read_text().splitlines()[1:]
    return [line.split("\t") for line in lines]


def test_every_setting_is_declared_and_none_invented(defaults, rows):
    reference = {(section, name) for section, fields in defaults.items() for name in fields}
    reference |= {(section, name) for section, name, *_ in rows}
    ours = {(section, name) for section, cls in SECTIONS.items() for name in fields_of(cls)}
    assert ours == reference


def test_every_default_is_the_reference_s(defaults):
    ours = Config().to_dict()
    differing = {
        (section, name)
        for section, fields in defaults.items()
        for name, value in fields.items()
        if ours[section][name] != value
    }
    assert differing == OTHER_DEFAULTS.keys()
    absent = {(s, n) for s, cls in SECTIONS.items() for n in fields_of(cls) if n not in ours[s]}
    assert absent == NO_LONGER_WRITTEN


def test_every_type_is_the_reference_s(rows):
    wrong = [
        f"{section}.{name}: {kind}"
        for section, name, kind, _ in rows
        if kind in TYPES and (section, name) not in NO_LONGER_WRITTEN
        if fields_of(SECTIONS[section])[name].type is not TYPES[kind]
    ]
    assert wrong == []


def test_every_area_and_restriction_is_the_reference_s(rows):
    wrong = []
    for section, name, _, access in rows:
        words = [word for word in access.split(",") if word]
        areas = [word for word in words if not word.endswith("_restrictable")]
        if sorted(areas_of(section, name)) != sorted(areas):
            wrong.append(f"{section}.{name}: {areas_of(section, name)} for {areas}")
        if is_write_restricted(section, name) != ("write_restrictable" in words):
            wrong.append(f"{section}.{name}: restriction")
    assert wrong == []
    assert SECTIONS.keys() - {section for section, *_ in rows} == WITHOUT_ACCESS_ROWS


def test_rules_have_the_reference_s_ids():
    known = set((_folder() / "error-and-text-ids.txt").read_text().split())
    assert [rule.id for rule in RULES if rule.id not in known] == []


def test_the_reference_s_own_file_is_taken_and_kept(defaults):
    assert Config.from_dict(defaults).to_dict() == defaults
