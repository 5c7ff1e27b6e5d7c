"""The rooms of the messages domain, for those who deliver."""

import pytest

from tests.features.delivery.postbox import open_postbox
from tests.features.messages.conftest import room, secret  # noqa: F401  # fixtures for this package too
from tests.features.spaces.conftest import crew, heard  # noqa: F401


@pytest.fixture
def postbox():
    """A mail server."""
    with open_postbox() as box:
        yield box


@pytest.fixture
async def mailed(app, admin, postbox):
    """The mail server, to which mails go from now on: the administrator was made without one."""
    await app.config_store.patch({"EmailSettings": postbox.settings})
    return postbox
