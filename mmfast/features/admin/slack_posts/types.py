"""What it takes to turn messages into posts, and what is noted meanwhile."""

from collections import Counter

from msgspec import Struct, field

from mmfast.features.admin.import_archives.types import Archive
from mmfast.features.admin.slack_text.service import Names


class Scene(Struct):
    """What is the same for all conversations of an import."""

    archive: Archive
    names: Names
    importer: str
    """Who posts for programs."""
    max_post: int
    """Characters of a post, at the most."""


class Notes(Struct):
    """What the report tells of messages."""

    posts: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    """What was left out, and how often."""
    missing_files: int = 0
    """Files that the export does not have; their addresses stand in the messages."""
    by_importer: int = 0
    """Messages of programs, and of people who are not in the export."""
    uploads: dict[str, str] = field(default_factory=dict)
    """The files that posts have, by their paths in the new archive: where they are in the old one."""
