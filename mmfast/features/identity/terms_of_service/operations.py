"""The routes of terms of service. Whatever user the address names, one answers for oneself only."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.features.identity.terms_of_service import guards, service
from mmfast.features.identity.terms_of_service.types import AcceptedTerms, TermsDecision, TermsOfService, TermsText


@operation("GetTermsOfService", "GET /terms_of_service", guard=SIGNED_IN)
async def get_terms_of_service(ctx: Context) -> TermsOfService:
    """The terms in force."""
    return await service.get_latest(ctx)


@operation("CreateTermsOfService", "POST /terms_of_service", guard=guards.may_create_terms)
async def create_terms_of_service(ctx: Context, body: TermsText) -> TermsOfService:
    """Puts new terms in force."""
    return await service.create_terms(ctx, body.text)


@operation("GetUserTermsOfService", "GET /users/{user_id}/terms_of_service", guard=SIGNED_IN)
async def get_user_terms_of_service(ctx: Context) -> AcceptedTerms:
    """What the caller accepted."""
    return await service.get_accepted(ctx)


@operation("RegisterTermsOfServiceAction", "POST /users/{user_id}/terms_of_service", guard=SIGNED_IN)
async def register_terms_of_service_action(ctx: Context, body: TermsDecision) -> None:
    """The caller accepts or declines."""
    if not body.terms_of_service_id:
        raise INVALID_BODY_PARAM(name="termsOfServiceId")
    await service.decide(ctx, body.terms_of_service_id, body.accepted)
