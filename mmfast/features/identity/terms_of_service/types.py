"""Terms of service, and their acceptance."""

import msgspec


class TermsOfService(msgspec.Struct):
    """One version of the terms."""

    id: str
    create_at: int
    user_id: str
    text: str


class TermsText(msgspec.Struct):
    """The text of new terms."""

    text: str = ""


class TermsDecision(msgspec.Struct):
    """Whether somebody accepts the terms of this id."""

    accepted: bool
    terms_of_service_id: str = msgspec.field(name="termsOfServiceId")


class AcceptedTerms(msgspec.Struct):
    """Which terms somebody accepted, and when."""

    user_id: str
    terms_of_service_id: str
    create_at: int
