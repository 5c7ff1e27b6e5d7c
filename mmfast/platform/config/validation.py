"""What values a configuration may have, as a table of rules: error id, what to say, and the test.

The rules run in order and the first broken one is reported. Not here: types (model.py refuses those earlier).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from mmfast.platform.config.model import Config

LOCALES = frozenset((
    "bg", "de", "en", "en-AU", "es", "fa", "fr", "hu", "it", "ja", "ka", "ko", "nl", "pl", "pt-BR", "ro", "ru", "sv",
    "tr", "uk", "vi", "zh-CN", "zh-TW",
))  # fmt: skip
"""Languages for which clients have translations."""

_PREFIX = "model.config.is_valid."
_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")
_URL_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9.+-]*\s*")
_DOMAIN = re.compile(r"[a-z0-9]+([-.][a-z0-9]+)*\.[a-z]{2,}", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_ID = re.compile(r"[a-z0-9]{26}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class Rule(NamedTuple):
    """One thing that must hold."""

    id: str
    text: str
    holds: Callable[[Config], bool]


def find_violation(config: Config) -> Rule | None:
    """The first rule that `config` breaks."""
    return next((rule for rule in RULES if not rule.holds(config)), None)


def normalize(config: Config) -> None:
    """Puts values into the form in which they are kept: no slash after the site's address, only known languages."""
    config.ServiceSettings.SiteURL = config.ServiceSettings.SiteURL.rstrip("/")
    languages = config.LocalizationSettings
    if languages.DefaultServerLocale not in LOCALES:
        languages.DefaultServerLocale = "en"
    if languages.DefaultClientLocale not in LOCALES:
        languages.DefaultClientLocale = "en"
    available = [name.strip() for name in languages.AvailableLocales.split(",") if name.strip()]
    if any(name not in LOCALES for name in available):
        languages.AvailableLocales = ""
    elif available and languages.DefaultClientLocale not in available:
        languages.AvailableLocales += f",{languages.DefaultClientLocale}"


def is_url(text: str) -> bool:
    """Whether `text` is an absolute address with a host."""
    try:
        parts = urlsplit(text)
        return bool(parts.scheme and parts.netloc and parts.port != 0) and " " not in text
    except ValueError:
        return False


def is_http_url(text: str) -> bool:
    """Whether `text` is an http or https address."""
    return is_url(text) and urlsplit(text).scheme in ("http", "https")


def is_listen_address(text: str) -> bool:
    """Whether `text` is `host:port` or `:port` with a port from 0 to 65535."""
    host, colon, port = text.rpartition(":")
    if not colon or (":" in host and not (host.startswith("[") and host.endswith("]"))):
        return False
    return (port.isdecimal() and int(port) <= 65535) or port in ("http", "https")


def is_clock_time(text: str) -> bool:
    """Whether `text` is a time of day as HH:MM."""
    return _CLOCK.fullmatch(text) is not None


def _file_exists(text: str) -> bool:
    return bool(text) and Path(text).is_file()


def _rules(table: list[tuple[str, str, Callable[[Config], bool]]]) -> list[Rule]:
    return [Rule(_PREFIX + suffix, text, holds) for suffix, text, holds in table]


# fmt: off
_SITE = _rules([
    ("site_url.app_error", "SiteURL must be a http or https address.",
     lambda c: not c.ServiceSettings.SiteURL or is_http_url(c.ServiceSettings.SiteURL)),
    ("cluster_email_batching.app_error", "Mail cannot be batched while clustering is on.",
     lambda c: not (c.ClusterSettings.Enable and c.EmailSettings.EnableEmailBatching)),
    ("site_url_email_batching.app_error", "Batched mail needs SiteURL.",
     lambda c: not c.EmailSettings.EnableEmailBatching or bool(c.ServiceSettings.SiteURL)),
    ("allow_cookies_for_subdomains.app_error", "Cookies for subdomains need SiteURL.",
     lambda c: not c.ServiceSettings.AllowCookiesForSubdomains or bool(c.ServiceSettings.SiteURL)),
])

