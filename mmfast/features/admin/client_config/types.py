"""Which settings clients read and under which names: tables, no code.

Values are told as text. `BEFORE_LOGIN` is told to everybody, `AFTER_LOGIN` is what sessions get besides. What is worked
out rather than copied stands in the service.
"""

from typing import Final

BEFORE_LOGIN: Final[dict[str, str]] = {
    "SupportSettings": """
        AboutLink AllowDownloadLogs EnableAskCommunityLink ForgotPasswordLink HelpLink PrivacyPolicyLink
        ReportAProblemLink ReportAProblemMail ReportAProblemType SupportEmail TermsOfServiceLink
    """,
    "NativeAppSettings": "AndroidAppDownloadLink AppDownloadLink IosAppDownloadLink MobileExternalBrowser",
    "ClientRequirements": "AndroidLatestVersion AndroidMinVersion IosLatestVersion IosMinVersion",
    "TeamSettings": """
        CustomBrandText CustomDescriptionText EnableCustomBrand EnableJoinLeaveMessageByDefault EnableOpenServer
        EnableUserCreation SiteName
    """,
    "LocalizationSettings": "DefaultClientLocale",
    "ServiceSettings": """
        EnableBotAccountCreation EnableCustomEmoji EnableDesktopLandingPage EnableMultifactorAuthentication
        EnableUserStatuses EnforceMultifactorAuthentication SiteURL WebsocketPort WebsocketSecurePort WebsocketURL
    """,
    "MetricsSettings": "EnableClientMetrics",
    "LogSettings": "EnableFile FileLevel",
    "GuestAccountsSettings": "EnableGuestMagicLink",
    "EmailSettings": "EnableSignInWithEmail EnableSignInWithUsername EnableSignUpWithEmail",
}
"""Section -> settings told under their own names."""

BEFORE_LOGIN_RENAMED: Final[dict[str, tuple[str, str]]] = {
    "EmailLoginButtonBorderColor": ("EmailSettings", "LoginButtonBorderColor"),
    "EmailLoginButtonColor": ("EmailSettings", "LoginButtonColor"),
    "EmailLoginButtonTextColor": ("EmailSettings", "LoginButtonTextColor"),
    "HasImageProxy": ("ImageProxySettings", "Enable"),
    "HideGuestTags": ("GuestAccountsSettings", "HideTags"),
    "PasswordEnableForgotLink": ("PasswordSettings", "EnableForgotLink"),
    "PasswordMinimumLength": ("PasswordSettings", "MinimumLength"),
    "PasswordRequireLowercase": ("PasswordSettings", "Lowercase"),
    "PasswordRequireNumber": ("PasswordSettings", "Number"),
    "PasswordRequireSymbol": ("PasswordSettings", "Symbol"),
    "PasswordRequireUppercase": ("PasswordSettings", "Uppercase"),
}

NOT_OFFERED_BEFORE_LOGIN: Final[dict[str, str]] = {
    "AppsPluginEnabled": "false",
    "BuildDate": "",
    "BuildEnterpriseReady": "",
    "BuildHash": "",
    "BuildHashEnterprise": "",
    "BuildNumber": "",
    "CWSURL": "",
    "DiagnosticsEnabled": "false",
    "EnableComplianceExport": "false",
    "EnableDiagnostics": "false",
    "EnableGuestAccounts": "false",
    "EnableLdap": "false",
    "EnableSaml": "false",
    "EnableSignUpWithGoogle": "false",
    "EnableSignUpWithOffice365": "false",
    "EnableSignUpWithOpenId": "false",
    "GuestAccountsEnforceMultifactorAuthentication": "false",
    "IsFipsEnabled": "false",
    "LdapLoginButtonBorderColor": "",
    "LdapLoginButtonColor": "",
    "LdapLoginButtonTextColor": "",
    "LdapLoginFieldName": "",
    "OpenIdButtonColor": "",
    "OpenIdButtonText": "",
    "PluginsEnabled": "false",
    "SamlLoginButtonBorderColor": "",
    "SamlLoginButtonColor": "",
    "SamlLoginButtonText": "",
    "SamlLoginButtonTextColor": "",
    "ServiceEnvironment": "production",
}
"""What this server does not do, or not yet: told as off or empty whatever the configuration says."""

