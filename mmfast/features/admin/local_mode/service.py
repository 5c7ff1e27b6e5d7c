"""Chooses the operations of the local socket: those that administer, and need nobody's account.

Left out is what a person does in person (reading news, typing, drafts, statuses of one's own, signing in), for over the
socket nobody is signed in. A new operation is not served there until it is named here.
"""

from collections.abc import Mapping
from typing import Final

from mmfast.api.context import App, Context
from mmfast.api.dispatch import Dispatcher
from mmfast.api.errors import NOT_FOUND
from mmfast.api.operation import LOCAL_OPERATIONS, Operation
from mmfast.api.responses import Response
from mmfast.api.router import Router, load_operations
from mmfast.features.identity.sessions.types import LOCAL_CALLER, Session

SERVED: Final[Mapping[str, str]] = {
    "users": """CreateUser GetUsers GetUser GetUserByUsername GetUserByEmail GetUsersByIds GetUsersByUsernames
        SearchUsers UpdateUser PatchUser DeleteUser UpdateUserActive UpdateUserRoles UpdateUserPassword UpdateUserMfa
        UpdateUserAuth SendPasswordResetEmail VerifyUserEmailWithoutToken ConvertUserToBot DemoteUserToGuest
        PromoteGuestToUser resetPasswordFailedAttempts GetUserAudits GetTotalUsersStats GetTotalUsersStatsFiltered
        GetUsersWithInvalidEmails GetTeamsForUser GetTeamMembersForUser GetChannelsForUser GetChannelsForTeamForUser
        GetUploadsForUser GetPreferences GetPreferencesByCategory GetPreferencesByCategoryByName UpdatePreferences
        DeletePreferences MigrateAuthToLdap MigrateAuthToSaml SetProfileImage SetDefaultProfileImage""",
    "sessions and tokens": """GetSessions RevokeSession RevokeAllSessions RevokeSessionsFromAllUsers
        CreateUserAccessToken GetUserAccessToken GetUserAccessTokens GetUserAccessTokensForUser SearchUserAccessTokens
        RevokeUserAccessToken DisableUserAccessToken EnableUserAccessToken""",
    "bots": "CreateBot GetBots GetBot PatchBot DisableBot EnableBot AssignBot ConvertBotToUser",
    "teams": """CreateTeam GetAllTeams GetTeam GetTeamByName TeamExists SearchTeams UpdateTeam PatchTeam
        UpdateTeamPrivacy SoftDeleteTeam RestoreTeam RegenerateTeamInviteId UpdateTeamScheme GetTeamStats
        GetTeamMembers GetTeamMembersByIds GetTeamMember AddTeamMember AddTeamMembers RemoveTeamMember
        UpdateTeamMemberRoles UpdateTeamMemberSchemeRoles InviteUsersToTeam InvalidateEmailInvites SetTeamIcon
        RemoveTeamIcon""",
    "channels": """CreateChannel GetAllChannels GetChannel GetChannelByName GetChannelByNameForTeamName
        SearchAllChannels SearchChannels GetPublicChannelsForTeam GetPrivateChannelsForTeam GetDeletedChannelsForTeam
        GetPublicChannelsByIdsForTeam UpdateChannel PatchChannel UpdateChannelPrivacy DeleteChannel RestoreChannel
        MoveChannel UpdateChannelScheme GetChannelModerations PatchChannelModerations GetChannelStats
        GetChannelMembers GetChannelMembersByIds GetChannelMember AddChannelMember RemoveUserFromChannel
        UpdateChannelRoles UpdateChannelMemberSchemeRoles""",
    "posts": "GetPostsForChannel GetPost GetPostThread DeletePost PatchPost GetFileInfosForPost GetPostsForReporting",
    "groups": """GetGroups GetGroup GetGroupsByChannel GetGroupsByTeam GetGroupsByUserId GetGroupSyncables
        GetGroupSyncable LinkGroupSyncable UnlinkGroupSyncable PatchGroupSyncable GetGroupStats GetGroupUsers""",
    "roles and schemes": """GetAllRoles GetRole GetRoleByName GetRolesByNames PatchRole GetAncillaryPermissionsPost
        GetSchemes GetScheme CreateScheme PatchScheme DeleteScheme GetTeamsForScheme GetChannelsForScheme""",
    "integrations": """CreateIncomingWebhook GetIncomingWebhooks GetIncomingWebhook UpdateIncomingWebhook
        DeleteIncomingWebhook CreateOutgoingWebhook GetOutgoingWebhooks GetOutgoingWebhook UpdateOutgoingWebhook
        DeleteOutgoingWebhook RegenOutgoingHookToken CreateCommand ListCommands GetCommandById UpdateCommand
        MoveCommand DeleteCommand RegenCommandToken GetOAuthApps GetOAuthApp GetOAuthAppInfo DeleteOAuthApp""",
    "plugins": """GetPlugins GetPluginStatuses UploadPlugin InstallPluginFromUrl RemovePlugin EnablePlugin DisablePlugin
        GetMarketplacePlugins InstallMarketplacePlugin""",
    "configuration": """GetConfig UpdateConfig PatchConfig ReloadConfig GetClientConfig GetEnvironmentConfig
        GetClientLicense UploadLicenseFile RemoveLicenseFile GetLicenseLoadMetric""",
    "server": """GetPing GetLogs QueryLogs DownloadSystemLogs PostLog GetAudits InvalidateCaches DatabaseRecycle
        GetAppliedSchemaMigrations RestartServer GenerateSupportPacket SetServerBusy GetServerBusyExpires
        ClearServerBusy GetClusterStatus GetServerLimits GetAnalyticsOld GetUsersForReporting
        GetUserCountForReporting StartBatchUsersExport GetPostsUsage GetStorageUsage GetTeamsUsage TestEmail
        TestSiteURL TestS3Connection UpgradeToEnterprise UpgradeToEnterpriseStatus GetSupportedTimezone""",
    "jobs and files": """CreateJob GetJobs GetJob GetJobsByType CancelJob UpdateJobStatus DownloadJob ListExports
        DownloadExport DeleteExport ListImports DeleteImport CreateUpload GetUpload UploadData ImportTeam""",
    "sign-on": """SyncLdap TestLdap GetLdapGroups LinkLdapGroup UnlinkLdapGroup MigrateIdLdap GetSamlCertificateStatus
        GetSamlMetadataFromIdp ResetSamlAuthDataToEmail UploadSamlIdpCertificate UploadSamlPublicCertificate
        UploadSamlPrivateCertificate DeleteSamlIdpCertificate DeleteSamlPublicCertificate
        DeleteSamlPrivateCertificate""",
    "further": """GetComplianceReports CreateComplianceReport GetComplianceReport DownloadComplianceReport
        GetDataRetentionPolicy GetDataRetentionPolicies GetDataRetentionPoliciesCount GetDataRetentionPolicyByID
        ListAllCPAFields CreateCPAField PatchCPAField DeleteCPAField ListCPAValues PatchCPAValuesForUser
        PurgeElasticsearchIndexes TestElasticsearch GetBrandImage UploadBrandImage DeleteBrandImage
        AddAuditLogCertificate RemoveAuditLogCertificate GetTermsOfService""",
}
"""The names of the operations, by area."""


def served_operations() -> list[Operation]:
    """What the local socket serves: the operations named above, and those that are served nowhere else."""
    declared = load_operations()
    names = [name for area in SERVED.values() for name in area.split()]
    return [declared[name] for name in names if name in declared] + list(LOCAL_OPERATIONS.values())


async def _nothing_else(ctx: Context) -> Response:
    raise NOT_FOUND()


async def _no_session(ctx: Context, token: str) -> Session | None:
    return None


async def _no_second_factor(ctx: Context) -> bool:
    return False


def local_dispatcher(app: App) -> Dispatcher:
    """The application behind the local socket. Whoever can open that is trusted as the one who started the server."""
    return Dispatcher(
        app,
        Router(served_operations()),
        find_session=_no_session,
        lacks_second_factor=_no_second_factor,
        fallback=_nothing_else,
        caller=LOCAL_CALLER,
    )