_TEAMS = _rules([
    ("max_users.app_error", "MaxUsersPerTeam must be above zero.", lambda c: c.TeamSettings.MaxUsersPerTeam > 0),
    ("max_channels.app_error", "MaxChannelsPerTeam must be above zero.",
     lambda c: c.TeamSettings.MaxChannelsPerTeam > 0),
    ("user_status_away_timeout.app_error", "UserStatusAwayTimeout must be above zero.",
     lambda c: c.TeamSettings.UserStatusAwayTimeout > 0),
    ("max_notify_per_channel.app_error", "MaxNotificationsPerChannel must be above zero.",
     lambda c: c.TeamSettings.MaxNotificationsPerChannel > 0),
    ("restrict_direct_message.app_error", "RestrictDirectMessage must be any or team.",
     lambda c: c.TeamSettings.RestrictDirectMessage in ("any", "team")),
    ("teammate_name_display.app_error", "TeammateNameDisplay must be full_name, nickname_full_name or username.",
     lambda c: c.TeamSettings.TeammateNameDisplay in ("full_name", "nickname_full_name", "username")),
    ("sitename_length.app_error", "SiteName may have 30 characters at most.",
     lambda c: len(c.TeamSettings.SiteName) <= 30),
    ("experimental_view_archived_channels.app_error", "ExperimentalViewArchivedChannels can no longer be off.",
     lambda c: c.TeamSettings.ExperimentalViewArchivedChannels),
])

_DATABASE = _rules([
    ("encrypt_sql.app_error", "AtRestEncryptKey needs 32 characters or more.",
     lambda c: len(c.SqlSettings.AtRestEncryptKey) >= 32),
    ("sql_driver.app_error", "DriverName must be postgres.", lambda c: c.SqlSettings.DriverName == "postgres"),
    ("sql_idle.app_error", "MaxIdleConns must be above zero.", lambda c: c.SqlSettings.MaxIdleConns > 0),
    ("sql_conn_max_lifetime_milliseconds.app_error", "ConnMaxLifetimeMilliseconds must not be negative.",
     lambda c: c.SqlSettings.ConnMaxLifetimeMilliseconds >= 0),
    ("sql_conn_max_idle_time_milliseconds.app_error", "ConnMaxIdleTimeMilliseconds must not be negative.",
     lambda c: c.SqlSettings.ConnMaxIdleTimeMilliseconds >= 0),
    ("sql_query_timeout.app_error", "QueryTimeout must be above zero.", lambda c: c.SqlSettings.QueryTimeout > 0),
    ("sql_max_conn.app_error", "MaxOpenConns must be above zero.", lambda c: c.SqlSettings.MaxOpenConns > 0),
])

_FILES = _rules([
    ("max_file_size.app_error", "MaxFileSize must be above zero.", lambda c: c.FileSettings.MaxFileSize > 0),
    ("file_driver.app_error", "FileSettings.DriverName must be local or amazons3.",
     lambda c: c.FileSettings.DriverName in ("local", "amazons3")),
    ("file_salt.app_error", "PublicLinkSalt needs 32 characters or more.",
     lambda c: len(c.FileSettings.PublicLinkSalt) >= 32),
    ("directory.app_error", "FileSettings.Directory is missing.",
     lambda c: c.FileSettings.DriverName != "local" or bool(c.FileSettings.Directory)),
    ("directory_whitespace.app_error", "FileSettings.Directory must not begin or end with a space.",
     lambda c: c.FileSettings.Directory == c.FileSettings.Directory.strip()),
    ("image_decoder_concurrency.app_error", "MaxImageDecoderConcurrency must be -1 or above zero.",
     lambda c: c.FileSettings.MaxImageDecoderConcurrency == -1 or c.FileSettings.MaxImageDecoderConcurrency > 0),
    ("amazons3_timeout.app_error", "AmazonS3RequestTimeoutMilliseconds must be above zero.",
     lambda c: c.FileSettings.AmazonS3RequestTimeoutMilliseconds > 0),
    ("import.directory.app_error", "ImportSettings.Directory is missing.", lambda c: bool(c.ImportSettings.Directory)),
    ("import.retention_days_too_low.app_error", "ImportSettings.RetentionDays must not be negative.",
     lambda c: c.ImportSettings.RetentionDays >= 0),
    ("export.directory.app_error", "ExportSettings.Directory is missing.", lambda c: bool(c.ExportSettings.Directory)),
])