AFTER_LOGIN: Final[dict[str, str]] = {
    "AnnouncementSettings": "EnableBanner BannerText",
    "ThemeSettings": "AllowCustomThemes AllowedThemes EnableThemeSelection",
    "ServiceSettings": """
        AllowPersistentNotifications AllowPersistentNotificationsForGuests AllowSyncedDrafts
        BurnOnReadDurationSeconds BurnOnReadMaximumTimeToLiveSeconds CollapsedThreads DeleteAccountLink
        EnableBurnOnRead EnableChannelViewedMessages EnableClientPerformanceDebugging EnableCommands
        EnableCrossTeamSearch EnableDeveloper EnableEmailInvitations EnableEmojiPicker
        EnableGifPicker EnableIncomingWebhooks EnableInlineLatex EnableLatex EnableLinkPreviews
        EnableOAuthServiceProvider EnableOnboardingFlow EnableOutgoingOAuthConnections EnableOutgoingWebhooks
        EnablePermalinkPreviews EnablePostIconOverride EnablePostUsernameOverride EnableSVGs EnableTesting
        EnableTutorial EnableUserAccessTokens EnableUserTypingMessages ExperimentalEnableAuthenticationTransfer
        ExperimentalEnableDefaultChannelLeaveJoinMessages ExperimentalGroupUnreadChannels
        ExtendSessionLengthWithActivity GiphySdkKey GoogleDeveloperKey ManagedResourcePaths MinimumHashtagLength
        PersistentNotificationIntervalMinutes PersistentNotificationMaxCount PersistentNotificationMaxRecipients
        PostEditTimeLimit PostPriority TimeBetweenUserTypingUpdatesMilliseconds UniqueEmojiReactionLimitPerPost
    """,
    "LocalizationSettings": "AvailableLocales EnableExperimentalLocales",
    "CloudSettings": "CWSURL",
    "ExperimentalSettings": """
        DelayChannelAutocomplete DisableAppBar DisableRefetchingOnBrowserFocus DisableWakeUpReconnectHandler
        ExperimentalChannelCategorySorting UsersStatusAndProfileFetchingPollIntervalMilliseconds
        YoutubeReferrerPolicy
    """,
    "EmailSettings": """
        EmailNotificationContentsType EnableEmailBatching EnablePreviewModeBanner RequireEmailVerification
        SendEmailNotifications SendPushNotifications
    """,
    "AccessControlSettings": "EnableAttributeBasedAccessControl EnableUserManagedAttributes",
    "TeamSettings": """
        EnableConfirmNotificationsToChannel EnableCustomUserStatuses EnableLastActiveTime EnableUserDeactivation
        ExperimentalEnableAutomaticReplies ExperimentalPrimaryTeam LockTeammateNameDisplay
        MaxNotificationsPerChannel RestrictDirectMessage TeammateNameDisplay
    """,
    "FileSettings": "EnableFileAttachments EnablePublicLink MaxFileSize",
    "PluginSettings": "EnableMarketplace",
    "DisplaySettings": "MaxMarkdownNodes",
    "JobSettings": "RunJobs",
    "PrivacySettings": "ShowEmailAddress ShowFullName UseAnonymousURLs",
}
"""As BEFORE_LOGIN."""

AFTER_LOGIN_RENAMED: Final[dict[str, tuple[str, str]]] = {
    "CustomUrlSchemes": ("DisplaySettings", "CustomURLSchemes"),
    "EnableMobileFileDownload": ("FileSettings", "EnableMobileDownload"),
    "EnableMobileFileUpload": ("FileSettings", "EnableMobileUpload"),
    "SQLDriverName": ("SqlSettings", "DriverName"),
    "WranglerAllowedEmailDomain": ("WranglerSettings", "AllowedEmailDomain"),
    "WranglerMoveThreadFromDirectMessageChannelEnable": (
        "WranglerSettings",
        "MoveThreadFromDirectMessageChannelEnable",
    ),
    "WranglerMoveThreadFromGroupMessageChannelEnable": ("WranglerSettings", "MoveThreadFromGroupMessageChannelEnable"),
    "WranglerMoveThreadFromPrivateChannelEnable": ("WranglerSettings", "MoveThreadFromPrivateChannelEnable"),
    "WranglerMoveThreadMaxCount": ("WranglerSettings", "MoveThreadMaxCount"),
    "WranglerMoveThreadToAnotherTeamEnable": ("WranglerSettings", "MoveThreadToAnotherTeamEnable"),
    "WranglerPermittedWranglerRoles": ("WranglerSettings", "PermittedWranglerRoles"),
}

AFTER_LOGIN_FIXED: Final[dict[str, str]] = {
    "CWSMock": "",
    "DataRetentionEnableFileDeletion": "false",
    "DataRetentionEnableMessageDeletion": "false",
    "DataRetentionFileRetentionHours": "0",
    "DataRetentionMessageRetentionHours": "0",
    "EnableCluster": "false",
    "EnableCompliance": "false",
    "EnableCustomGroups": "false",
    "EnableMetrics": "false",
    "ExperimentalEnablePostMetadata": "true",
    "ExperimentalSharedChannels": "false",
    "ExperimentalTimezone": "true",
    "FeatureFlagExperimentalCrossTeamSearch": "true",
    "LdapFirstNameAttributeSet": "false",
    "LdapLastNameAttributeSet": "false",
    "LdapNicknameAttributeSet": "false",
    "LdapPictureAttributeSet": "false",
    "LdapPositionAttributeSet": "false",
    "MaxPostSize": "16383",  # the column's 65,535 bytes hold this many characters of four bytes
    "SamlFirstNameAttributeSet": "false",
    "SamlLastNameAttributeSet": "false",
    "SamlNicknameAttributeSet": "false",
    "SamlPositionAttributeSet": "false",
    "UpgradedFromTE": "false",
}
"""What never differs: features not offered, and switches of old versions that clients still ask for."""
