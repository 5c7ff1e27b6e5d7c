"""Which parts of the System Console show a setting, and so which permissions read and write it.

A setting's areas are words such as `site_posts`: any `sysconsole_read_<area>` reads it, any `sysconsole_write_<area>`
writes it. Settings without an area are for those who manage the system. Not here: who has which permission.
"""

from __future__ import annotations

from functools import cache
from typing import Final

ALL: Final = ("*",)
"""Every field of the section that no other line names."""

ANY_READER: Final = "*_read"
"""Read with any area's read permission, written by those who manage the system."""

# fmt: off
_AREAS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "ServiceSettings": {
        "environment_web_server authentication_saml": ("SiteURL",),
        "environment_web_server": (
            "ListenAddress", "ConnectionSecurity", "TLSCertFile", "TLSKeyFile", "UseLetsEncrypt",
            "LetsEncryptCertificateCacheFile", "Forward80To443", "ReadTimeout", "WriteTimeout",
            "EnableInsecureOutgoingConnections", "AllowedUntrustedInternalConnections", "WebserverMode",
            "MinimumDesktopAppVersion", "ManagedResourcePaths",
        ),
        "authentication_password": ("MaximumLoginAttempts",),
        "integrations_integration_management": (
            "EnableOAuthServiceProvider", "EnableDynamicClientRegistration", "DCRRedirectURIAllowlist",
            "EnableIncomingWebhooks", "EnableOutgoingWebhooks", "EnableOutgoingOAuthConnections", "EnableCommands",
            "OutgoingIntegrationRequestsTimeout", "EnablePostUsernameOverride", "EnablePostIconOverride",
            "EnableUserAccessTokens",
        ),
        "site_posts": (
            "GoogleDeveloperKey", "EnableLinkPreviews", "EnablePermalinkPreviews", "RestrictLinkPreviews",
            "EnableSVGs", "EnableLatex", "EnableInlineLatex", "PostPriority", "AllowPersistentNotifications",
            "AllowPersistentNotificationsForGuests", "PersistentNotificationIntervalMinutes",
            "PersistentNotificationMaxCount", "PersistentNotificationMaxRecipients", "EnableBurnOnRead",
            "BurnOnReadDurationSeconds", "BurnOnReadMaximumTimeToLiveSeconds", "BurnOnReadSchedulerFrequencySeconds",
            "AllowSyncedDrafts", "UniqueEmojiReactionLimitPerPost", "ScheduledPosts",
        ),
        "environment_developer": (
            "EnableTesting", "EnableDeveloper", "DeveloperFlags", "EnableClientPerformanceDebugging",
        ),
        "environment_smtp": ("EnableSecurityFixAlert",),
        "authentication_mfa": ("EnableMultifactorAuthentication", "EnforceMultifactorAuthentication"),
        "integrations_cors": ("AllowCorsFrom", "CorsExposedHeaders", "CorsAllowCredentials", "CorsDebug"),
        "environment_session_lengths": (
            "ExtendSessionLengthWithActivity", "TerminateSessionsOnPasswordChange", "SessionLengthWebInDays",
            "SessionLengthWebInHours", "SessionLengthMobileInDays", "SessionLengthMobileInHours",
            "SessionLengthSSOInDays", "SessionLengthSSOInHours", "SessionCacheInMinutes",
            "SessionIdleTimeoutInMinutes",
        ),
        "integrations_gif": ("EnableGifPicker", "GiphySdkKey"),
        "site_emoji": ("EnableCustomEmoji", "EnableEmojiPicker"),
        "user_management_permissions": ("PostEditTimeLimit",),
        "experimental_features": (
            "TimeBetweenUserTypingUpdatesMilliseconds", "EnableUserTypingMessages", "EnableChannelViewedMessages",
            "ExperimentalEnableAuthenticationTransfer", "EnableTutorial", "EnableOnboardingFlow",
            "ExperimentalEnableDefaultChannelLeaveJoinMessages", "ExperimentalGroupUnreadChannels",
            "ExperimentalEnableHardenedMode", "ExperimentalStrictCSRFEnforcement", "ThreadAutoFollow",
            "CollapsedThreads",
        ),
        "environment_database": ("MinimumHashtagLength",),
        "authentication_signup": ("EnableEmailInvitations",),
        "integrations_bot_accounts": ("DisableBotsWhenOwnerIsDeactivated", "EnableBotAccountCreation"),
        "experimental_feature_flags": ("SplitKey", "FeatureFlagSyncIntervalSeconds", "DebugSplit"),
        "site_users_and_teams": ("EnableCustomGroups", "RefreshPostStatsRunTime", "DeleteAccountLink"),
        "environment_file_storage": ("MaximumPayloadSizeBytes", "MaximumURLLength"),
        "": ALL,
    },
    "TeamSettings": {
        "site_customization": ("SiteName", "EnableCustomBrand", "CustomBrandText", "CustomDescriptionText"),
        "authentication_signup": ("EnableUserCreation", "EnableOpenServer", "RestrictCreationToDomains"),
        "experimental_features": (
            "EnableUserDeactivation", "UserStatusAwayTimeout", "ExperimentalEnableAutomaticReplies",
            "ExperimentalPrimaryTeam", "ExperimentalDefaultChannels",
        ),
        "environment_push_notification_server": ("MaxNotificationsPerChannel",),
        "site_notifications": ("EnableConfirmNotificationsToChannel",),
        "experimental_features site_users_and_teams": ("ExperimentalViewArchivedChannels",),
        "site_users_and_teams": ALL,
    },
    "ClientRequirements": {"": ALL},
    "SqlSettings": {"environment_database": ALL},
    "LogSettings": {"environment_logging": ALL},
    "ExperimentalAuditSettings": {"experimental_features": ALL},
    "PasswordSettings": {"authentication_password": ALL},
    "FileSettings": {
        "site_file_sharing_and_downloads": ("EnableFileAttachments", "EnableMobileUpload", "EnableMobileDownload"),
        "site_public_links": ("EnablePublicLink", "PublicLinkSalt"),
        "environment_file_storage": ALL,
    },
    "EmailSettings": {
        "authentication_email": (
            "EnableSignUpWithEmail", "EnableSignInWithEmail", "EnableSignInWithUsername", "RequireEmailVerification",
        ),
        "experimental_features": (
            "UseChannelInEmailNotifications", "EmailBatchingBufferSize", "EmailBatchingInterval", "LoginButtonColor",
            "LoginButtonBorderColor", "LoginButtonTextColor",
        ),
        "environment_smtp": (
            "EnableSMTPAuth", "SMTPUsername", "SMTPPassword", "SMTPServer", "SMTPPort", "ConnectionSecurity",
            "SkipServerCertificateVerification",
        ),
        "": ("SMTPServerTimeout", "PushNotificationBuffer"),
        "environment_push_notification_server": ("SendPushNotifications", "PushNotificationServer"),
        "site_notifications": ALL,
    },
    "RateLimitSettings": {"environment_rate_limiting": ALL},
    "PrivacySettings": {"site_users_and_teams": ALL},
    "SupportSettings": {
        "site_notifications": ("SupportEmail",),
        "compliance_custom_terms_of_service": ("CustomTermsOfServiceEnabled", "CustomTermsOfServiceReAcceptancePeriod"),
        "site_customization": ALL,
    },
    "AnnouncementSettings": {
        "site_notices": (
            "AdminNoticesEnabled", "UserNoticesEnabled", "NoticesURL", "NoticesFetchFrequency", "NoticesSkipCache",
        ),
        "site_announcement_banner": ALL,
    },
    "ThemeSettings": {
        "": ("AllowedThemes",),
        "experimental_features": ALL,
    },
    "GitLabSettings": {"authentication_openid": ALL},
    "GoogleSettings": {"authentication_openid": ALL},
    "Office365Settings": {"authentication_openid": ALL},
    "OpenIdSettings": {"authentication_openid": ALL},
    "LdapSettings": {
        "": ("EnableAdminFilter", "AdminFilter"),
        "experimental_features": ("LoginButtonColor", "LoginButtonBorderColor", "LoginButtonTextColor"),
        "authentication_ldap": ALL,
    },
    "ComplianceSettings": {"compliance_compliance_monitoring": ALL},
    "LocalizationSettings": {"site_localization": ALL},
    "SamlSettings": {
        "": ("EnableAdminAttribute", "AdminAttribute"),
        "experimental_features": ("LoginButtonColor", "LoginButtonBorderColor", "LoginButtonTextColor"),
        "authentication_saml": ALL,
    },
    "NativeAppSettings": {"site_customization": ALL},
    "IntuneSettings": {"environment_mobile_security": ALL},
    "CacheSettings": {"": ALL},
    "ClusterSettings": {
        "": ("EnableExperimentalGossipEncryption",),
        "environment_high_availability": ALL,
    },
    "MetricsSettings": {"environment_performance_monitoring": ALL},
    "ExperimentalSettings": {
        ANY_READER: ("RestrictSystemAdmin",),
        "experimental_features": ALL,
    },
    "AnalyticsSettings": {"": ALL},
    "ElasticsearchSettings": {
        "": ("BulkIndexingTimeWindowSeconds",),
        "environment_elasticsearch": ALL,
    },
    "DataRetentionSettings": {"compliance_data_retention_policy": ALL},
    "MessageExportSettings": {"compliance_compliance_export": ALL},
    "JobSettings": {"": ALL},
    "PluginSettings": {"plugins": ALL},
    "DisplaySettings": {"site_posts": ALL},
    "GuestAccountsSettings": {"authentication_guest_access": ALL},
    "ImageProxySettings": {"environment_image_proxy": ALL},
    "CloudSettings": {"": ALL},
    "ImportSettings": {"": ALL},
    "ExportSettings": {"": ALL},
    "WranglerSettings": {"": ALL},
    "ConnectedWorkspacesSettings": {"": ALL},
    "AccessControlSettings": {"": ALL},
    "AutoTranslationSettings": {"site_localization": ALL},
    "ContentFlaggingSettings": {"": ALL},
}
"""Section -> areas -> fields."""