_MAIL = _rules([
    ("email_security.app_error", "EmailSettings.ConnectionSecurity must be empty, PLAIN, TLS or STARTTLS.",
     lambda c: c.EmailSettings.ConnectionSecurity in ("", "PLAIN", "TLS", "STARTTLS")),
    ("email_batching_buffer_size.app_error", "EmailBatchingBufferSize must be above zero.",
     lambda c: c.EmailSettings.EmailBatchingBufferSize > 0),
    ("email_batching_interval.app_error", "EmailBatchingInterval must be 30 seconds or more.",
     lambda c: c.EmailSettings.EmailBatchingInterval >= 30),
    ("email_notification_contents_type.app_error", "EmailNotificationContentsType must be full or generic.",
     lambda c: c.EmailSettings.EmailNotificationContentsType in ("full", "generic")),
])

_LIMITS = _rules([
    ("rate_mem.app_error", "MemoryStoreSize must be above zero.", lambda c: c.RateLimitSettings.MemoryStoreSize > 0),
    ("rate_sec.app_error", "PerSec must be above zero.", lambda c: c.RateLimitSettings.PerSec > 0),
    ("max_burst.app_error", "MaxBurst must be above zero.", lambda c: c.RateLimitSettings.MaxBurst > 0),
    ("password_length.app_error", "PasswordSettings.MinimumLength must be from 5 to 72.",
     lambda c: 5 <= c.PasswordSettings.MinimumLength <= 72),
])

_DIRECTORY = _rules([
    ("ldap_security.app_error", "LdapSettings.ConnectionSecurity must be empty, TLS or STARTTLS.",
     lambda c: c.LdapSettings.ConnectionSecurity in ("", "TLS", "STARTTLS")),
    ("ldap_sync_interval.app_error", "SyncIntervalMinutes must be above zero.",
     lambda c: c.LdapSettings.SyncIntervalMinutes > 0),
    ("ldap_max_page_size.app_error", "LdapSettings.MaxPageSize must not be negative.",
     lambda c: c.LdapSettings.MaxPageSize >= 0),
    ("ldap_server", "LDAP needs LdapServer.", lambda c: not c.LdapSettings.Enable or bool(c.LdapSettings.LdapServer)),
    ("ldap_basedn", "LDAP needs BaseDN.", lambda c: not c.LdapSettings.Enable or bool(c.LdapSettings.BaseDN)),
    ("ldap_email", "LDAP needs EmailAttribute.",
     lambda c: not c.LdapSettings.Enable or bool(c.LdapSettings.EmailAttribute)),
    ("ldap_username", "LDAP needs UsernameAttribute.",
     lambda c: not c.LdapSettings.Enable or bool(c.LdapSettings.UsernameAttribute)),
    ("ldap_id", "LDAP needs IdAttribute.", lambda c: not c.LdapSettings.Enable or bool(c.LdapSettings.IdAttribute)),
    ("ldap_login_id", "LDAP needs LoginIdAttribute.",
     lambda c: not c.LdapSettings.Enable or bool(c.LdapSettings.LoginIdAttribute)),
    ("ldap_max_login_attempts.app_error", "LdapSettings.MaximumLoginAttempts must be above zero.",
     lambda c: not c.LdapSettings.Enable or c.LdapSettings.MaximumLoginAttempts > 0),
])

