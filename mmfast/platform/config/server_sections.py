"""Settings of the machinery: listener, database, files, logs, limits, cache, cluster, metrics, jobs.

One Struct a section; the fields are the keys of `config.json` with their defaults. Facts only: what a value
may be is in validation.py, who may read or write it in access.py.
"""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, Struct, UnsetType, field


class ServiceSettings(Struct, kw_only=True):
    """The web server, sessions, integrations and what users may do with posts."""

    SiteURL: str = ""
    WebsocketURL: str = ""
    LicenseFileLocation: str = ""
    ListenAddress: str = ":8065"
    ConnectionSecurity: str = ""
    TLSCertFile: str = ""
    TLSKeyFile: str = ""
    TLSMinVer: str = "1.2"
    TLSStrictTransport: bool = False
    TLSStrictTransportMaxAge: int = 63072000
    TLSOverwriteCiphers: list[str] = []
    UseLetsEncrypt: bool = False
    LetsEncryptCertificateCacheFile: str = "./config/letsencrypt.cache"
    Forward80To443: bool = False
    TrustedProxyIPHeader: list[str] = []
    ReadTimeout: int = 300
    WriteTimeout: int = 300
    IdleTimeout: int = 60
    MaximumLoginAttempts: int = 10
    GoroutineHealthThreshold: int = -1
    EnableOAuthServiceProvider: bool = True
    EnableDynamicClientRegistration: bool = False
    DCRRedirectURIAllowlist: list[str] = []
    EnableIncomingWebhooks: bool = True
    EnableOutgoingWebhooks: bool = True
    EnableOutgoingOAuthConnections: bool = False
    EnableCommands: bool = True
    OutgoingIntegrationRequestsTimeout: int = 30
    EnablePostUsernameOverride: bool = False
    EnablePostIconOverride: bool = False
    GoogleDeveloperKey: str = ""
    EnableLinkPreviews: bool = True
    EnablePermalinkPreviews: bool = True
    RestrictLinkPreviews: str = ""
    EnableTesting: bool = False
    EnableDeveloper: bool = False
    DeveloperFlags: str = ""
    EnableClientPerformanceDebugging: bool = False
    EnableSecurityFixAlert: bool = True
    EnableInsecureOutgoingConnections: bool = False
    AllowedUntrustedInternalConnections: str = ""
    EnableMultifactorAuthentication: bool = False
    EnforceMultifactorAuthentication: bool = False
    EnableUserAccessTokens: bool = False
    AllowCorsFrom: str = ""
    CorsExposedHeaders: str = ""
    CorsAllowCredentials: bool = False
    CorsDebug: bool = False
    AllowCookiesForSubdomains: bool = False
    ExtendSessionLengthWithActivity: bool = False
    TerminateSessionsOnPasswordChange: bool = False
    SessionLengthWebInDays: int = 180
    SessionLengthWebInHours: int = 4320
    SessionLengthMobileInDays: int = 180
    SessionLengthMobileInHours: int = 4320
    SessionLengthSSOInDays: int = 30
    SessionLengthSSOInHours: int = 720
    SessionCacheInMinutes: int = 10
    SessionIdleTimeoutInMinutes: int = 43200
    WebsocketSecurePort: int = 443
    WebsocketPort: int = 80
    WebserverMode: str = "gzip"
    EnableGifPicker: bool = True
    GiphySdkKey: str = ""
    EnableCustomEmoji: bool = True
    EnableEmojiPicker: bool = True
    PostEditTimeLimit: int = -1
    TimeBetweenUserTypingUpdatesMilliseconds: int = 5000
    EnableCrossTeamSearch: bool = True
    EnablePostSearch: bool = True
    EnableFileSearch: bool = True
    MinimumHashtagLength: int = 3
    EnableUserTypingMessages: bool = True
    EnableChannelViewedMessages: bool = True
    EnableUserStatuses: bool = True
    ExperimentalEnableAuthenticationTransfer: bool = True
    ClusterLogTimeoutMilliseconds: int = 2000
    EnableTutorial: bool = True
    EnableOnboardingFlow: bool = True
    ExperimentalEnableDefaultChannelLeaveJoinMessages: bool = True
    ExperimentalGroupUnreadChannels: str = "disabled"
    EnableAPITeamDeletion: bool = False
    EnableAPITriggerAdminNotifications: bool = False
    EnableAPIUserDeletion: bool = False
    EnableAPIPostDeletion: bool = False
    EnableDesktopLandingPage: bool = True
    MinimumDesktopAppVersion: str = ""
    ExperimentalEnableHardenedMode: bool = False
    ExperimentalStrictCSRFEnforcement: bool = False
    EnableEmailInvitations: bool = True
    DisableBotsWhenOwnerIsDeactivated: bool = True
    EnableBotAccountCreation: bool = False
    EnableSVGs: bool = True
    EnableLatex: bool = True
    EnableInlineLatex: bool = True
    PostPriority: bool = True
    AllowPersistentNotifications: bool = True
    AllowPersistentNotificationsForGuests: bool = False
    PersistentNotificationIntervalMinutes: int = 5
    PersistentNotificationMaxCount: int = 6
    PersistentNotificationMaxRecipients: int = 5
    EnableBurnOnRead: bool = True
    BurnOnReadDurationSeconds: int = 600
    BurnOnReadMaximumTimeToLiveSeconds: int = 604800
    BurnOnReadSchedulerFrequencySeconds: int = 600
    EnableAPIChannelDeletion: bool = False
    EnableLocalMode: bool = False
    LocalModeSocketLocation: str = "/var/tmp/mattermost_local.socket"
    EnableAWSMetering: bool = False
    AWSMeteringTimeoutSeconds: int = 30
    SplitKey: str = ""
    FeatureFlagSyncIntervalSeconds: int = 30
    DebugSplit: bool = False
    ThreadAutoFollow: bool = True
    CollapsedThreads: str = "always_on"
    ManagedResourcePaths: str = ""
    EnableCustomGroups: bool = True
    AllowSyncedDrafts: bool = True
    UniqueEmojiReactionLimitPerPost: int = 50
    RefreshPostStatsRunTime: str = "00:00"
    MaximumPayloadSizeBytes: int = 300000
    MaximumURLLength: int = 2048
    ScheduledPosts: bool = True
    EnableWebHubChannelIteration: bool = False
    FrameAncestors: str = ""
    DeleteAccountLink: str = ""


