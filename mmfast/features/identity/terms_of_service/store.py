"""SQL of the tables termsofservice and usertermsofservice."""

from typing import TYPE_CHECKING

from mmfast.features.identity.terms_of_service.types import AcceptedTerms, TermsOfService

if TYPE_CHECKING:
    from mmfast.db.executor import Executor


async def find_latest(db: "Executor") -> TermsOfService | None:
    """The terms in force."""
    row = await db.fetchrow("SELECT id, createat, userid, text FROM termsofservice ORDER BY createat DESC LIMIT 1")
    return None if row is None else TermsOfService(*row)


async def find_terms(db: "Executor", terms_id: str) -> TermsOfService | None:
    """The terms of an id."""
    row = await db.fetchrow("SELECT id, createat, userid, text FROM termsofservice WHERE id = $1", terms_id)
    return None if row is None else TermsOfService(*row)


async def insert_terms(db: "Executor", terms: TermsOfService) -> None:
    """Writes new terms."""
    await db.execute(
        "INSERT INTO termsofservice (id, createat, userid, text) VALUES ($1, $2, $3, $4)",
        terms.id,
        terms.create_at,
        terms.user_id,
        terms.text,
    )


async def save_acceptance(db: "Executor", accepted: AcceptedTerms) -> None:
    """Writes which terms a user accepted last."""
    await db.execute(
        """INSERT INTO usertermsofservice (userid, termsofserviceid, createat) VALUES ($1, $2, $3)
           ON CONFLICT (userid) DO UPDATE SET termsofserviceid = $2, createat = $3""",
        accepted.user_id,
        accepted.terms_of_service_id,
        accepted.create_at,
    )


async def delete_acceptance(db: "Executor", user_id: str, terms_id: str) -> None:
    """Forgets that a user accepted these terms."""
    await db.execute("DELETE FROM usertermsofservice WHERE userid = $1 AND termsofserviceid = $2", user_id, terms_id)