_SAML = _rules([
    ("saml_idp_url.app_error", "SAML needs the http or https address IdpURL.",
     lambda c: not c.SamlSettings.Enable or is_http_url(c.SamlSettings.IdpURL)),
    ("saml_idp_descriptor_url.app_error", "SAML needs IdpDescriptorURL.",
     lambda c: not c.SamlSettings.Enable or bool(c.SamlSettings.IdpDescriptorURL)),
    ("saml_idp_cert.app_error", "SAML needs IdpCertificateFile.",
     lambda c: not c.SamlSettings.Enable or bool(c.SamlSettings.IdpCertificateFile)),
    ("saml_email_attribute.app_error", "SAML needs EmailAttribute.",
     lambda c: not c.SamlSettings.Enable or bool(c.SamlSettings.EmailAttribute)),
    ("saml_username_attribute.app_error", "SAML needs UsernameAttribute.",
     lambda c: not c.SamlSettings.Enable or bool(c.SamlSettings.UsernameAttribute)),
    ("saml_spidentifier_attribute.app_error", "SAML needs ServiceProviderIdentifier.",
     lambda c: not c.SamlSettings.Enable or bool(c.SamlSettings.ServiceProviderIdentifier)),
    ("saml_assertion_consumer_service_url.app_error", "SAML needs the address AssertionConsumerServiceURL.",
     lambda c: not (c.SamlSettings.Enable and c.SamlSettings.Verify)
     or is_http_url(c.SamlSettings.AssertionConsumerServiceURL)),
    ("saml_private_key.app_error", "Encrypted SAML needs PrivateKeyFile.",
     lambda c: not (c.SamlSettings.Enable and c.SamlSettings.Encrypt) or bool(c.SamlSettings.PrivateKeyFile)),
    ("saml_public_cert.app_error", "Encrypted SAML needs PublicCertificateFile.",
     lambda c: not (c.SamlSettings.Enable and c.SamlSettings.Encrypt) or bool(c.SamlSettings.PublicCertificateFile)),
    ("saml_signature_algorithm.app_error", "SignatureAlgorithm must be RSAwithSHA1, RSAwithSHA256 or RSAwithSHA512.",
     lambda c: not c.SamlSettings.Enable
     or c.SamlSettings.SignatureAlgorithm in ("RSAwithSHA1", "RSAwithSHA256", "RSAwithSHA512")),
    ("saml_canonical_algorithm.app_error", "CanonicalAlgorithm must be Canonical1.0 or Canonical1.1.",
     lambda c: not c.SamlSettings.Enable or c.SamlSettings.CanonicalAlgorithm in ("Canonical1.0", "Canonical1.1")),
    ("saml_guest_attribute.app_error", "GuestAttribute must have the form name=value.",
     lambda c: not (c.SamlSettings.Enable and c.SamlSettings.GuestAttribute)
     or c.SamlSettings.GuestAttribute.count("=") == 1),
    ("saml_admin_attribute.app_error", "AdminAttribute must have the form name=value.",
     lambda c: not (c.SamlSettings.Enable and c.SamlSettings.AdminAttribute)
     or c.SamlSettings.AdminAttribute.count("=") == 1),
])

_WEB_SERVER = _rules([
    ("webserver_security.app_error", "ServiceSettings.ConnectionSecurity must be empty or TLS.",
     lambda c: c.ServiceSettings.ConnectionSecurity in ("", "TLS")),
    ("tls_cert_file_missing.app_error", "TLS needs an existing TLSCertFile.",
     lambda c: c.ServiceSettings.ConnectionSecurity != "TLS" or c.ServiceSettings.UseLetsEncrypt
     or _file_exists(c.ServiceSettings.TLSCertFile)),
    ("tls_key_file_missing.app_error", "TLS needs an existing TLSKeyFile.",
     lambda c: c.ServiceSettings.ConnectionSecurity != "TLS" or c.ServiceSettings.UseLetsEncrypt
     or _file_exists(c.ServiceSettings.TLSKeyFile)),
    ("tls_overwrite_cipher.app_error", "TLSOverwriteCiphers must hold names of cipher suites such as TLS_….",
     lambda c: all(name.startswith("TLS_") for name in c.ServiceSettings.TLSOverwriteCiphers)),
    ("max_payload_size.app_error", "MaximumPayloadSizeBytes must be above zero.",
     lambda c: c.ServiceSettings.MaximumPayloadSizeBytes > 0),
    ("max_url_length.app_error", "MaximumURLLength must be above zero.",
     lambda c: c.ServiceSettings.MaximumURLLength > 0),
    ("read_timeout.app_error", "ReadTimeout must be above zero.", lambda c: c.ServiceSettings.ReadTimeout > 0),
    ("write_timeout.app_error", "WriteTimeout must be above zero.", lambda c: c.ServiceSettings.WriteTimeout > 0),
    ("time_between_user_typing.app_error", "TimeBetweenUserTypingUpdatesMilliseconds must be 1000 or more.",
     lambda c: c.ServiceSettings.TimeBetweenUserTypingUpdatesMilliseconds >= 1000),
    ("login_attempts.app_error", "MaximumLoginAttempts must be above zero.",
     lambda c: c.ServiceSettings.MaximumLoginAttempts > 0),
    ("websocket_url.app_error", "WebsocketURL must be an address.",
     lambda c: not c.ServiceSettings.WebsocketURL or is_url(c.ServiceSettings.WebsocketURL)),
    ("listen_address.app_error", "ListenAddress must have the form host:port or :port.",
     lambda c: is_listen_address(c.ServiceSettings.ListenAddress)),
])

