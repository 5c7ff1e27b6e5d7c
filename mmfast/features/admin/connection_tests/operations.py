"""The routes by which settings are tried out."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.operation import operation
from mmfast.features.admin.connection_tests import guards, service
from mmfast.features.admin.connection_tests.types import SiteAddress
from mmfast.platform.config.model import Config


@operation("TestEmail", "POST /email/test", guard=guards.may_test_mail)
async def test_email(ctx: Context, loaded: Config) -> None:
    """Sends the caller a mail."""
    await service.test_mail(ctx, loaded)


@operation("TestS3Connection", "POST /file/s3_test", guard=guards.may_test_store)
async def test_s3_connection(ctx: Context, loaded: Config) -> None:
    """Looks whether the file store can be reached."""
    service.test_store(loaded)


@operation("TestSiteURL", "POST /site_url/test", guard=guards.may_test_site)
async def test_site_url(ctx: Context, body: SiteAddress) -> None:
    """Looks whether this server answers at an address."""
    if not body.site_url:
        raise INVALID_BODY_PARAM(name="site_url")
    await service.test_site(ctx, body.site_url)