_WRITE_RESTRICTED: Final[dict[str, tuple[str, ...]]] = {
    "ServiceSettings": (
        "SiteURL", "WebsocketURL", "LicenseFileLocation", "ListenAddress", "ConnectionSecurity", "TLSCertFile",
        "TLSKeyFile", "TLSMinVer", "TLSStrictTransport", "TLSStrictTransportMaxAge", "TLSOverwriteCiphers",
        "UseLetsEncrypt", "LetsEncryptCertificateCacheFile", "Forward80To443", "TrustedProxyIPHeader", "ReadTimeout",
        "WriteTimeout", "IdleTimeout", "MaximumLoginAttempts", "GoroutineHealthThreshold", "GoogleDeveloperKey",
        "EnableTesting", "EnableDeveloper", "EnableClientPerformanceDebugging", "EnableSecurityFixAlert",
        "EnableInsecureOutgoingConnections", "AllowedUntrustedInternalConnections", "AllowCorsFrom",
        "CorsExposedHeaders", "CorsAllowCredentials", "CorsDebug", "AllowCookiesForSubdomains",
        "ExtendSessionLengthWithActivity", "TerminateSessionsOnPasswordChange", "SessionLengthWebInDays",
        "SessionLengthWebInHours", "SessionLengthMobileInDays", "SessionLengthMobileInHours",
        "SessionLengthSSOInDays", "SessionLengthSSOInHours", "SessionCacheInMinutes", "SessionIdleTimeoutInMinutes",
        "WebsocketSecurePort", "WebsocketPort", "WebserverMode", "TimeBetweenUserTypingUpdatesMilliseconds",
        "EnableCrossTeamSearch", "EnablePostSearch", "EnableFileSearch", "MinimumHashtagLength",
        "EnableUserTypingMessages", "EnableChannelViewedMessages", "EnableUserStatuses",
        "ClusterLogTimeoutMilliseconds", "MinimumDesktopAppVersion", "ExperimentalStrictCSRFEnforcement",
        "AWSMeteringTimeoutSeconds", "SplitKey", "FeatureFlagSyncIntervalSeconds", "DebugSplit",
        "ManagedResourcePaths", "MaximumPayloadSizeBytes", "MaximumURLLength", "EnableWebHubChannelIteration",
        "FrameAncestors", "DeleteAccountLink",
    ),
    "ClientRequirements": ALL,
    "SqlSettings": ALL,
    "LogSettings": ALL,
    "ExperimentalAuditSettings": (
        "FileEnabled", "FileName",
    ),
    "FileSettings": (
        "DriverName", "Directory", "ExtractContent", "ArchiveRecursion", "AmazonS3AccessKeyId",
        "AmazonS3SecretAccessKey", "AmazonS3Bucket", "AmazonS3PathPrefix", "AmazonS3Region", "AmazonS3Endpoint",
        "AmazonS3SSL", "AmazonS3SignV2", "AmazonS3SSE", "AmazonS3Trace", "AmazonS3RequestTimeoutMilliseconds",
        "AmazonS3UploadPartSizeBytes", "AmazonS3StorageClass", "DedicatedExportStore", "ExportDriverName",
        "ExportDirectory", "ExportAmazonS3AccessKeyId", "ExportAmazonS3SecretAccessKey", "ExportAmazonS3Bucket",
        "ExportAmazonS3PathPrefix", "ExportAmazonS3Region", "ExportAmazonS3Endpoint", "ExportAmazonS3SSL",
        "ExportAmazonS3SignV2", "ExportAmazonS3SSE", "ExportAmazonS3Trace",
        "ExportAmazonS3RequestTimeoutMilliseconds", "ExportAmazonS3PresignExpiresSeconds",
        "ExportAmazonS3UploadPartSizeBytes", "ExportAmazonS3StorageClass",
    ),
    "EmailSettings": (
        "EnableSMTPAuth", "SMTPUsername", "SMTPPassword", "SMTPServer", "SMTPPort", "ConnectionSecurity",
        "SkipServerCertificateVerification",
    ),
    "RateLimitSettings": ALL,
    "SupportSettings": (
        "TermsOfServiceLink", "PrivacyPolicyLink", "AboutLink", "ReportAProblemLink", "ReportAProblemType",
        "ReportAProblemMail", "AllowDownloadLogs", "ForgotPasswordLink",
    ),
    "AnnouncementSettings": (
        "NoticesURL", "NoticesFetchFrequency", "NoticesSkipCache",
    ),
    "NativeAppSettings": ALL,
    "CacheSettings": ALL,
    "ClusterSettings": (
        "Enable", "ClusterName", "OverrideHostname", "NetworkInterface", "BindAddress", "AdvertiseAddress",
        "UseIPAddress", "EnableGossipCompression", "EnableGossipEncryption", "ReadOnlyConfig", "GossipPort",
    ),
    "MetricsSettings": ALL,
    "ExperimentalSettings": (
        "LinkMetadataTimeoutMilliseconds", "RestrictSystemAdmin",
    ),
    "AnalyticsSettings": ALL,
    "ElasticsearchSettings": (
        "ConnectionURL", "Backend", "Username", "Password", "EnableIndexing", "EnableSearching", "EnableCJKAnalyzers",
        "EnableAutocomplete", "Sniff", "PostIndexReplicas", "PostIndexShards", "ChannelIndexReplicas",
        "ChannelIndexShards", "UserIndexReplicas", "UserIndexShards", "AggregatePostsAfterDays",
        "PostsAggregatorJobStartTime", "IndexPrefix", "GlobalSearchPrefix", "LiveIndexingBatchSize", "BatchSize",
        "RequestTimeoutSeconds", "SkipTLSVerification", "CA", "ClientCert", "ClientKey", "Trace",
        "IgnoredPurgeIndexes", "EnableSearchPublicChannelsWithoutMembership",
    ),
    "JobSettings": ALL,
    "PluginSettings": (
        "Enable", "EnableUploads", "AllowInsecureDownloadURL", "EnableHealthCheck", "Directory", "ClientDirectory",
        "EnableMarketplace", "EnableRemoteMarketplace", "AutomaticPrepackagedPlugins", "RequirePluginSignature",
        "MarketplaceURL", "SignaturePublicKeyFiles", "ChimeraOAuthProxyURL",
    ),
    "CloudSettings": ALL,
    "AccessControlSettings": (
        "EnableUserManagedAttributes",
    ),
}
"""What nobody writes by the API while ExperimentalSettings.RestrictSystemAdmin is on."""
# fmt: on


@cache
def areas_of(section: str, field: str) -> tuple[str, ...]:
    """The areas in which the setting appears."""
    groups = _AREAS.get(section, {})
    named = next((areas for areas, fields in groups.items() if field in fields), None)
    if named is None:
        named = next((areas for areas, fields in groups.items() if fields is ALL), "")
    return tuple(named.split())


@cache
def is_write_restricted(section: str, field: str) -> bool:
    """Whether the setting is closed to the API under RestrictSystemAdmin."""
    fields = _WRITE_RESTRICTED.get(section, ())
    return fields is ALL or field in fields