_SERVICE = _rules([
    ("outgoing_integrations_request_timeout.app_error", "OutgoingIntegrationRequestsTimeout must be above zero.",
     lambda c: c.ServiceSettings.OutgoingIntegrationRequestsTimeout > 0),
    ("group_unread_channels.app_error", "ExperimentalGroupUnreadChannels must be disabled, default_on or default_off.",
     lambda c: c.ServiceSettings.ExperimentalGroupUnreadChannels in ("disabled", "default_on", "default_off")),
    ("collapsed_threads.app_error", "CollapsedThreads must be disabled, default_on, default_off or always_on.",
     lambda c: c.ServiceSettings.CollapsedThreads in ("disabled", "default_on", "default_off", "always_on")),
    ("collapsed_threads.autofollow.app_error", "Collapsed threads need ThreadAutoFollow.",
     lambda c: c.ServiceSettings.ThreadAutoFollow or c.ServiceSettings.CollapsedThreads == "disabled"),
    ("persistent_notifications_count.app_error", "PersistentNotificationMaxCount must be above zero.",
     lambda c: c.ServiceSettings.PersistentNotificationMaxCount > 0),
    ("persistent_notifications_interval.app_error", "PersistentNotificationIntervalMinutes must be 2 or more.",
     lambda c: c.ServiceSettings.PersistentNotificationIntervalMinutes >= 2),
    ("persistent_notifications_recipients.app_error", "PersistentNotificationMaxRecipients must be above zero.",
     lambda c: c.ServiceSettings.PersistentNotificationMaxRecipients > 0),
    ("minimum_desktop_app_version.app_error", "MinimumDesktopAppVersion must have the form 1.2.3.",
     lambda c: not c.ServiceSettings.MinimumDesktopAppVersion
     or _VERSION.fullmatch(c.ServiceSettings.MinimumDesktopAppVersion) is not None),
    ("dcr_redirect_uri_allowlist.app_error", "DCRRedirectURIAllowlist must hold addresses.",
     lambda c: all("://" in address for address in c.ServiceSettings.DCRRedirectURIAllowlist)),
    ("cache_type.app_error", "CacheType must be lru or redis.",
     lambda c: c.CacheSettings.CacheType in ("lru", "redis")),
    ("empty_redis_address.app_error", "A Redis cache needs RedisAddress.",
     lambda c: c.CacheSettings.CacheType != "redis" or bool(c.CacheSettings.RedisAddress)),
    ("invalid_redis_db.app_error", "A Redis cache needs RedisDB, zero or above.",
     lambda c: c.CacheSettings.CacheType != "redis" or c.CacheSettings.RedisDB >= 0),
    ("metrics_client_side_user_ids.app_error", "ClientSideUserIds may name five users at most.",
     lambda c: len(c.MetricsSettings.ClientSideUserIds) <= 5),
    ("metrics_client_side_user_id.app_error", "ClientSideUserIds must hold user ids.",
     lambda c: all(_ID.fullmatch(user_id) for user_id in c.MetricsSettings.ClientSideUserIds)),
    ("link_metadata_timeout.app_error", "LinkMetadataTimeoutMilliseconds must be above zero.",
     lambda c: c.ExperimentalSettings.LinkMetadataTimeoutMilliseconds > 0),
])

