"""The rooms of the messages domain, for those who deliver."""

from tests.features.messages.conftest import room, secret  # noqa: F401  # fixtures for this package too
from tests.features.spaces.conftest import crew, heard  # noqa: F401