class ReplicaLagSettings(Struct, kw_only=True):
    """Queries that tell how far one replica is behind."""

    DataSource: str = ""
    QueryAbsoluteLag: str = ""
    QueryTimeLag: str = ""


class SqlSettings(Struct, kw_only=True):
    """The PostgreSQL database; an empty DataSource asks for the embedded one."""

    DriverName: str = "postgres"
    DataSource: str = ""
    DataSourceReplicas: list[str] = []
    DataSourceSearchReplicas: list[str] = []
    MaxIdleConns: int = 50
    ConnMaxLifetimeMilliseconds: int = 3600000
    ConnMaxIdleTimeMilliseconds: int = 300000
    MaxOpenConns: int = 100
    Trace: bool = False
    AtRestEncryptKey: str = ""
    QueryTimeout: int = 30
    DisableDatabaseSearch: bool = False
    MigrationsStatementTimeoutSeconds: int = 100000
    ReplicaLagSettings: list[ReplicaLagSettings] = []
    ReplicaMonitorIntervalSeconds: int = 5


class LogSettings(Struct, kw_only=True):
    """Where logs go and how much of them."""

    EnableConsole: bool = True
    ConsoleLevel: str = "DEBUG"
    ConsoleJson: bool = True
    EnableColor: bool = False
    EnableFile: bool = True
    FileLevel: str = "INFO"
    FileJson: bool = True
    FileLocation: str = ""
    EnableWebhookDebugging: bool = True
    EnableDiagnostics: bool = True
    EnableSentry: bool = True
    AdvancedLoggingJSON: Any = field(default_factory=dict)
    MaxFieldSize: int = 2048


class ExperimentalAuditSettings(Struct, kw_only=True):
    """The audit log."""

    FileEnabled: bool = False
    FileName: str = ""
    AdvancedLoggingJSON: Any = field(default_factory=dict)
    Certificate: str = ""


class FileSettings(Struct, kw_only=True):
    """Uploaded files: limits and where they are stored."""

    EnableFileAttachments: bool = True
    EnableMobileUpload: bool = True
    EnableMobileDownload: bool = True
    MaxFileSize: int = 104857600
    MaxImageResolution: int = 33177600
    MaxImageDecoderConcurrency: int = -1
    DriverName: str = "local"
    Directory: str = "./data/"
    EnablePublicLink: bool = False
    ExtractContent: bool = True
    ArchiveRecursion: bool = False
    PublicLinkSalt: str = ""
    InitialFont: str = "nunito-bold.ttf"
    AmazonS3AccessKeyId: str = ""
    AmazonS3SecretAccessKey: str = ""
    AmazonS3Bucket: str = ""
    AmazonS3PathPrefix: str = ""
    AmazonS3Region: str = ""
    AmazonS3Endpoint: str = "s3.amazonaws.com"
    AmazonS3SSL: bool = True
    AmazonS3SignV2: bool = False
    AmazonS3SSE: bool = False
    AmazonS3Trace: bool = False
    AmazonS3RequestTimeoutMilliseconds: int = 30000
    AmazonS3UploadPartSizeBytes: int = 5242880
    AmazonS3StorageClass: str = ""
    DedicatedExportStore: bool = False
    ExportDriverName: str = "local"
    ExportDirectory: str = "./data/"
    ExportAmazonS3AccessKeyId: str = ""
    ExportAmazonS3SecretAccessKey: str = ""
    ExportAmazonS3Bucket: str = ""
    ExportAmazonS3PathPrefix: str = ""
    ExportAmazonS3Region: str = ""
    ExportAmazonS3Endpoint: str = "s3.amazonaws.com"
    ExportAmazonS3SSL: bool = True
    ExportAmazonS3SignV2: bool = False
    ExportAmazonS3SSE: bool = False
    ExportAmazonS3Trace: bool = False
    ExportAmazonS3RequestTimeoutMilliseconds: int = 30000
    ExportAmazonS3PresignExpiresSeconds: int = 21600
    ExportAmazonS3UploadPartSizeBytes: int = 104857600
    ExportAmazonS3StorageClass: str = ""