_SEARCH = _rules([
    ("elastic_search.invalid_backend.app_error", "Backend must be elasticsearch or opensearch.",
     lambda c: c.ElasticsearchSettings.Backend in ("elasticsearch", "opensearch")),
    ("elastic_search.connection_url.app_error", "Indexing needs ConnectionURL.",
     lambda c: not c.ElasticsearchSettings.EnableIndexing or bool(c.ElasticsearchSettings.ConnectionURL)),
    ("elastic_search.enable_searching.app_error", "EnableSearching needs EnableIndexing.",
     lambda c: not c.ElasticsearchSettings.EnableSearching or c.ElasticsearchSettings.EnableIndexing),
    ("elastic_search.enable_autocomplete.app_error", "EnableAutocomplete needs EnableIndexing.",
     lambda c: not c.ElasticsearchSettings.EnableAutocomplete or c.ElasticsearchSettings.EnableIndexing),
    ("elastic_search.aggregate_posts_after_days.app_error", "AggregatePostsAfterDays must be above zero.",
     lambda c: c.ElasticsearchSettings.AggregatePostsAfterDays > 0),
    ("elastic_search.posts_aggregator_job_start_time.app_error", "PostsAggregatorJobStartTime must be HH:MM.",
     lambda c: is_clock_time(c.ElasticsearchSettings.PostsAggregatorJobStartTime)),
    ("elastic_search.live_indexing_batch_size.app_error", "LiveIndexingBatchSize must be above zero.",
     lambda c: c.ElasticsearchSettings.LiveIndexingBatchSize > 0),
    ("elastic_search.bulk_indexing_batch_size.app_error", "ElasticsearchSettings.BatchSize must be above zero.",
     lambda c: c.ElasticsearchSettings.BatchSize > 0),
    ("elastic_search.request_timeout_seconds.app_error", "RequestTimeoutSeconds must be above zero.",
     lambda c: c.ElasticsearchSettings.RequestTimeoutSeconds > 0),
    ("elastic_search.ignored_indexes_dash_prefix.app_error", "Names in IgnoredPurgeIndexes must not begin with a dash.",
     lambda c: not any(
         name.strip().startswith("-") for name in c.ElasticsearchSettings.IgnoredPurgeIndexes.split(",")
     )),
    ("elastic_search.empty_index_prefix.app_error", "GlobalSearchPrefix needs IndexPrefix.",
     lambda c: not c.ElasticsearchSettings.GlobalSearchPrefix or bool(c.ElasticsearchSettings.IndexPrefix)),
    ("elastic_search.incorrect_search_prefix.app_error", "IndexPrefix must begin with GlobalSearchPrefix.",
     lambda c: c.ElasticsearchSettings.IndexPrefix.startswith(c.ElasticsearchSettings.GlobalSearchPrefix)),
])

_RETENTION = _rules([
    ("data_retention.message_retention_days_too_low.app_error", "MessageRetentionDays must not be negative.",
     lambda c: c.DataRetentionSettings.MessageRetentionDays >= 0),
    ("data_retention.message_retention_hours_too_low.app_error", "MessageRetentionHours must not be negative.",
     lambda c: c.DataRetentionSettings.MessageRetentionHours >= 0),
    ("data_retention.file_retention_days_too_low.app_error", "FileRetentionDays must not be negative.",
     lambda c: c.DataRetentionSettings.FileRetentionDays >= 0),
    ("data_retention.file_retention_hours_too_low.app_error", "FileRetentionHours must not be negative.",
     lambda c: c.DataRetentionSettings.FileRetentionHours >= 0),
    ("data_retention.message_retention_misconfiguration.app_error", "Give message retention in days or in hours.",
     lambda c: not (c.DataRetentionSettings.MessageRetentionDays and c.DataRetentionSettings.MessageRetentionHours)),
    ("data_retention.file_retention_misconfiguration.app_error", "Give file retention in days or in hours.",
     lambda c: not (c.DataRetentionSettings.FileRetentionDays and c.DataRetentionSettings.FileRetentionHours)),
    ("data_retention.message_retention_both_zero.app_error", "Message retention needs days or hours above zero.",
     lambda c: bool(c.DataRetentionSettings.MessageRetentionDays or c.DataRetentionSettings.MessageRetentionHours)),
    ("data_retention.file_retention_both_zero.app_error", "File retention needs days or hours above zero.",
     lambda c: bool(c.DataRetentionSettings.FileRetentionDays or c.DataRetentionSettings.FileRetentionHours)),
    ("data_retention.deletion_job_start_time.app_error", "DeletionJobStartTime must be HH:MM.",
     lambda c: is_clock_time(c.DataRetentionSettings.DeletionJobStartTime)),
])

