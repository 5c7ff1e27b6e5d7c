"""Feature flags: switches of the reference release, reported to clients and never written to `config.json`.

They change by environment only (`MM_FEATUREFLAGS_<NAME>`).
"""

from __future__ import annotations

from msgspec import Struct


class FeatureFlags(Struct, kw_only=True):
    """Every flag with the state it has in the reference release."""

    AppsEnabled: bool = False
    AttributeBasedAccessControl: bool = True
    AutoTranslation: bool = True
    BurnOnRead: bool = True
    CJKSearch: bool = False
    ChannelBookmarks: bool = True
    CloudAnnualRenewals: bool = False
    CloudDedicatedExportUI: bool = False
    CloudIPFiltering: bool = False
    ConsumePostHook: bool = False
    ContentFlagging: bool = True
    CustomProfileAttributes: bool = True
    DeprecateCloudFree: bool = False
    EnableAIPluginBridge: bool = False
    EnableAIRecaps: bool = False
    EnableExportDirectDownload: bool = False
    EnableMattermostEntry: bool = True
    EnableRemoteClusterService: bool = False
    EnableSharedChannelsDMs: bool = False
    EnableSharedChannelsMemberSync: bool = False
    EnableSharedChannelsPlugins: bool = True
    EnableSyncAllUsersForRemoteCluster: bool = False
    ExperimentalAuditSettingsSystemConsoleUI: bool = True
    InteractiveDialogAppsForm: bool = True
    MobileSSOCodeExchange: bool = False
    MoveThreadsEnabled: bool = False
    NormalizeLdapDNs: bool = False
    NotificationMonitoring: bool = True
    OnboardingTourTips: bool = True
    PermalinkPreviews: bool = False
    StreamlinedMarketplace: bool = True
    TestBoolFeature: bool = False
    TestFeature: str = "off"
    WebSocketEventScope: bool = True
    WysiwygEditor: bool = False