class RateLimitSettings(Struct, kw_only=True):
    """How many requests one caller may make."""

    Enable: bool = False
    PerSec: int = 10
    MaxBurst: int = 100
    MemoryStoreSize: int = 10000
    VaryByRemoteAddr: bool = True
    VaryByUser: bool = False
    VaryByHeader: str = ""


class CacheSettings(Struct, kw_only=True):
    """In-process or Redis cache."""

    CacheType: str = "lru"
    RedisAddress: str = ""
    RedisPassword: str = ""
    RedisDB: int = -1
    RedisCachePrefix: str = ""
    DisableClientCache: bool = False


class ClusterSettings(Struct, kw_only=True):
    """Several machines that serve one site."""

    Enable: bool = False
    ClusterName: str = ""
    OverrideHostname: str = ""
    NetworkInterface: str = ""
    BindAddress: str = ""
    AdvertiseAddress: str = ""
    UseIPAddress: bool = True
    EnableGossipCompression: bool = True
    EnableGossipEncryption: bool = True
    ReadOnlyConfig: bool = True
    GossipPort: int = 8074
    EnableExperimentalGossipEncryption: bool | UnsetType = UNSET  # no longer used; kept where a file has it


class MetricsSettings(Struct, kw_only=True):
    """The Prometheus listener."""

    Enable: bool = False
    BlockProfileRate: int = 0
    ListenAddress: str = ":8067"
    EnableClientMetrics: bool = True
    EnableNotificationMetrics: bool = True
    ClientSideUserIds: list[str] = []


class JobSettings(Struct, kw_only=True):
    """Whether this server runs jobs, and how long finished ones are kept."""

    RunJobs: bool = True
    RunScheduler: bool = True
    CleanupJobsThresholdDays: int = -1
    CleanupConfigThresholdDays: int = -1


class ImageProxySettings(Struct, kw_only=True):
    """Fetching linked images on the users' behalf."""

    Enable: bool = False
    ImageProxyType: str = "local"
    RemoteImageProxyURL: str = ""
    RemoteImageProxyOptions: str = ""


class ImportSettings(Struct, kw_only=True):
    """Where import files lie and how long."""

    Directory: str = "./import"
    RetentionDays: int = 30


class ExportSettings(Struct, kw_only=True):
    """Where export files lie and how long."""

    Directory: str = "./export"
    RetentionDays: int = 30


class ElasticsearchSettings(Struct, kw_only=True):
    """An external search engine."""

    ConnectionURL: str = "http://localhost:9200"
    Backend: str = "elasticsearch"
    Username: str = "elastic"
    Password: str = "changeme"
    EnableIndexing: bool = False
    EnableSearching: bool = False
    EnableCJKAnalyzers: bool = False
    EnableAutocomplete: bool = False
    Sniff: bool = True
    PostIndexReplicas: int = 1
    PostIndexShards: int = 1
    ChannelIndexReplicas: int = 1
    ChannelIndexShards: int = 1
    UserIndexReplicas: int = 1
    UserIndexShards: int = 1
    AggregatePostsAfterDays: int = 365
    PostsAggregatorJobStartTime: str = "03:00"
    IndexPrefix: str = ""
    GlobalSearchPrefix: str = ""
    LiveIndexingBatchSize: int = 10
    BatchSize: int = 10000
    RequestTimeoutSeconds: int = 30
    SkipTLSVerification: bool = False
    CA: str = ""
    ClientCert: str = ""
    ClientKey: str = ""
    Trace: str = ""
    IgnoredPurgeIndexes: str = ""
    EnableSearchPublicChannelsWithoutMembership: bool = False
    BulkIndexingTimeWindowSeconds: int | UnsetType = UNSET  # no longer used; kept where a file has it


class CloudSettings(Struct, kw_only=True):
    """Addresses of the vendor's cloud; unused here, kept for round trips."""

    CWSURL: str = "https://customers.mattermost.com"
    CWSAPIURL: str = "https://portal.internal.prod.cloud.mattermost.com"
    CWSMock: bool = False
    Disable: bool = False
    PreviewModalBucketURL: str = ""