_EXPORT = _rules([
    ("message_export.export_from.app_error", "ExportFromTimestamp must not be negative.",
     lambda c: not c.MessageExportSettings.EnableExport or c.MessageExportSettings.ExportFromTimestamp >= 0),
    ("message_export.daily_runtime.app_error", "DailyRunTime must be HH:MM.",
     lambda c: not c.MessageExportSettings.EnableExport or is_clock_time(c.MessageExportSettings.DailyRunTime)),
    ("message_export.batch_size.app_error", "MessageExportSettings.BatchSize must not be negative.",
     lambda c: not c.MessageExportSettings.EnableExport or c.MessageExportSettings.BatchSize >= 0),
    ("message_export.export_type.app_error", "ExportFormat must be actiance, csv or globalrelay.",
     lambda c: not c.MessageExportSettings.EnableExport
     or c.MessageExportSettings.ExportFormat in ("actiance", "csv", "globalrelay", "globalrelay-zip")),
    ("message_export.global_relay.customer_type.app_error", "CustomerType must be A9, A10 or CUSTOM.",
     lambda c: not _exports_to_global_relay(c)
     or c.MessageExportSettings.GlobalRelaySettings.CustomerType in ("A9", "A10", "CUSTOM")),
    ("message_export.global_relay.email_address.app_error", "Global Relay needs EmailAddress.",
     lambda c: not _exports_to_global_relay(c)
     or _EMAIL.fullmatch(c.MessageExportSettings.GlobalRelaySettings.EmailAddress) is not None),
    ("message_export.global_relay.smtp_username.app_error", "Global Relay needs SMTPUsername.",
     lambda c: not _exports_to_global_relay(c) or bool(c.MessageExportSettings.GlobalRelaySettings.SMTPUsername)),
    ("message_export.global_relay.smtp_password.app_error", "Global Relay needs SMTPPassword.",
     lambda c: not _exports_to_global_relay(c) or bool(c.MessageExportSettings.GlobalRelaySettings.SMTPPassword)),
])


def _exports_to_global_relay(config: Config) -> bool:
    return config.MessageExportSettings.EnableExport and config.MessageExportSettings.ExportFormat == "globalrelay"


_CLIENTS = _rules([
    ("display.custom_url_schemes.app_error", "CustomURLSchemes must hold names such as git or smb.",
     lambda c: all(_URL_SCHEME.fullmatch(scheme) for scheme in c.DisplaySettings.CustomURLSchemes)),
    ("image_proxy_type.app_error", "ImageProxyType must be local or atmos/camo.",
     lambda c: not c.ImageProxySettings.Enable or c.ImageProxySettings.ImageProxyType in ("local", "atmos/camo")),
    ("atmos_camo_image_proxy_url.app_error", "An image proxy of this type needs RemoteImageProxyURL.",
     lambda c: not _uses_remote_image_proxy(c) or bool(c.ImageProxySettings.RemoteImageProxyURL)),
    ("atmos_camo_image_proxy_options.app_error", "An image proxy of this type needs RemoteImageProxyOptions.",
     lambda c: not _uses_remote_image_proxy(c) or bool(c.ImageProxySettings.RemoteImageProxyOptions)),
    ("report_a_problem_link.missing.app_error", "ReportAProblemType link needs ReportAProblemLink.",
     lambda c: c.SupportSettings.ReportAProblemType != "link" or bool(c.SupportSettings.ReportAProblemLink)),
    ("report_a_problem_link.invalid.app_error", "ReportAProblemLink must be a http or https address.",
     lambda c: c.SupportSettings.ReportAProblemType != "link" or is_http_url(c.SupportSettings.ReportAProblemLink)),
    ("report_a_problem_mail.missing.app_error", "ReportAProblemType email needs ReportAProblemMail.",
     lambda c: c.SupportSettings.ReportAProblemType != "email" or bool(c.SupportSettings.ReportAProblemMail)),
    ("report_a_problem_mail.invalid.app_error", "ReportAProblemMail must be a mail address.",
     lambda c: c.SupportSettings.ReportAProblemType != "email"
     or _EMAIL.fullmatch(c.SupportSettings.ReportAProblemMail) is not None),
    ("move_thread.domain_invalid.app_error", "AllowedEmailDomain must hold domain names.",
     lambda c: all(_DOMAIN.fullmatch(domain) for domain in c.WranglerSettings.AllowedEmailDomain)),
    ("guest_accounts.cannot_enforce_multifactor_authentication_when_guest_magic_link_is_enabled.app_error",
     "Guests who sign in by link cannot be asked for a second factor.",
     lambda c: not (c.GuestAccountsSettings.EnableGuestMagicLink
                    and c.GuestAccountsSettings.EnforceMultifactorAuthentication)),
    ("content_flagging.reasons_not_set.app_error", "Flagging needs at least one reason.",
     lambda c: not c.ContentFlaggingSettings.EnableContentFlagging
     or bool(c.ContentFlaggingSettings.AdditionalSettings.Reasons)),
])


