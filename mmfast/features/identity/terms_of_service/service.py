"""Writes terms of service and keeps who accepted them."""

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.features.identity.terms_of_service import errors, store
from mmfast.features.identity.terms_of_service.types import AcceptedTerms, TermsOfService
from mmfast.features.identity.users import service as users


async def get_latest(ctx: Context) -> TermsOfService:
    """The terms in force."""
    terms = await store.find_latest(ctx.db)
    if terms is None:
        raise errors.NO_TERMS()
    return terms


async def create_terms(ctx: Context, text: str) -> TermsOfService:
    """Puts a new text in force. The text in force already is no new version: nobody need accept it again."""
    if not text:
        raise errors.EMPTY()
    latest = await store.find_latest(ctx.db)
    if latest is not None and latest.text == text:
        return latest
    terms = TermsOfService(new_id(), now_ms(), ctx.user_id, text)
    await store.insert_terms(ctx.db, terms)
    return terms


async def decide(ctx: Context, terms_id: str, accepted: bool) -> None:
    """Keeps that the caller accepts or declines the terms."""
    if await store.find_terms(ctx.db, terms_id) is None:
        raise errors.NO_TERMS()
    async with ctx.transaction() as tx:
        if accepted:
            await store.save_acceptance(tx, AcceptedTerms(ctx.user_id, terms_id, now_ms()))
        else:
            await store.delete_acceptance(tx, ctx.user_id, terms_id)
        users.forget_user(ctx, ctx.user_id)


async def get_accepted(ctx: Context) -> AcceptedTerms:
    """Which terms the caller accepted."""
    user = await users.get_user(ctx, ctx.user_id)
    if not user.terms_of_service_id:
        raise errors.NOT_ACCEPTED()
    return AcceptedTerms(user.id, user.terms_of_service_id, user.terms_of_service_create_at)
