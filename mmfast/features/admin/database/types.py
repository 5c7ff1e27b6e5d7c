"""What administrators ask about the database."""

from msgspec import Struct


class Migration(Struct):
    """One step of the schema's history."""

    version: int
    name: str


class Relation(Struct, frozen=True):
    """That a column of one table holds the ids of another's rows; empty stands for none."""

    parent_name: str
    child_name: str
    parent_id_attr: str
    child_id_attr: str = "Id"
    """The column that tells the child's rows apart."""


class Orphan(Struct):
    """A row whose parent there is not."""

    parent_id: str
    child_id: str | None


class RelationCheck(Struct):
    """A relation, and the rows that break it."""

    parent_name: str
    child_name: str
    parent_id_attr: str
    child_id_attr: str
    records: list[Orphan]


class IntegrityResult(Struct):
    """What was found about one relation, or why nothing could be."""

    data: RelationCheck
    err: str | None = None
