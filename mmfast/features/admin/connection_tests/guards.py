"""Who may try settings out. The settings are read first: a request that lacks some hears that, whoever asks."""

from mmfast.api.context import Context
from mmfast.features.admin.config.service import read_settings
from mmfast.features.admin.connection_tests.errors import MAIL_SETTINGS_MISSING, STORE_SETTINGS_MISSING
from mmfast.features.identity.roles.service import require
from mmfast.platform.config.model import Config

MAIL_SETTINGS = ("SMTPServer", "SMTPPort", "SMTPUsername", "SMTPPassword", "ConnectionSecurity")
STORE_SETTINGS = ("DriverName", "AmazonS3Bucket", "AmazonS3AccessKeyId", "AmazonS3SecretAccessKey", "AmazonS3Endpoint")


async def may_test_mail(ctx: Context, body: bytes) -> Config:
    """Whoever holds the permission for it; loads the configuration with the settings given."""
    config = read_settings(ctx, body, "EmailSettings", MAIL_SETTINGS)
    if config is None:
        raise MAIL_SETTINGS_MISSING()
    await require(ctx, "test_email")
    return config


async def may_test_store(ctx: Context, body: bytes) -> Config:
    """Whoever holds the permission for it; loads the configuration with the settings given."""
    config = read_settings(ctx, body, "FileSettings", STORE_SETTINGS)
    if config is None:
        raise STORE_SETTINGS_MISSING()
    await require(ctx, "test_s3")
    return config


async def may_test_site(ctx: Context) -> None:
    """Whoever holds the permission for it."""
    await require(ctx, "test_site_url")
