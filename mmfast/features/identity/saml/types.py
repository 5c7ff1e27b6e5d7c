"""What callers say about SAML."""

import msgspec


class MetadataSource(msgspec.Struct):
    """Where an identity provider publishes its metadata."""

    saml_metadata_url: str = ""
