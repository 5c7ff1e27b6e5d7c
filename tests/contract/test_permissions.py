"""The catalogue of permissions and the reference's, held against each other both ways."""

import os
from pathlib import Path

import pytest

from mmfast.features.identity.roles import catalogue

pytestmark = pytest.mark.reference


@pytest.fixture(scope="module")
def reference() -> dict[str, str]:
    """The scope of each permission."""
    file = Path(os.environ["MMFAST_REFERENCE"]) / "reference" / "permissions.tsv"
    rows = [line.split("\t") for line in file.read_text().splitlines()[1:]]
    return {row[0]: row[1] for row in rows}


def test_every_permission_is_known_in_its_scope(reference):
    assert reference == catalogue.SCOPES


def test_every_permission_has_a_bit_of_its_own(reference):
    assert catalogue.BITS.keys() == reference.keys()
    assert len(set(catalogue.BITS.values())) == len(reference)
    assert all(bit.bit_count() == 1 for bit in catalogue.BITS.values())


def test_what_permissions_bring_with_them_exists(reference):
    brought = {name for names in catalogue.ANCILLARY.values() for name in names.split()}
    assert brought | catalogue.ANCILLARY.keys() <= reference.keys()