def _uses_remote_image_proxy(config: Config) -> bool:
    return config.ImageProxySettings.Enable and config.ImageProxySettings.ImageProxyType == "atmos/camo"


_SERVICES = _rules([
    ("intune_auth_service.app_error", "Intune needs AuthService.",
     lambda c: not c.IntuneSettings.Enable or bool(c.IntuneSettings.AuthService)),
    ("intune_auth_service_invalid.app_error", "IntuneSettings.AuthService must be office365 or saml.",
     lambda c: not c.IntuneSettings.Enable or c.IntuneSettings.AuthService in ("office365", "saml")),
    ("intune_tenant_id_format.app_error", "IntuneSettings.TenantId must be a UUID.",
     lambda c: not c.IntuneSettings.Enable or _UUID.fullmatch(c.IntuneSettings.TenantId) is not None),
    ("intune_client_id_format.app_error", "IntuneSettings.ClientId must be a UUID.",
     lambda c: not c.IntuneSettings.Enable or _UUID.fullmatch(c.IntuneSettings.ClientId) is not None),
    ("autotranslation.provider.app_error", "Translation needs Provider.",
     lambda c: not c.AutoTranslationSettings.Enable or bool(c.AutoTranslationSettings.Provider)),
    ("autotranslation.provider.unsupported.app_error", "Provider must be libretranslate or agents.",
     lambda c: not c.AutoTranslationSettings.Enable
     or c.AutoTranslationSettings.Provider in ("libretranslate", "agents")),
    ("autotranslation.libretranslate.url.app_error", "LibreTranslate needs the address URL.",
     lambda c: not c.AutoTranslationSettings.Enable or c.AutoTranslationSettings.Provider != "libretranslate"
     or is_http_url(c.AutoTranslationSettings.LibreTranslate.URL)),
    ("autotranslation.agents.llm_service_id.app_error", "Translation by agents needs LLMServiceID.",
     lambda c: not c.AutoTranslationSettings.Enable or c.AutoTranslationSettings.Provider != "agents"
     or bool(c.AutoTranslationSettings.Agents.LLMServiceID)),
    ("autotranslation.workers.app_error", "AutoTranslationSettings.Workers must be from 1 to 64.",
     lambda c: not c.AutoTranslationSettings.Enable or 1 <= c.AutoTranslationSettings.Workers <= 64),
    ("autotranslation.timeout.app_error", "AutoTranslationSettings.TimeoutMs must be above zero.",
     lambda c: not c.AutoTranslationSettings.Enable or c.AutoTranslationSettings.TimeoutMs > 0),
])

RULES: tuple[Rule, ...] = (
    *_SITE, *_TEAMS, *_DATABASE, *_FILES, *_MAIL, *_LIMITS, *_DIRECTORY, *_SAML, *_WEB_SERVER, *_SERVICE,
    *_SEARCH, *_RETENTION, *_EXPORT, *_CLIENTS, *_SERVICES,
)
# fmt: on
