"""Settings of the site as its users see it, of mail, of compliance and of the optional features.

One Struct a section; the fields are the keys of `config.json` with their defaults. Facts only: what a value
may be is in validation.py, who may read or write it in access.py.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field


class ClientRequirements(Struct, kw_only=True):
    """Versions that mobile clients must have."""

    AndroidLatestVersion: str = ""
    AndroidMinVersion: str = ""
    IosLatestVersion: str = ""
    IosMinVersion: str = ""


class EmailSettings(Struct, kw_only=True):
    """Mail, sign-in by mail and push notifications."""

    EnableSignUpWithEmail: bool = True
    EnableSignInWithEmail: bool = True
    EnableSignInWithUsername: bool = True
    SendEmailNotifications: bool = True
    UseChannelInEmailNotifications: bool = False
    RequireEmailVerification: bool = False
    FeedbackName: str = ""
    FeedbackEmail: str = "test@example.com"
    ReplyToAddress: str = "test@example.com"
    FeedbackOrganization: str = ""
    EnableSMTPAuth: bool = False
    SMTPUsername: str = ""
    SMTPPassword: str = ""
    SMTPServer: str = "localhost"
    SMTPPort: str = "10025"
    SMTPServerTimeout: int = 10
    ConnectionSecurity: str = ""
    SendPushNotifications: bool = False
    PushNotificationServer: str = ""
    PushNotificationContents: str = "full"
    PushNotificationBuffer: int = 1000
    EnableEmailBatching: bool = False
    EmailBatchingBufferSize: int = 256
    EmailBatchingInterval: int = 30
    EnablePreviewModeBanner: bool = True
    SkipServerCertificateVerification: bool = False
    EmailNotificationContentsType: str = "full"
    LoginButtonColor: str = "#0000"
    LoginButtonBorderColor: str = "#2389D7"
    LoginButtonTextColor: str = "#2389D7"


class SupportSettings(Struct, kw_only=True):
    """Links and terms shown to users."""

    TermsOfServiceLink: str = "https://mattermost.com/pl/terms-of-use/"
    PrivacyPolicyLink: str = "https://mattermost.com/pl/privacy-policy/"
    AboutLink: str = "https://mattermost.com/pl/about-mattermost"
    HelpLink: str = "https://mattermost.com/pl/help/"
    ReportAProblemLink: str = "https://mattermost.com/pl/report-a-bug"
    ReportAProblemType: str = "default"
    ReportAProblemMail: str = ""
    AllowDownloadLogs: bool = True
    ForgotPasswordLink: str = ""
    SupportEmail: str = ""
    CustomTermsOfServiceEnabled: bool = False
    CustomTermsOfServiceReAcceptancePeriod: int = 365
    EnableAskCommunityLink: bool = True


class AnnouncementSettings(Struct, kw_only=True):
    """The banner and product notices."""

    EnableBanner: bool = False
    BannerText: str = ""
    BannerColor: str = "#f2a93b"
    BannerTextColor: str = "#333333"
    AllowBannerDismissal: bool = True
    AdminNoticesEnabled: bool = True
    UserNoticesEnabled: bool = True
    NoticesURL: str = "https://notices.mattermost.com/"
    NoticesFetchFrequency: int = 3600
    NoticesSkipCache: bool = False


class ThemeSettings(Struct, kw_only=True):
    """Themes that users may choose."""

    EnableThemeSelection: bool = True
    DefaultTheme: str = "default"
    AllowCustomThemes: bool = True
    AllowedThemes: list[str] = []


class ComplianceSettings(Struct, kw_only=True):
    """Compliance reports."""

    Enable: bool = False
    Directory: str = "./data/"
    EnableDaily: bool = False
    BatchSize: int = 30000


class LocalizationSettings(Struct, kw_only=True):
    """Languages."""

    DefaultServerLocale: str = "en"
    DefaultClientLocale: str = "en"
    AvailableLocales: str = ""
    EnableExperimentalLocales: bool = False


class NativeAppSettings(Struct, kw_only=True):
    """Links to and rules for the native apps."""

    AppCustomURLSchemes: list[str] = field(default_factory=lambda: ["mmauth://", "mmauthbeta://"])
    AppDownloadLink: str = "https://mattermost.com/pl/download-apps"
    AndroidAppDownloadLink: str = "https://mattermost.com/pl/android-app/"
    IosAppDownloadLink: str = "https://mattermost.com/pl/ios-app/"
    MobileExternalBrowser: bool = False
    MobileEnableBiometrics: bool = False
    MobilePreventScreenCapture: bool = False
    MobileJailbreakProtection: bool = False
    MobileEnableSecureFilePreview: bool = False
    MobileAllowPdfLinkNavigation: bool = False
    EnableIntuneMAM: bool = False


class ExperimentalSettings(Struct, kw_only=True):
    """Settings not yet settled."""

    ClientSideCertEnable: bool = False
    LinkMetadataTimeoutMilliseconds: int = 5000
    RestrictSystemAdmin: bool = False
    EnableSharedChannels: bool = False
    EnableRemoteClusterService: bool = False
    DisableAppBar: bool = False
    DisableRefetchingOnBrowserFocus: bool = False
    DelayChannelAutocomplete: bool = False
    DisableWakeUpReconnectHandler: bool = False
    UsersStatusAndProfileFetchingPollIntervalMilliseconds: int = 3000
    YoutubeReferrerPolicy: bool = False
    ExperimentalChannelCategorySorting: bool = False


class AnalyticsSettings(Struct, kw_only=True):
    """Up to which size statistics are computed in full."""

    MaxUsersForStatistics: int = 2500


class DataRetentionSettings(Struct, kw_only=True):
    """When messages and files are deleted."""

    EnableMessageDeletion: bool = False
    EnableFileDeletion: bool = False
    EnableBoardsDeletion: bool = False
    MessageRetentionDays: int = 365
    MessageRetentionHours: int = 0
    FileRetentionDays: int = 365
    FileRetentionHours: int = 0
    BoardsRetentionDays: int = 365
    DeletionJobStartTime: str = "02:00"
    BatchSize: int = 3000
    TimeBetweenBatchesMilliseconds: int = 100
    RetentionIdsBatchSize: int = 100
    PreservePinnedPosts: bool = False


class GlobalRelaySettings(Struct, kw_only=True):
    """The mail gateway of the Global Relay archive."""

    CustomerType: str = "A9"
    SMTPUsername: str = ""
    SMTPPassword: str = ""
    EmailAddress: str = ""
    SMTPServerTimeout: int = 1800
    CustomSMTPServerName: str = ""
    CustomSMTPPort: str = "25"


class MessageExportSettings(Struct, kw_only=True):
    """Export of messages for compliance."""

    EnableExport: bool = False
    ExportFormat: str = "actiance"
    DailyRunTime: str = "01:00"
    ExportFromTimestamp: int = 0
    BatchSize: int = 10000
    DownloadExportResults: bool = False
    ChannelBatchSize: int = 100
    ChannelHistoryBatchSize: int = 10
    GlobalRelaySettings: GlobalRelaySettings = field(default_factory=GlobalRelaySettings)


class PluginState(Struct, kw_only=True):
    """Whether one plugin is switched on."""

    Enable: bool = False


def _preinstalled_plugins() -> dict[str, PluginState]:
    names = ("com.mattermost.calls", "com.mattermost.nps", "mattermost-ai", "playbooks")
    return {name: PluginState(Enable=True) for name in names}


class PluginSettings(Struct, kw_only=True):
    """Server plugins."""

    Enable: bool = True
    EnableUploads: bool = False
    AllowInsecureDownloadURL: bool = False
    EnableHealthCheck: bool = True
    Directory: str = "./plugins"
    ClientDirectory: str = "./client/plugins"
    Plugins: dict[str, dict[str, Any]] = field(default_factory=dict)
    PluginStates: dict[str, PluginState] = field(default_factory=_preinstalled_plugins)
    EnableMarketplace: bool = True
    EnableRemoteMarketplace: bool = True
    AutomaticPrepackagedPlugins: bool = True
    RequirePluginSignature: bool = False
    MarketplaceURL: str = "https://api.integrations.mattermost.com"
    SignaturePublicKeyFiles: list[str] = []
    ChimeraOAuthProxyURL: str = ""


class DisplaySettings(Struct, kw_only=True):
    """How the client renders messages."""

    CustomURLSchemes: list[str] = []
    MaxMarkdownNodes: int = 0


class WranglerSettings(Struct, kw_only=True):
    """Moving threads between channels."""

    PermittedWranglerRoles: list[str] = []
    AllowedEmailDomain: list[str] = []
    MoveThreadMaxCount: int = 100
    MoveThreadToAnotherTeamEnable: bool = False
    MoveThreadFromPrivateChannelEnable: bool = False
    MoveThreadFromDirectMessageChannelEnable: bool = False
    MoveThreadFromGroupMessageChannelEnable: bool = False


class ConnectedWorkspacesSettings(Struct, kw_only=True):
    """Channels shared with other servers."""

    EnableSharedChannels: bool = False
    EnableRemoteClusterService: bool = False
    DisableSharedChannelsStatusSync: bool = False
    SyncUsersOnConnectionOpen: bool = False
    GlobalUserSyncBatchSize: int = 25
    MaxPostsPerSync: int = 50
    MemberSyncBatchSize: int = 20


def _flagging_targets() -> dict[str, list[str]]:
    return {
        "assigned": ["reviewers"],
        "dismissed": ["reviewers", "reporter"],
        "flagged": ["reviewers"],
        "removed": ["reviewers", "author", "reporter"],
    }


class FlaggingNotificationSettings(Struct, kw_only=True):
    """Who is told about each step of a report."""

    EventTargetMapping: dict[str, list[str]] = field(default_factory=_flagging_targets)


class FlaggingAdditionalSettings(Struct, kw_only=True):
    """Reasons and duties of a report."""

    Reasons: list[str] = field(
        default_factory=lambda: [
            "Classification mismatch",
            "Need-to-know violation",
            "Personally identifiable information (PII) exposure",
            "Operational security (OPSEC) concern",
            "Controlled Unclassified Information (CUI) violation",
            "Unauthorized disclosure",
            "Other",
        ]
    )
    ReporterCommentRequired: bool = True
    ReviewerCommentRequired: bool = True
    HideFlaggedContent: bool = True


class FlaggingReviewerSettings(Struct, kw_only=True):
    """Who reviews reports."""

    CommonReviewers: bool = True
    SystemAdminsAsReviewers: bool = False
    TeamAdminsAsReviewers: bool = True


class ContentFlaggingSettings(Struct, kw_only=True):
    """Reporting and reviewing of messages."""

    EnableContentFlagging: bool = False
    NotificationSettings: FlaggingNotificationSettings = field(default_factory=FlaggingNotificationSettings)
    AdditionalSettings: FlaggingAdditionalSettings = field(default_factory=FlaggingAdditionalSettings)
    ReviewerSettings: FlaggingReviewerSettings = field(default_factory=FlaggingReviewerSettings)


class LibreTranslateSettings(Struct, kw_only=True):
    """A LibreTranslate server."""

    URL: str = ""
    APIKey: str = ""


class TranslationAgentsSettings(Struct, kw_only=True):
    """Translation through a language model service."""

    LLMServiceID: str = ""


class AutoTranslationSettings(Struct, kw_only=True):
    """Machine translation of messages."""

    Enable: bool = False
    RestrictDMAndGM: bool = False
    Provider: str = ""
    TargetLanguages: list[str] = field(default_factory=lambda: ["en"])
    Workers: int = 6
    TimeoutMs: int = 5000
    LibreTranslate: LibreTranslateSettings = field(default_factory=LibreTranslateSettings)
    Agents: TranslationAgentsSettings = field(default_factory=TranslationAgentsSettings)
